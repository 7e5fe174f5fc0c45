//! From a token to what it gives.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use jsonwebtoken::Algorithm;

use super::check::{SettingProblem, check};
use super::error::TokenError;
use super::fetch::{self, Place};
use super::settings::{Grant, Issuer};
use super::source::Source;
use super::token::Token;
use super::{address, algorithm, claims, grant};

/// Reads the tokens of the issuers that are trusted. There is one for the whole process: it keeps their keys.
#[derive(Debug)]
pub struct Verifier {
    trusted: Vec<Trusted>,
}

/// An issuer, ready for use.
#[derive(Debug)]
struct Trusted {
    issuer: String,
    audience: String,
    algorithms: Vec<Algorithm>,
    grants: Vec<Grant>,
    source: Arc<Source>,
}

/// What a token gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// The one landlord whose cases it opens.
    pub landlord: String,
    /// The role, as the configuration names it.
    pub role: String,
    /// What may be done over and above the role.
    pub scopes: Vec<String>,
    /// Who issued the token; only together with this does the subject say who somebody is.
    pub issuer: String,
    /// Whoever it was issued to: at most 255 bytes, and no control characters.
    pub subject: String,
}

/// Why there can be no verifier.
#[derive(Debug, thiserror::Error)]
pub enum NoVerifier {
    /// The configuration cannot be used.
    #[error("token issuers: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Settings(Vec<SettingProblem>),
    /// There is no HTTP client to fetch keys with, for want of the system's certificates.
    #[error("no client to fetch the keys of token issuers with: {0}")]
    Client(#[from] reqwest::Error),
}

impl Verifier {
    /// Makes ready what is configured. No issuer is asked for anything yet.
    ///
    /// # Errors
    /// With everything that [`check`] finds, or when no HTTP client can be made.
    pub fn new(issuers: &[Issuer], landlords: &[&str]) -> Result<Self, NoVerifier> {
        let problems = check(issuers, Some(landlords));
        if !problems.is_empty() {
            return Err(NoVerifier::Settings(problems));
        }
        let trusted = issuers.iter().filter_map(|issuer| Trusted::new(issuer).transpose());
        Ok(Self { trusted: trusted.collect::<Result<_, _>>()? })
    }

    /// Finds out what a token gives at a time, without `Bearer` before it. The issuer is asked for its keys if need be, which
    /// can take 5 s; those who come meanwhile share the answer. To be run on tokio.
    ///
    /// # Errors
    /// When it gives nothing; see [`TokenError`] for why.
    pub async fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Granted, TokenError> {
        let token = Token::read(token)?;
        let issuer = token.issuer()?;
        let trusted =
            self.trusted.iter().find(|one| one.issuer == issuer).ok_or(TokenError::UnknownIssuer)?;
        trusted.verify(&token, now).await
    }
}

impl Trusted {
    /// An issuer whose settings have been checked; `None` if they were not.
    fn new(settings: &Issuer) -> reqwest::Result<Option<Self>> {
        let Some((algorithms, place)) = read(settings) else { return Ok(None) };
        let client = fetch::client(&place)?;
        let source = Source::new(settings.issuer.clone(), place, algorithms.clone(), client);
        Ok(Some(Self {
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            algorithms,
            grants: settings.grants.clone(),
            source: Arc::new(source),
        }))
    }

    /// Nothing of the token is acted upon before its signature is known to be good, but for its choice among the issuer's keys.
    async fn verify(&self, token: &Token<'_>, now: DateTime<Utc>) -> Result<Granted, TokenError> {
        if !self.algorithms.contains(&token.algorithm) {
            return Err(TokenError::BadSignature);
        }
        let key_id = token.key_id.as_deref().ok_or(TokenError::UnknownKey)?;
        let keys = self.source.keys(key_id, now).await?;
        if !keys.has_signed(token, key_id) {
            return Err(TokenError::BadSignature);
        }
        claims::check_time(&token.claims, now)?;
        claims::check_audience(&token.claims, &self.audience)?;
        let grant = grant::first(&self.grants, &token.claims).ok_or(TokenError::NotGranted)?;
        Ok(Granted {
            landlord: grant.landlord.clone(),
            role: grant.role.clone(),
            scopes: grant.scopes.clone(),
            issuer: self.issuer.clone(),
            subject: claims::subject(&token.claims)?.to_owned(),
        })
    }
}

/// The algorithms, and where the keys are.
fn read(settings: &Issuer) -> Option<(Vec<Algorithm>, Place)> {
    let algorithms = settings.algorithms.iter().map(|name| algorithm::named(name)).collect::<Option<_>>()?;
    let issuer = settings.issuer.clone();
    let place = match &settings.jwks_url {
        Some(url) => Place::Known(address::parse(url).ok()?),
        None => Place::Described { url: address::discovery(&issuer).ok()?, issuer },
    };
    Some((algorithms, place))
}

//! What is wrong with a configuration, all of it at once.

use std::collections::BTreeSet;

use super::settings::{Grant, Issuer};
use super::{address, algorithm};
use crate::access::{Role, Scope};

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {problem}")]
pub struct SettingProblem {
    /// Where, as in `issuers[0].grants[2].landlord`.
    pub at: String,
    /// What, as in `is empty`.
    pub problem: String,
}

/// Finds every problem of a configuration, in the order in which it is written; none means that it can be used. Where the landlords are not
/// known, as with a policy that cannot be read, no grant is said to name one that there is not.
///
/// ```
/// # use redress_service::access::oidc::{check, Issuer};
/// let issuer: Issuer = toml::from_str(
///     r#"
///     issuer = "http://login.example"
///     audience = "redress"
///     algorithms = ["HS256"]
///     grants = [{ claim = "azp", value = "crm", landlord = "hartelpool", role = "integration" }]
///     "#,
/// )?;
/// let problems: Vec<String> = check(&[issuer], Some(&["hartlepool"])).iter().map(ToString::to_string).collect();
/// assert_eq!(
///     problems,
///     [
///         "issuers[0].issuer: must begin with https://, because keys read over anything else could be anybody's",
///         "issuers[0].algorithms: `HS256` is not one of RS256, PS256, ES256, EdDSA",
///         "issuers[0].grants[0].landlord: there is no landlord `hartelpool`",
///     ]
/// );
/// # Ok::<(), toml::de::Error>(())
/// ```
#[must_use]
pub fn check(issuers: &[Issuer], landlords: Option<&[&str]>) -> Vec<SettingProblem> {
    let mut problems = Problems::default();
    let mut seen = BTreeSet::new();
    for (index, issuer) in issuers.iter().enumerate() {
        let at = format!("issuers[{index}]");
        check_addresses(issuer, &at, &mut problems);
        // With a slash more it would be another issuer to the letter, but is the same one twice to whoever wrote it.
        if !seen.insert(issuer.issuer.trim_end_matches('/')) {
            problems.add(&at, "issuer", "is configured more than once");
        }
        problems.add_if(issuer.audience.trim().is_empty(), &at, "audience", "is empty");
        check_algorithms(issuer, &at, &mut problems);
        problems.add_if(
            issuer.grants.is_empty(),
            &at,
            "grants",
            "is empty, so that every token would be refused",
        );
        for (index, grant) in issuer.grants.iter().enumerate() {
            let earlier = issuer.grants.get(..index).unwrap_or_default();
            check_grant(grant, earlier, landlords, &format!("{at}.grants[{index}]"), &mut problems);
        }
    }
    problems.0
}

#[derive(Default)]
struct Problems(Vec<SettingProblem>);

impl Problems {
    fn add(&mut self, at: &str, field: &str, problem: impl Into<String>) {
        self.0.push(SettingProblem { at: format!("{at}.{field}"), problem: problem.into() });
    }

    fn add_if(&mut self, wrong: bool, at: &str, field: &str, problem: &str) {
        if wrong {
            self.add(at, field, problem);
        }
    }
}

fn check_addresses(issuer: &Issuer, at: &str, problems: &mut Problems) {
    match address::parse(&issuer.issuer) {
        Err(problem) => problems.add(at, "issuer", problem.to_string()),
        Ok(url) if url.query().is_some() || url.fragment().is_some() => {
            problems.add(at, "issuer", "must end with its path, without `?` or `#`");
        }
        Ok(_) => {}
    }
    if let Some(Err(problem)) = issuer.jwks_url.as_deref().map(address::parse) {
        problems.add(at, "jwks_url", problem.to_string());
    }
}

fn check_algorithms(issuer: &Issuer, at: &str, problems: &mut Problems) {
    problems.add_if(issuer.algorithms.is_empty(), at, "algorithms", "is empty");
    let mut seen = BTreeSet::new();
    for name in &issuer.algorithms {
        if algorithm::named(name).is_none() {
            problems.add(at, "algorithms", format!("`{name}` is not one of {}", algorithm::names()));
        } else if !seen.insert(name) {
            problems.add(at, "algorithms", format!("`{name}` is there more than once"));
        }
    }
}

fn check_grant(
    grant: &Grant,
    earlier: &[Grant],
    landlords: Option<&[&str]>,
    at: &str,
    problems: &mut Problems,
) {
    problems.add_if(grant.claim.is_empty(), at, "claim", "is empty");
    problems.add_if(grant.value.is_empty(), at, "value", "is empty");
    if landlords.is_some_and(|landlords| !landlords.contains(&grant.landlord.as_str())) {
        problems.add(at, "landlord", format!("there is no landlord `{}`", grant.landlord));
    }
    if let Err(problem) = grant.role.parse::<Role>() {
        problems.add(at, "role", problem.to_string());
    }
    for scope in &grant.scopes {
        if let Err(problem) = scope.parse::<Scope>() {
            problems.add(at, "scopes", format!("`{scope}`: {problem}"));
        }
    }
    let unreachable = earlier.iter().any(|other| other.claim == grant.claim && other.value == grant.value);
    problems.add_if(unreachable, at, "value", "fits what an earlier grant fits, which comes first");
}

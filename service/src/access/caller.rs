//! Who asks: from a request's `Authorization` to a landlord and what may be done there.

use std::collections::BTreeSet;

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use chrono::{DateTime, Utc};

use super::key::{Key, MARK};
use super::oidc::TokenError;
use super::{Role, Scope};
use crate::application::State;
use crate::storage::keys::{self, Issued};
use crate::storage::{Connection, StorageError};

/// Whoever asks, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The one landlord whose cases are open to them; there is a policy for it.
    pub landlord: String,
    /// Who: a key's id, or a token's issuer and subject.
    pub actor: String,
    /// What they are to the landlord.
    pub role: Role,
    /// Everything that they may do, their role's scopes and others.
    pub scopes: BTreeSet<Scope>,
    /// What a key is recognised by; none with a token.
    pub prefix: Option<String>,
    /// From when on they may not; none where that is not known.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Caller {
    /// Whether they may do this.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Whoever holds a key.
    fn with_key(key: Issued) -> Self {
        Self {
            landlord: key.landlord,
            actor: key.id.to_string(),
            role: key.role,
            scopes: key.role.with(&key.scopes),
            prefix: Some(key.prefix),
            expires_at: key.expires_at,
        }
    }
}

/// Why nobody was let in.
#[derive(Debug, thiserror::Error)]
pub enum Stranger {
    /// The request says nothing of who asks.
    #[error("the request carries no key")]
    NoKey,
    /// It says something that is not good. Which of the reasons it is, nobody is told who has not been let in.
    #[error("the key is not known, has expired or was revoked")]
    NotValid,
    /// The issuer of the token cannot be asked for its keys.
    #[error("the issuer of the token cannot be asked for its keys at the moment")]
    IssuerAway,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What a request says of who asks: what stands after `Bearer`.
///
/// # Errors
/// When it says nothing, or more than one thing.
pub fn bearer(request: &HttpRequest) -> Result<&str, Stranger> {
    let mut headers = request.headers().get_all(AUTHORIZATION);
    let header = headers.next().ok_or(Stranger::NoKey)?;
    if headers.next().is_some() {
        return Err(Stranger::NotValid);
    }
    let text = header.to_str().map_err(|_| Stranger::NotValid)?;
    let (scheme, credentials) = text.split_once(' ').ok_or(Stranger::NoKey)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Stranger::NoKey);
    }
    Ok(credentials.trim_start_matches(' '))
}

/// Who asks.
///
/// # Errors
/// When that is not said or not good, or nobody can tell.
pub async fn who(state: &Data<State>, request: &HttpRequest) -> Result<Caller, Stranger> {
    let credentials = bearer(request)?;
    if credentials.starts_with(MARK) {
        let key = Key::read(credentials).ok_or(Stranger::NotValid)?;
        by_key(state, key).await
    } else {
        by_token(state, credentials).await
    }
}

/// Reads a token of an issuer that is trusted here. Why one is not good is for the operator's log: nobody is told who has not been
/// let in.
async fn by_token(state: &State, token: &str) -> Result<Caller, Stranger> {
    let granted = state.verifier.verify(token, state.now()).await.map_err(|error| match error {
        TokenError::KeysUnavailable => Stranger::IssuerAway,
        error => {
            tracing::info!(%error, "a token was refused");
            Stranger::NotValid
        }
    })?;
    // The words were read when the service started.
    let role: Role = granted.role.parse().map_err(|_| Stranger::NotValid)?;
    let more: Vec<Scope> = granted.scopes.iter().filter_map(|scope| scope.parse().ok()).collect();
    Ok(Caller {
        landlord: granted.landlord,
        actor: format!("{} {}", granted.issuer, granted.subject),
        role,
        scopes: role.with(&more),
        prefix: None,
        expires_at: None,
    })
}

/// Looks a key up. It is asked of the database every time: another instance may have revoked it a moment ago.
async fn by_key(state: &Data<State>, key: Key) -> Result<Caller, Stranger> {
    let now = state.now();
    let found = match state.database.at_hand() {
        Some(mut connection) => keys::by_prefix(&mut connection, key.prefix())?,
        None => look_up(state, key.prefix()).await?,
    };
    let issued = held(found, &key, now)?;
    // A landlord that there is no policy for any more has nothing to ask for.
    if !state.rulebook().has_landlord(&issued.landlord) {
        return Err(Stranger::NotValid);
    }
    if issued.use_is_news(now) {
        note_use(state, &issued, now);
    }
    Ok(Caller::with_key(issued))
}

/// The key of a prefix, asked of the database after this was called, together with others who ask for it at the same time.
async fn look_up(state: &Data<State>, prefix: &str) -> Result<Option<Issued>, Stranger> {
    let (shared, wanted) = (state.clone(), prefix.to_owned());
    let together = state.key_lookups.ask(prefix, move || {
        let looked = ask(shared.clone(), wanted.clone());
        async { looked.await.ok() }
    });
    match together.await.flatten() {
        Some(found) => Ok(found),
        // What is wrong everybody hears for themselves.
        None => Ok(ask(state.clone(), prefix.to_owned()).await?),
    }
}

async fn ask(state: Data<State>, prefix: String) -> Result<Option<Issued>, StorageError> {
    let looked = actix_web::web::block(move || keys::by_prefix(&mut *state.database.connection()?, &prefix));
    looked.await.unwrap_or(Err(StorageError::Unfinished))
}

/// The key as it was issued, where it is in force.
///
/// # Errors
/// When it is not known, expired or revoked, which takes the same time; or when the database fails.
pub fn holder(connection: &mut Connection, key: &Key, now: DateTime<Utc>) -> Result<Issued, Stranger> {
    held(keys::by_prefix(connection, key.prefix())?, key, now)
}

/// The key that was found, where it is the one that is held and in force.
fn held(issued: Option<Issued>, key: &Key, now: DateTime<Utc>) -> Result<Issued, Stranger> {
    let is_secret = key.matches(issued.as_ref().map(|issued| issued.digest));
    issued.filter(|issued| is_secret & issued.in_force(now)).ok_or(Stranger::NotValid)
}

/// Writes down, while the request goes on, that a key is in use. A request does not fail for it.
fn note_use(state: &Data<State>, key: &Issued, now: DateTime<Utc>) {
    let (writer, id) = (state.database.writer().clone(), key.id);
    actix_web::rt::spawn(async move {
        let noted: Result<(), StorageError> =
            writer.write(move |connection| keys::used(connection, id, now)).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "when a key was last used could not be written down");
        }
    });
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{Stranger, bearer};

    fn check(headers: &[&str], expected: Result<&str, &str>) {
        let mut request = TestRequest::default();
        for header in headers {
            request = request.append_header(("Authorization", *header));
        }
        let request = request.to_http_request();
        let found = bearer(&request).map_err(|stranger| match stranger {
            Stranger::NoKey => "no key",
            Stranger::NotValid => "not valid",
            Stranger::IssuerAway | Stranger::Storage(_) => "something else",
        });
        assert_eq!(found, expected, "{headers:?}");
    }

    #[test]
    fn what_stands_after_bearer_is_what_counts() {
        check(&["Bearer rdr_a_b"], Ok("rdr_a_b"));
        check(&["bearer  eyJ.x.y"], Ok("eyJ.x.y"));
        check(&["Bearer "], Ok(""));
        check(&[], Err("no key"));
        check(&["Bearer"], Err("no key"));
        check(&["Basic cmRyOng="], Err("no key"));
        check(&["Bearer rdr_a_b", "Bearer rdr_c_d"], Err("not valid"));
        check(&["Bearer é"], Err("not valid"));
    }
}

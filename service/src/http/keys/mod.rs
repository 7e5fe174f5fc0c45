//! The landlord's own keys.

mod issue;
mod list;
mod revoke;
mod rotate;
mod show;

use chrono::{DateTime, Utc};
use redress_shared::case::record::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use issue::operation as issue;
pub use list::operation as list;
pub use revoke::operation as revoke;
pub use rotate::operation as rotate;
pub use show::operation as show;

use crate::access::key::Key;
use crate::access::{Role, Scope};
use crate::problem::Problem;
use crate::storage::keys::{Issued, KeyId};

/// Which key.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct KeyPath {
    /// The key's id.
    key: KeyId,
}

/// A key, without its secret, which nobody can tell any more.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Key")]
struct KeyView {
    /// Its id.
    id: KeyId,
    /// What it begins with, so that it can be recognised.
    prefix: String,
    /// What people call it.
    #[schemars(with = "Label")]
    name: String,
    /// What it is for.
    role: Role,
    /// Everything that it may do: its role's scopes, and those that it was given besides.
    scopes: Vec<Scope>,
    /// Whether it is good now.
    in_force: bool,
    /// When it was issued.
    created_at: DateTime<Utc>,
    /// By whom: a key's id, a token's issuer and subject, or `command-line`.
    created_by: String,
    /// From when on it is no longer good; null where it has no end.
    expires_at: Option<DateTime<Utc>>,
    /// When it was revoked; null where it was not.
    revoked_at: Option<DateTime<Utc>>,
    /// The key that took its place; null where none has.
    replaced_by: Option<KeyId>,
    /// When it was last used, to the hour; null where it has not been.
    last_used_at: Option<DateTime<Utc>>,
}

impl KeyView {
    fn of(key: Issued, now: DateTime<Utc>) -> Self {
        Self {
            in_force: key.in_force(now),
            scopes: key.role.with(&key.scopes).into_iter().collect(),
            id: key.id,
            prefix: format!("{}{}", crate::access::key::MARK, key.prefix),
            name: key.name,
            role: key.role,
            created_at: key.created_at,
            created_by: key.created_by,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
            replaced_by: key.replaced_by,
            last_used_at: key.last_used_at,
        }
    }
}

/// A new key.
fn generate() -> Result<Key, Problem> {
    Key::generate().map_err(|error| {
        tracing::error!(%error, "no key could be made");
        Problem::internal()
    })
}

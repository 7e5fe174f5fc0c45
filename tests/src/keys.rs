//! Keys for services of one's own: one for each landlord, which may do everything. They are made anew in every process, so that
//! nobody else knows them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use redress_service::access::key::Key;
use redress_service::access::{Role, Scope};
use redress_service::storage::keys::{self, Wanted};
use redress_service::storage::{Connection, StorageError, write};

use crate::database::{Database, lines};

/// The keys of this process, by landlord.
static KEYS: Mutex<BTreeMap<String, Key>> = Mutex::new(BTreeMap::new());

/// A landlord's key in this process.
///
/// # Panics
/// When the system has no random numbers.
#[must_use]
#[allow(clippy::expect_used, reason = "there is no going on without random numbers")]
pub fn of(landlord: &str) -> Key {
    let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    let key = keys.entry(landlord.to_owned());
    key.or_insert_with(|| Key::generate().expect("random numbers")).clone()
}

/// Issues the key of every landlord that a service knows, where that has not been done. Each has just been used, so that no request
/// changes a table by asking.
///
/// # Errors
/// When the database cannot be used.
pub fn issue(database: &Database, now: DateTime<Utc>) -> anyhow::Result<()> {
    let connection = &mut database.connect()?;
    let landlords = lines(connection, "SELECT id AS line FROM landlords ORDER BY id")?;
    let issued = write::once(connection, &|connection: &mut Connection| {
        landlords.iter().try_for_each(|landlord| issue_one(connection, landlord, now))
    });
    issued.context("issuing keys")
}

fn issue_one(connection: &mut Connection, landlord: &str, now: DateTime<Utc>) -> Result<(), StorageError> {
    let key = of(landlord);
    if keys::by_prefix(connection, key.prefix())?.is_some() {
        return Ok(());
    }
    let wanted = Wanted {
        landlord,
        name: "Everything",
        role: Role::Integration,
        scopes: Scope::ALL,
        expires_at: None,
        created_by: "tests",
    };
    let issued = keys::create(connection, &key, &wanted, now)?;
    keys::used(connection, issued.id, now)
}

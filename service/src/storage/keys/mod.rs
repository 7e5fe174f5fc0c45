//! API keys, as they are kept: of the secret, the digest alone. A key that is over stays, so that it can be seen who did what.

mod changes;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable,
    RunQueryDsl, Selectable, SelectableHelper,
};
use redress_shared::case::record::Digest;
use redress_shared::identifier;
use uuid::Uuid;

pub use changes::{NotRotated, revoke, rotate, used};

use super::prepared::on;
use super::schema::api_keys;
use super::{Connection, StorageError};
use crate::access::key::Key;
use crate::access::{Role, Scope};

identifier! {
    /// The id of a key. It says nothing of the key itself.
    KeyId
}

/// How old the time of last use may become before it is written again: a write for every request would cost more than the request.
pub const LAST_USE_WITHIN: TimeDelta = TimeDelta::hours(1);

/// The longest that an old key stays good beside the one that takes its place.
pub const LONGEST_OVERLAP_HOURS: i64 = 168;

/// A key that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub id: KeyId,
    /// The one landlord that it is of.
    pub landlord: String,
    /// What it is found and recognised by.
    pub prefix: String,
    /// The digest of its secret.
    pub digest: Digest,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// What it may do over and above the role.
    pub scopes: Vec<Scope>,
    /// When it was issued.
    pub created_at: DateTime<Utc>,
    /// By whom: a key's id, an issuer's subject, or `command-line`.
    pub created_by: String,
    /// From when on it is not in force any more.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The key that took its place.
    pub replaced_by: Option<KeyId>,
    /// When it was last used, give or take [`LAST_USE_WITHIN`].
    pub last_used_at: Option<DateTime<Utc>>,
}

impl Issued {
    /// Whether it is good at that time.
    #[must_use]
    pub fn in_force(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether the time of its last use is too old to be left as it is.
    #[must_use]
    pub fn use_is_news(&self, now: DateTime<Utc>) -> bool {
        self.last_used_at.is_none_or(|last| now - last > LAST_USE_WITHIN)
    }
}

/// What a key is to be.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The landlord, which there is.
    pub landlord: &'a str,
    /// What people call it.
    pub name: &'a str,
    /// What it is for.
    pub role: Role,
    /// What it may do over and above the role.
    pub scopes: &'a [Scope],
    /// From when on it is not in force any more.
    pub expires_at: Option<DateTime<Utc>>,
    /// By whom it is issued.
    pub created_by: &'a str,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = api_keys)]
struct Row {
    id: String,
    landlord_id: String,
    prefix: String,
    digest: String,
    name: String,
    role: String,
    scopes: String,
    created_at: NaiveDateTime,
    created_by: String,
    expires_at: Option<NaiveDateTime>,
    revoked_at: Option<NaiveDateTime>,
    replaced_by: Option<String>,
    last_used_at: Option<NaiveDateTime>,
}

impl Row {
    fn read(self) -> Result<Issued, StorageError> {
        let damaged = |what: &'static str| StorageError::DamagedKey { prefix: self.prefix.clone(), what };
        let scopes = self.scopes.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>();
        let replaced_by = self.replaced_by.as_deref().map(str::parse).transpose();
        Ok(Issued {
            id: self.id.parse().map_err(|_| damaged("id"))?,
            digest: self.digest.parse().map_err(|_| damaged("digest"))?,
            role: self.role.parse().map_err(|_| damaged("role"))?,
            scopes: scopes.map_err(|_| damaged("scopes"))?,
            replaced_by: replaced_by.map_err(|_| damaged("replaced_by"))?,
            landlord: self.landlord_id,
            prefix: self.prefix,
            name: self.name,
            created_at: self.created_at.and_utc(),
            created_by: self.created_by,
            expires_at: self.expires_at.map(|at| at.and_utc()),
            revoked_at: self.revoked_at.map(|at| at.and_utc()),
            last_used_at: self.last_used_at.map(|at| at.and_utc()),
        })
    }
}

/// Issues a key. The key itself is the caller's to show, once.
///
/// # Errors
/// When the database fails, or there is no such landlord.
pub fn create(
    connection: &mut Connection,
    key: &Key,
    wanted: &Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<Issued, StorageError> {
    let scopes: Vec<&str> = wanted.scopes.iter().map(|scope| scope.as_str()).collect();
    let row = Row {
        id: KeyId(Uuid::now_v7().as_u128()).to_string(),
        landlord_id: wanted.landlord.to_owned(),
        prefix: key.prefix().to_owned(),
        digest: key.digest().to_string(),
        name: wanted.name.to_owned(),
        role: wanted.role.as_str().to_owned(),
        scopes: scopes.join(" "),
        created_at: now.naive_utc(),
        created_by: wanted.created_by.to_owned(),
        expires_at: wanted.expires_at.map(|at| at.naive_utc()),
        revoked_at: None,
        replaced_by: None,
        last_used_at: None,
    };
    diesel::insert_into(api_keys::table).values(&row).execute(connection)?;
    row.read()
}

/// The key of that prefix, whosever it is and whether it is in force or not.
///
/// # Errors
/// When the database fails.
pub fn by_prefix(connection: &mut Connection, prefix: &str) -> Result<Option<Issued>, StorageError> {
    let query = api_keys::table.filter(api_keys::prefix.eq(prefix));
    let row: Option<Row> = on!(connection => |it| query.select(Row::as_select()).first(it)).optional()?;
    row.map(Row::read).transpose()
}

/// A landlord's key; none where it has no such key.
///
/// # Errors
/// When the database fails.
pub fn by_id(connection: &mut Connection, landlord: &str, id: KeyId) -> Result<Option<Issued>, StorageError> {
    let row: Option<Row> = api_keys::table
        .filter(api_keys::landlord_id.eq(landlord))
        .filter(api_keys::id.eq(id.to_string()))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// A landlord's keys in the order in which they were issued, those that are over too: at most `limit` after one of them, or from the
/// first. Nothing, where the landlord does not have the one that they are to come after.
///
/// # Errors
/// When the database fails.
pub fn of_landlord(
    connection: &mut Connection,
    landlord: &str,
    after: Option<KeyId>,
    limit: i64,
) -> Result<Vec<Issued>, StorageError> {
    let mut query = api_keys::table
        .filter(api_keys::landlord_id.eq(landlord))
        .order((api_keys::created_at, api_keys::id))
        .select(Row::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        let Some(last) = by_id(connection, landlord, after)? else { return Ok(Vec::new()) };
        let (at, id) = (last.created_at.naive_utc(), last.id.to_string());
        query = query
            .filter(api_keys::created_at.gt(at).or(api_keys::created_at.eq(at).and(api_keys::id.gt(id))));
    }
    let rows: Vec<Row> = query.load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

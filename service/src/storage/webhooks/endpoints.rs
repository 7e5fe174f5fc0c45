//! Endpoints: where to, for which events, and signed with what.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable,
    RunQueryDsl, Selectable, SelectableHelper,
};
use uuid::Uuid;

use super::{DisabledWhy, WebhookId};
use crate::event_type::EventType;
use crate::storage::schema::webhook_endpoints;
use crate::storage::{Connection, StorageError, feed};
use crate::webhooks::secret::Secret;

/// The most endpoints that a landlord has.
pub const MOST: i64 = 50;

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: WebhookId,
    /// Whose events it is told of.
    pub landlord: String,
    /// Where it is.
    pub url: String,
    /// What people call it; may be empty.
    pub description: String,
    /// What it is told of; of everything, where none is named.
    pub types: Vec<EventType>,
    /// What deliveries are signed with.
    pub secret: Secret,
    /// What they are signed with besides, and until when.
    pub previous: Option<(Secret, DateTime<Utc>)>,
    /// The number up to which the feed has been turned into deliveries.
    pub told_to: i64,
    /// Since when nothing has been delivered to it that was sent.
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when it is left alone.
    pub rests_until: Option<DateTime<Utc>>,
    /// Since when it is told nothing, and why.
    pub disabled: Option<(DateTime<Utc>, DisabledWhy)>,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
}

impl Endpoint {
    /// What deliveries are signed with at that time.
    #[must_use]
    pub fn signs_with(&self, now: DateTime<Utc>) -> Vec<Secret> {
        let previous = self.previous.iter().filter(|(_, until)| now < *until).map(|(secret, _)| secret);
        std::iter::once(&self.secret).chain(previous).cloned().collect()
    }
}

/// What somebody says of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Where it is.
    pub url: String,
    /// What people call it.
    pub description: String,
    /// What it is told of; of everything, where none is named.
    pub types: Vec<EventType>,
}

impl Wanted {
    pub(super) fn words(&self) -> String {
        let mut words: Vec<&str> = self.types.iter().map(|kind| kind.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        words.join(" ")
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = webhook_endpoints)]
pub(super) struct Row {
    id: String,
    landlord_id: String,
    url: String,
    description: String,
    types: String,
    secret: String,
    previous_secret: Option<String>,
    previous_until: Option<NaiveDateTime>,
    told_to: i64,
    failing_since: Option<NaiveDateTime>,
    rests_until: Option<NaiveDateTime>,
    disabled_at: Option<NaiveDateTime>,
    disabled_why: Option<String>,
    created_at: NaiveDateTime,
    created_by: String,
}

impl Row {
    pub(super) fn read(self) -> Result<Endpoint, StorageError> {
        let damaged = |what: &'static str| StorageError::DamagedWebhook { id: self.id.clone(), what };
        let secret = |text: &str| Secret::read(text).ok_or_else(|| damaged("secret"));
        let previous = match (&self.previous_secret, self.previous_until) {
            (Some(text), Some(until)) => Some((secret(text)?, until.and_utc())),
            _ => None,
        };
        let disabled = match (self.disabled_at, &self.disabled_why) {
            (Some(at), Some(why)) => {
                Some((at.and_utc(), DisabledWhy::of(why).ok_or_else(|| damaged("disabled_why"))?))
            }
            _ => None,
        };
        Ok(Endpoint {
            id: self.id.parse().map_err(|_| damaged("id"))?,
            // A word that is no type any more is of nothing that could come.
            types: self.types.split_ascii_whitespace().filter_map(|word| word.parse().ok()).collect(),
            secret: secret(&self.secret)?,
            previous,
            disabled,
            landlord: self.landlord_id,
            url: self.url,
            description: self.description,
            told_to: self.told_to,
            failing_since: self.failing_since.map(|at| at.and_utc()),
            rests_until: self.rests_until.map(|at| at.and_utc()),
            created_at: self.created_at.and_utc(),
            created_by: self.created_by,
        })
    }
}

/// Sets up an endpoint, which is told of what comes from now on. Nothing, where the landlord has as many as it may.
///
/// # Errors
/// When the database fails, or there is no such landlord.
pub fn create(
    connection: &mut Connection,
    landlord: &str,
    wanted: &Wanted,
    secret: &Secret,
    (created_by, now): (&str, DateTime<Utc>),
) -> Result<Option<Endpoint>, StorageError> {
    let there: i64 = webhook_endpoints::table
        .filter(webhook_endpoints::landlord_id.eq(landlord))
        .count()
        .get_result(connection)?;
    if there >= MOST {
        return Ok(None);
    }
    let row = Row {
        id: WebhookId(Uuid::now_v7().as_u128()).to_string(),
        landlord_id: landlord.to_owned(),
        url: wanted.url.clone(),
        description: wanted.description.clone(),
        types: wanted.words(),
        secret: secret.reveal(),
        previous_secret: None,
        previous_until: None,
        told_to: feed::number(connection, landlord)?,
        failing_since: None,
        rests_until: None,
        disabled_at: None,
        disabled_why: None,
        created_at: now.naive_utc(),
        created_by: created_by.to_owned(),
    };
    diesel::insert_into(webhook_endpoints::table).values(&row).execute(connection)?;
    row.read().map(Some)
}

/// A landlord's endpoint; none where it has no such endpoint.
///
/// # Errors
/// When the database fails.
pub fn by_id(
    connection: &mut Connection,
    landlord: &str,
    id: WebhookId,
) -> Result<Option<Endpoint>, StorageError> {
    let row: Option<Row> = webhook_endpoints::table
        .filter(webhook_endpoints::landlord_id.eq(landlord))
        .filter(webhook_endpoints::id.eq(id.to_string()))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// The same, held until the transaction ends, so that nobody else changes it or its deliveries' order.
///
/// # Errors
/// When the database fails.
pub fn hold(
    connection: &mut Connection,
    landlord: &str,
    id: WebhookId,
) -> Result<Option<Endpoint>, StorageError> {
    hold_row(connection, &id.to_string())?;
    by_id(connection, landlord, id)
}

/// Locks an endpoint. SQLite has one writer at a time, and needs no more.
pub(super) fn hold_row(connection: &mut Connection, id: &str) -> Result<(), StorageError> {
    if let Connection::Postgres(postgres) = connection {
        let row = webhook_endpoints::table.find(id).for_update().select(webhook_endpoints::id);
        row.first::<String>(postgres).optional()?;
    }
    Ok(())
}

/// A landlord's endpoints in the order in which they were set up: at most `limit` after one of them, or from the first.
///
/// # Errors
/// When the database fails.
pub fn of_landlord(
    connection: &mut Connection,
    landlord: &str,
    after: Option<WebhookId>,
    limit: i64,
) -> Result<Vec<Endpoint>, StorageError> {
    let mut query = webhook_endpoints::table
        .filter(webhook_endpoints::landlord_id.eq(landlord))
        .order((webhook_endpoints::created_at, webhook_endpoints::id))
        .select(Row::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        let Some(last) = by_id(connection, landlord, after)? else { return Ok(Vec::new()) };
        let (at, id) = (last.created_at.naive_utc(), last.id.to_string());
        let later = webhook_endpoints::created_at.eq(at).and(webhook_endpoints::id.gt(id));
        query = query.filter(webhook_endpoints::created_at.gt(at).or(later));
    }
    let rows: Vec<Row> = query.load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

//! What is asked of a whole database, and not on behalf of one landlord: for those who look after it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, exists, max, min, not};
use diesel::prelude::{
    ExpressionMethods, NullableExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl,
    Selectable, SelectableHelper,
};

use super::error::reads;
use super::schema::{
    case_events, case_records, cases, documents, erased_records, erasures, feed, feed_waiting,
    issued_letters, landlords, notices,
};
use super::{Connection, StorageError};

/// Every landlord's id, in order.
///
/// # Errors
/// When the database fails.
pub fn landlords(connection: &mut Connection) -> Result<Vec<String>, StorageError> {
    Ok(landlords::table.order(landlords::id).select(landlords::id).load(connection)?)
}

/// The ids of those who have cases, in order, whether they have a row of their own or not.
///
/// # Errors
/// When the database fails.
pub fn owners(connection: &mut Connection) -> Result<Vec<String>, StorageError> {
    Ok(cases::table.select(cases::landlord_id).distinct().order(cases::landlord_id).load(connection)?)
}

/// The ids of a landlord's cases after one, in order, at most `limit` of them.
///
/// # Errors
/// When the database fails.
pub fn case_ids(
    connection: &mut Connection,
    landlord: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, StorageError> {
    Ok(cases::table
        .filter(cases::landlord_id.eq(landlord))
        .filter(cases::id.gt(after))
        .order(cases::id)
        .select(cases::id)
        .limit(limit)
        .load(connection)?)
}

/// The cases that a case came of, one of another.
///
/// # Errors
/// When the database fails.
pub fn origins(
    connection: &mut Connection,
    landlord: &str,
    case: &str,
) -> Result<BTreeSet<String>, StorageError> {
    let mut origins = BTreeSet::new();
    let mut of = case.to_owned();
    loop {
        let came_from: Option<Option<String>> = cases::table
            .filter(cases::landlord_id.eq(landlord))
            .filter(cases::id.eq(&of))
            .select(cases::came_from)
            .first(connection)
            .optional()?;
        match came_from.flatten() {
            // A damaged column could lead in a circle.
            Some(origin) if origins.insert(origin.clone()) => of = origin,
            _ => return Ok(origins),
        }
    }
}

/// Under which of a landlord's cases a record is kept.
///
/// # Errors
/// When the database fails.
pub fn home(
    connection: &mut Connection,
    landlord: &str,
    record: &str,
) -> Result<Option<String>, StorageError> {
    Ok(case_records::table
        .filter(case_records::landlord_id.eq(landlord))
        .filter(case_records::id.eq(record))
        .select(case_records::case_id)
        .first(connection)
        .optional()?)
}

/// The records of a landlord that are kept under none of its cases, each with what it is kept under.
///
/// # Errors
/// When the database fails.
pub fn homeless(connection: &mut Connection, landlord: &str) -> Result<Vec<(String, String)>, StorageError> {
    let own = cases::table
        .filter(cases::id.eq(case_records::case_id))
        .filter(cases::landlord_id.eq(case_records::landlord_id));
    Ok(case_records::table
        .filter(case_records::landlord_id.eq(landlord))
        .filter(not(exists(own)))
        .order(case_records::id)
        .select((case_records::id, case_records::case_id))
        .load(connection)?)
}

/// The numbers of a landlord's feed, and what waits for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The last that was given.
    pub given: i64,
    /// How many there are.
    pub count: i64,
    /// The least.
    pub least: Option<i64>,
    /// The greatest.
    pub greatest: Option<i64>,
    /// How many have none yet.
    pub waiting: i64,
    /// How many are, or are to be, of notices.
    pub notices: i64,
}

/// The numbers that are there.
///
/// # Errors
/// When the database fails.
pub fn feed_numbers(connection: &mut Connection, landlord: &str) -> Result<Numbers, StorageError> {
    let of_landlord = feed::table.filter(feed::landlord_id.eq(landlord));
    Ok(Numbers {
        given: super::feed::head(connection, landlord)?,
        count: of_landlord.select(count_star()).first(connection)?,
        least: of_landlord.select(min(feed::number)).first(connection)?,
        greatest: of_landlord.select(max(feed::number)).first(connection)?,
        waiting: super::feed::waiting(connection, landlord)?,
        notices: notices::table
            .filter(notices::landlord_id.eq(landlord))
            .select(count_star())
            .first(connection)?,
    })
}

/// What the feed tells of a case, in the order of the feed: number, the event's number in the case, and what it is called.
///
/// # Errors
/// When the database fails.
pub fn feed_of(
    connection: &mut Connection,
    landlord: &str,
    case: &str,
) -> Result<Vec<(i64, i32, String)>, StorageError> {
    Ok(feed::table
        .filter(feed::landlord_id.eq(landlord))
        .filter(feed::case_id.eq(case))
        .filter(feed::sequence.is_not_null())
        .order(feed::number)
        .select((feed::number, feed::sequence.assume_not_null(), feed::kind))
        .load(connection)?)
}

/// What waits for its number of a case: each event's number in the case, and what it is called.
///
/// # Errors
/// When the database fails.
pub fn waiting_of(
    connection: &mut Connection,
    landlord: &str,
    case: &str,
) -> Result<Vec<(i32, String)>, StorageError> {
    Ok(feed_waiting::table
        .filter(feed_waiting::landlord_id.eq(landlord))
        .filter(feed_waiting::source.eq(case))
        .filter(feed_waiting::case_id.eq(case))
        .filter(feed_waiting::sequence.gt(0))
        .order(feed_waiting::sequence)
        .select((feed_waiting::sequence, feed_waiting::kind))
        .load(connection)?)
}

/// What a notice is called that waits for its number; nothing where it does not.
///
/// # Errors
/// When the database fails.
pub fn waits(
    connection: &mut Connection,
    landlord: &str,
    notice: &str,
) -> Result<Option<String>, StorageError> {
    Ok(feed_waiting::table
        .filter(feed_waiting::landlord_id.eq(landlord))
        .filter(feed_waiting::source.eq(notice))
        .filter(feed_waiting::sequence.eq(0))
        .select(feed_waiting::kind)
        .first(connection)
        .optional()?)
}

/// How many events a case has.
///
/// # Errors
/// When the database fails.
pub fn events_of(connection: &mut Connection, landlord: &str, case: &str) -> Result<i64, StorageError> {
    Ok(case_events::table
        .filter(case_events::landlord_id.eq(landlord))
        .filter(case_events::case_id.eq(case))
        .select(count_star())
        .first(connection)?)
}

/// The numbers of a case's events and what each is called, in order, as their columns have it.
///
/// # Errors
/// When the database fails.
pub fn called(
    connection: &mut Connection,
    landlord: &str,
    case: &str,
) -> Result<Vec<(i32, String)>, StorageError> {
    Ok(case_events::table
        .filter(case_events::landlord_id.eq(landlord))
        .filter(case_events::case_id.eq(case))
        .order(case_events::sequence)
        .select((case_events::sequence, case_events::kind))
        .load(connection)?)
}

/// A letter that was issued, with what it says.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = issued_letters)]
pub struct Sent {
    /// Its id.
    pub id: String,
    /// Which letter of the case.
    pub letter: String,
    /// Of what kind.
    pub kind: String,
    /// To which of its addressees.
    pub addressee: i32,
    /// The page; none once it is erased.
    pub html: Option<String>,
    /// The text; none once it is erased.
    pub plain: Option<String>,
    /// The digest of the page.
    pub html_digest: String,
    /// The digest of the text.
    pub text_digest: String,
    /// The one in whose place it was issued.
    pub replaces: Option<String>,
    /// When it was issued.
    pub issued_at: NaiveDateTime,
    /// When another was issued in its place.
    pub replaced_at: Option<NaiveDateTime>,
}

/// The letters that were issued on a case, in order.
///
/// # Errors
/// When the database fails.
pub fn sent(connection: &mut Connection, landlord: &str, case: &str) -> Result<Vec<Sent>, StorageError> {
    let letters = issued_letters::table
        .filter(issued_letters::landlord_id.eq(landlord))
        .filter(issued_letters::case_id.eq(case))
        .order(issued_letters::id)
        .select(Sent::as_select());
    reads("issued_letters", letters.load(connection))
}

/// A notice that was given.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub struct Given {
    /// Its id.
    pub id: String,
    /// The word for it.
    pub kind: String,
    /// What makes it the same.
    pub key: String,
    /// What it says.
    pub body: String,
    /// Since when it is so.
    pub occurred_at: NaiveDateTime,
    /// When it was given.
    pub recorded_at: NaiveDateTime,
}

/// The notices about a case, or about none, in order.
///
/// # Errors
/// When the database fails.
pub fn given(
    connection: &mut Connection,
    landlord: &str,
    case: Option<&str>,
) -> Result<Vec<Given>, StorageError> {
    let of_landlord = notices::table.filter(notices::landlord_id.eq(landlord)).order(notices::id);
    let of_landlord = of_landlord.select(Given::as_select());
    let answer = match case {
        Some(case) => of_landlord.filter(notices::case_id.eq(case)).load(connection),
        None => of_landlord.filter(notices::case_id.is_null()).load(connection),
    };
    reads("notices", answer)
}

/// What the feed calls the notices about a case, or about none: by the notice's id.
///
/// # Errors
/// When the database fails.
pub fn told(
    connection: &mut Connection,
    landlord: &str,
    case: Option<&str>,
) -> Result<BTreeMap<String, String>, StorageError> {
    let lines = feed::table
        .filter(feed::landlord_id.eq(landlord))
        .filter(feed::notice_id.is_not_null())
        .select((feed::notice_id.assume_not_null(), feed::kind));
    let lines: Vec<(String, String)> = match case {
        Some(case) => lines.filter(feed::case_id.eq(case)).load(connection)?,
        None => lines.filter(feed::case_id.is_null()).load(connection)?,
    };
    Ok(lines.into_iter().collect())
}

/// What is known of a document.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = documents)]
pub struct Attached {
    /// Its id.
    pub id: String,
    /// What has become of it.
    pub state: String,
    /// What it is to the case.
    pub kind: String,
    /// Its length in bytes.
    pub size: Option<i64>,
    /// Its SHA-256.
    pub digest: Option<String>,
    /// When all of it was there.
    pub added_at: NaiveDateTime,
    /// When it was taken away.
    pub removed_at: Option<NaiveDateTime>,
}

/// The documents of a case, by their ids.
///
/// # Errors
/// When the database fails.
pub fn attached(
    connection: &mut Connection,
    landlord: &str,
    case: &str,
) -> Result<BTreeMap<String, Attached>, StorageError> {
    let all = documents::table
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::case_id.eq(case))
        .select(Attached::as_select());
    let all: Vec<Attached> = reads("documents", all.load(connection))?;
    Ok(all.into_iter().map(|document| (document.id.clone(), document)).collect())
}

/// That something was erased.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = erasures)]
pub struct Erased {
    /// Its id.
    pub id: String,
    /// Of which case.
    pub case_id: String,
    /// How many records.
    pub records: i32,
    /// When.
    pub erased_at: NaiveDateTime,
}

/// The erasures of a landlord, by their ids.
///
/// # Errors
/// When the database fails.
pub fn erasures(
    connection: &mut Connection,
    landlord: &str,
) -> Result<BTreeMap<String, Erased>, StorageError> {
    let all = erasures::table.filter(erasures::landlord_id.eq(landlord)).select(Erased::as_select());
    let all: Vec<Erased> = reads("erasures", all.load(connection))?;
    Ok(all.into_iter().map(|erased| (erased.id.clone(), erased)).collect())
}

/// How many tombstones there are of each of a landlord's erasures, by their ids.
///
/// # Errors
/// When the database fails.
pub fn tombstones(
    connection: &mut Connection,
    landlord: &str,
) -> Result<BTreeMap<String, i64>, StorageError> {
    let all: Vec<(String, i64)> = erased_records::table
        .filter(erased_records::landlord_id.eq(landlord))
        .group_by(erased_records::erasure_id)
        .select((erased_records::erasure_id, count_star()))
        .load(connection)?;
    Ok(all.into_iter().collect())
}

//! What was answered under an `Idempotency-Key`, kept in the transaction that did what the answer tells of.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use diesel::prelude::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, RunQueryDsl};
use redress_shared::case::record::Digest;

use super::prepared::on;
use super::schema::kept_answers;
use super::{Connection, StorageError};

/// How many days an answer is kept: longer than the longest run of bank holidays and weekends over which a queue may stand still.
pub const DAYS_KEPT: i64 = 7;

/// How many answers past their time are removed at once. More than that are left for the next time.
const REMOVED_AT_ONCE: i64 = 64;

/// A request that may be sent again: whose it is, its key, and what it asks. The key may say anything, so its digest stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    /// Whose it is: another landlord's key is another key.
    pub landlord: String,
    /// The digest of the key.
    pub key: Digest,
    /// The digest of what is asked: method, address and body.
    pub digest: Digest,
}

/// An answer as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The headers that the answer has of its own: name and value.
    pub headers: Vec<(String, String)>,
    /// The body, without what may not be kept.
    pub body: String,
}

/// What there is under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Nothing, or nothing any more.
    Nothing,
    /// The same request, and how it was answered.
    Answered(KeptAnswer),
    /// Another request.
    AnotherRequest,
}

#[derive(Insertable)]
#[diesel(table_name = kept_answers, treat_none_as_default_value = false)]
struct NewAnswer<'a> {
    landlord_id: &'a str,
    key_digest: String,
    request_digest: String,
    status: i32,
    headers: String,
    body: &'a str,
    kept_at: NaiveDateTime,
}

/// The instant before which what was kept is no longer known.
fn horizon(now: DateTime<Utc>) -> NaiveDateTime {
    (now - Duration::days(DAYS_KEPT)).naive_utc()
}

/// What there is under a request's key. What is past its time counts as nothing, and makes room.
///
/// # Errors
/// When the database fails, or holds something that was not written by this program.
pub fn find(
    connection: &mut Connection,
    request: &Request,
    now: DateTime<Utc>,
) -> Result<Known, StorageError> {
    let key = (request.landlord.as_str(), request.key.to_string());
    let query = kept_answers::table.find(key.clone()).select((
        kept_answers::request_digest,
        kept_answers::status,
        kept_answers::headers,
        kept_answers::body,
        kept_answers::kept_at,
    ));
    let row: Option<(String, i32, String, String, NaiveDateTime)> =
        on!(connection => |it| query.first(it)).optional()?;
    let Some((digest, status, headers, body, kept_at)) = row else { return Ok(Known::Nothing) };
    if kept_at < horizon(now) {
        diesel::delete(kept_answers::table.find(key)).execute(connection)?;
        return Ok(Known::Nothing);
    }
    if digest != request.digest.to_string() {
        return Ok(Known::AnotherRequest);
    }
    let status = u16::try_from(status).map_err(unreadable)?;
    let headers = serde_json::from_str(&headers).map_err(unreadable)?;
    Ok(Known::Answered(KeptAnswer { status, headers, body }))
}

fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> StorageError {
    diesel::result::Error::DeserializationError(Box::new(error)).into()
}

/// Keeps an answer. Where another transaction has kept one under the same key meanwhile, the database refuses it, and all that this
/// transaction did is undone.
///
/// # Errors
/// When the database fails, or there is an answer under that key.
pub fn keep(
    connection: &mut Connection,
    request: &Request,
    answer: &KeptAnswer,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let answer = diesel::insert_into(kept_answers::table).values(NewAnswer {
        landlord_id: &request.landlord,
        key_digest: request.key.to_string(),
        request_digest: request.digest.to_string(),
        status: i32::from(answer.status),
        headers: serde_json::to_string(&answer.headers).unwrap_or_default(),
        body: &answer.body,
        kept_at: now.naive_utc(),
    });
    on!(connection => |it| answer.execute(it))?;
    Ok(())
}

/// Removes a few of the answers that are past their time, the oldest first, found by their age's index. On PostgreSQL those that
/// another transaction is removing are left to it: nobody waits.
///
/// # Errors
/// When the database fails.
pub fn remove_old(connection: &mut Connection, now: DateTime<Utc>) -> Result<usize, StorageError> {
    let old = kept_answers::table
        .filter(kept_answers::kept_at.lt(horizon(now)))
        .order(kept_answers::kept_at)
        .limit(REMOVED_AT_ONCE)
        .select((kept_answers::landlord_id, kept_answers::key_digest));
    let keys: Vec<(String, String)> = match connection {
        Connection::Sqlite(sqlite) => old.load(sqlite)?,
        Connection::Postgres(postgres) => old.for_update().skip_locked().load(postgres)?,
    };
    for key in &keys {
        diesel::delete(kept_answers::table.find((&key.0, &key.1))).execute(connection)?;
    }
    Ok(keys.len())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};
    use diesel::prelude::{QueryDsl, RunQueryDsl};
    use redress_shared::case::record::Digest;
    use redress_shared::policy::Library;

    use super::super::{Address, Connection, Database, landlords, schema::kept_answers, write::once};
    use super::{DAYS_KEPT, KeptAnswer, Known, REMOVED_AT_ONCE, Request, find, keep, remove_old};

    fn now() -> DateTime<Utc> {
        "2026-12-24T16:00:00Z".parse().unwrap()
    }

    fn request(key: u8, digest: u8) -> Request {
        Request { landlord: "hartlepool".to_owned(), key: Digest([key; 32]), digest: Digest([digest; 32]) }
    }

    fn answer() -> KeptAnswer {
        let headers = vec![("ETag".to_owned(), "\"2\"".to_owned())];
        KeptAnswer { status: 200, headers, body: "{\"a\":1}".to_owned() }
    }

    fn with_database(work: impl Fn(&mut Connection)) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&Address::file(&folder.path().join("redress.db")), 1).unwrap();
        let mut connection = database.connection().unwrap();
        let library = Library::embedded().unwrap();
        let profile = library.versions("hartlepool").last().unwrap();
        landlords::store(&mut connection, profile).unwrap();
        work(&mut connection);
    }

    #[test]
    fn an_answer_is_known_by_its_key_and_its_request_for_seven_days() {
        with_database(|connection| {
            assert_eq!(find(connection, &request(1, 1), now()).unwrap(), Known::Nothing);
            keep(connection, &request(1, 1), &answer(), now()).unwrap();
            let mut at =
                |request: &Request, days| find(connection, request, now() + Duration::days(days)).unwrap();
            assert_eq!(at(&request(1, 1), 0), Known::Answered(answer()));
            assert_eq!(at(&request(1, 2), 0), Known::AnotherRequest);
            assert_eq!(at(&request(2, 1), 0), Known::Nothing);
            assert_eq!(at(&request(1, 1), DAYS_KEPT), Known::Answered(answer()));
            assert_eq!(at(&request(1, 1), DAYS_KEPT + 1), Known::Nothing);
            // It has made room.
            assert_eq!(at(&request(1, 1), 0), Known::Nothing);
        });
    }

    #[test]
    fn a_second_answer_under_a_key_is_refused_as_a_conflict() {
        with_database(|connection| {
            keep(connection, &request(1, 1), &answer(), now()).unwrap();
            let again = once(connection, &|connection| keep(connection, &request(1, 1), &answer(), now()));
            assert!(again.unwrap_err().is_conflict());
        });
    }

    #[test]
    fn what_is_past_its_time_is_removed_a_few_at_a_time() {
        with_database(|connection| {
            let long_ago = now() - Duration::days(DAYS_KEPT + 1);
            let many = u8::try_from(REMOVED_AT_ONCE).unwrap() + 6;
            for key in 0..many {
                keep(connection, &request(key, 1), &answer(), long_ago + Duration::seconds(i64::from(key)))
                    .unwrap();
            }
            keep(connection, &request(200, 1), &answer(), now()).unwrap();
            let left = |connection: &mut Connection| {
                kept_answers::table.count().get_result::<i64>(connection).unwrap()
            };
            assert_eq!(remove_old(connection, now()).unwrap(), 64);
            assert_eq!(left(connection), 7);
            // The oldest went first.
            assert_eq!(find(connection, &request(63, 1), long_ago).unwrap(), Known::Nothing);
            assert_eq!(find(connection, &request(64, 1), long_ago).unwrap(), Known::Answered(answer()));
            assert_eq!(remove_old(connection, now()).unwrap(), 6);
            assert_eq!((remove_old(connection, now()).unwrap(), left(connection)), (0, 1));
        });
    }
}

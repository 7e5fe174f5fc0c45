//! What the service noticed by itself, each thing once.

use chrono::{DateTime, Utc};
use diesel::prelude::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use uuid::Uuid;

use super::schema::notices;
use super::{Connection, StorageError, feed};
use crate::notices::Notice;

#[derive(Insertable)]
#[diesel(table_name = notices)]
struct NewNotice<'a> {
    id: &'a str,
    landlord_id: &'a str,
    case_id: Option<&'a str>,
    kind: &'a str,
    key: &'a str,
    body: String,
    occurred_at: chrono::NaiveDateTime,
    recorded_at: chrono::NaiveDateTime,
}

/// Gives a notice, within the caller's write transaction; says whether it is new. One whose key the landlord has already is not given
/// again, and that is no error. Two instances that give the same one at once conflict, and the transaction of the one is done again.
///
/// # Errors
/// When the database fails.
pub fn give(
    connection: &mut Connection,
    landlord: &str,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let same = notices::table.filter(notices::landlord_id.eq(landlord)).filter(notices::key.eq(&notice.key));
    if diesel::select(diesel::dsl::exists(same)).get_result(connection)? {
        return Ok(false);
    }
    let id = Uuid::now_v7().to_string();
    let case = notice.case.map(|case| case.to_string());
    let unwritable = |error: serde_json::Error| StorageError::Unwritable(error.to_string());
    diesel::insert_into(notices::table)
        .values(NewNotice {
            id: &id,
            landlord_id: landlord,
            case_id: case.as_deref(),
            kind: notice.noticed.word(),
            key: &notice.key,
            body: serde_json::to_string(&notice.noticed).map_err(unwritable)?,
            occurred_at: notice.occurred_at.naive_utc(),
            recorded_at: now.naive_utc(),
        })
        .execute(connection)?;
    feed::enter_notice(connection, landlord, (&id, case.as_deref(), notice.noticed.word()), now)?;
    Ok(true)
}

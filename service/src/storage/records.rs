//! Words and personal data, apart from the log.

use std::cell::RefCell;
use std::collections::BTreeMap;

use diesel::prelude::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, RunQueryDsl};
use redress_shared::case::record::{RecordKind, RecordRef, Vault};
use redress_shared::case::{CaseId, RecordId, chain};
use uuid::Uuid;

use super::prepared::on;
use super::schema::case_records;
use super::{Connection, StorageError};

/// Holds the records of one command until it is accepted. Those of a refused command are dropped with it.
#[derive(Debug, Default)]
pub struct PendingRecords(RefCell<Vec<PendingRecord>>);

/// A record that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingRecord {
    /// Its id.
    pub id: RecordId,
    /// What kind of thing it holds.
    pub kind: RecordKind,
    /// What its digest is salted with.
    pub salt: Vec<u8>,
    /// The words.
    pub body: String,
}

impl Vault for PendingRecords {
    fn keep(&self, kind: RecordKind, body: &str) -> RecordRef {
        let id = RecordId(Uuid::now_v7().as_u128());
        let salt = Uuid::new_v4().as_bytes().to_vec();
        let digest = chain::record_digest(&salt, body);
        self.0.borrow_mut().push(PendingRecord { id, kind, salt, body: body.to_owned() });
        RecordRef { record: id, digest }
    }
}

#[derive(Insertable)]
#[diesel(table_name = case_records, treat_none_as_default_value = false)]
struct NewRecord<'a> {
    id: String,
    landlord_id: &'a str,
    case_id: String,
    kind: &'a str,
    salt: &'a [u8],
    body: &'a str,
}

/// How a kind of record is spelt in the table.
#[must_use]
pub const fn kind_word(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Person => "person",
        RecordKind::SpecialCategory => "special-category",
        RecordKind::Narrative => "narrative",
    }
}

impl PendingRecords {
    /// Writes the records of many cases.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_all(
        connection: &mut Connection,
        landlord: &str,
        cases: &[(String, &[PendingRecord])],
    ) -> Result<(), StorageError> {
        let mut rows = Vec::new();
        for (case, records) in cases {
            rows.extend(records.iter().map(|pending| NewRecord {
                id: pending.id.to_string(),
                landlord_id: landlord,
                case_id: case.clone(),
                kind: kind_word(pending.kind),
                salt: &pending.salt,
                body: &pending.body,
            }));
        }
        super::bulk::insert_all!(connection, case_records::table, rows.iter().collect::<Vec<_>>());
        Ok(())
    }

    /// The records, once all are in.
    #[must_use]
    pub fn into_records(self) -> Vec<PendingRecord> {
        self.0.into_inner()
    }

    /// Writes the records of an accepted command.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store(
        &self,
        connection: &mut Connection,
        landlord: &str,
        case: CaseId,
    ) -> Result<(), StorageError> {
        for pending in self.0.borrow().iter() {
            let record = diesel::insert_into(case_records::table).values(NewRecord {
                id: pending.id.to_string(),
                landlord_id: landlord,
                case_id: case.to_string(),
                kind: kind_word(pending.kind),
                salt: &pending.salt,
                body: &pending.body,
            });
            on!(connection => |it| record.execute(it))?;
        }
        Ok(())
    }
}

/// One of a landlord's records, and what kind of thing it holds; nothing where it has been erased or is another landlord's.
///
/// # Errors
/// When the database fails.
pub fn read(
    connection: &mut Connection,
    landlord: &str,
    record: RecordId,
) -> Result<Option<(RecordKind, String)>, StorageError> {
    let found: Option<(String, String)> = case_records::table
        .filter(case_records::landlord_id.eq(landlord))
        .filter(case_records::id.eq(record.to_string()))
        .select((case_records::kind, case_records::body))
        .first(connection)
        .optional()?;
    Ok(found.map(|(kind, body)| (kind_of(&kind), body)))
}

/// What a kind is that is spelt like this. What nobody knows is kept as closely as what is kept closest.
#[must_use]
pub fn kind_of(word: &str) -> RecordKind {
    let known = [RecordKind::Person, RecordKind::Narrative];
    known.into_iter().find(|kind| kind_word(*kind) == word).unwrap_or(RecordKind::SpecialCategory)
}

/// The words of one of a landlord's records; nothing where they have been erased or are another landlord's.
///
/// # Errors
/// When the database fails.
pub fn body(
    connection: &mut Connection,
    landlord: &str,
    record: RecordId,
) -> Result<Option<String>, StorageError> {
    Ok(case_records::table
        .filter(case_records::landlord_id.eq(landlord))
        .filter(case_records::id.eq(record.to_string()))
        .select(case_records::body)
        .first(connection)
        .optional()?)
}

/// What a record is kept in: its kind, salt and words.
type Columns = (String, Vec<u8>, String);

/// A record as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What kind of thing it holds.
    pub kind: String,
    /// What its digest is salted with.
    pub salt: Vec<u8>,
    /// The words.
    pub body: String,
}

/// Every record that stands under a case.
///
/// # Errors
/// When the database fails.
pub fn of_case(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<BTreeMap<RecordId, Kept>, StorageError> {
    let rows: Vec<(String, Columns)> = case_records::table
        .filter(case_records::landlord_id.eq(landlord))
        .filter(case_records::case_id.eq(case.to_string()))
        .select((case_records::id, (case_records::kind, case_records::salt, case_records::body)))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(id, row)| Some((id.parse().ok()?, kept(row)))).collect())
}

/// One of a landlord's records; nothing where it has been erased or is another landlord's.
///
/// # Errors
/// When the database fails.
pub fn find(
    connection: &mut Connection,
    landlord: &str,
    record: RecordId,
) -> Result<Option<Kept>, StorageError> {
    let row: Option<Columns> = case_records::table
        .filter(case_records::landlord_id.eq(landlord))
        .filter(case_records::id.eq(record.to_string()))
        .select((case_records::kind, case_records::salt, case_records::body))
        .first(connection)
        .optional()?;
    Ok(row.map(kept))
}

fn kept((kind, salt, body): Columns) -> Kept {
    Kept { kind, salt, body }
}

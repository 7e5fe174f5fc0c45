//! Letters that were issued: as they were, for as long as that may be kept; that they were, for ever.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;
use redress_shared::identifier;
use redress_shared::letter::LetterKind;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::schema::issued_letters;
use super::{Connection, StorageError};
use crate::letters::{Form, LetterId, Printed};

identifier! {
    /// The id of a letter that was issued.
    IssuedId
}

/// What there is to know of a letter that was issued, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub id: IssuedId,
    /// The case.
    pub case: CaseId,
    /// Which letter of the case.
    pub letter: LetterId,
    /// Of what kind.
    pub kind: LetterKind,
    /// To which of its addressees it went, from 1.
    pub addressee: u16,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// By whom: a key's id, or a token's issuer and subject.
    pub issued_by: String,
    /// The templates that it was made with.
    pub template: String,
    /// The digest of the page.
    pub html_digest: Digest,
    /// The digest of the text.
    pub text_digest: Digest,
    /// When what it says was erased.
    pub erased_at: Option<DateTime<Utc>>,
    /// The one in whose place it was issued.
    pub replaces: Option<IssuedId>,
    /// When another was issued in its place.
    pub replaced_at: Option<DateTime<Utc>>,
}

/// A letter that is to be kept as issued.
#[derive(Debug, Clone)]
pub struct ToIssue<'a> {
    /// The landlord.
    pub landlord: &'a str,
    /// The case.
    pub case: CaseId,
    /// Which letter of the case.
    pub letter: LetterId,
    /// Of what kind.
    pub kind: LetterKind,
    /// To which of its addressees.
    pub addressee: u16,
    /// What it is.
    pub printed: &'a Printed,
    /// By whom.
    pub by: &'a str,
    /// The one in whose place it is issued.
    pub replaces: Option<IssuedId>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = issued_letters)]
struct Row {
    id: String,
    landlord_id: String,
    case_id: String,
    letter: String,
    kind: String,
    addressee: i32,
    issued_at: NaiveDateTime,
    issued_by: String,
    template: String,
    html_digest: String,
    text_digest: String,
    erased_at: Option<NaiveDateTime>,
    replaces: Option<String>,
    replaced_at: Option<NaiveDateTime>,
}

impl Row {
    fn read(self) -> Result<Issued, StorageError> {
        let damaged = |what: &str| StorageError::Damaged {
            case: self.case_id.clone(),
            sequence: 0,
            reason: format!("the {what} of its issued letter {} does not read", self.id),
        };
        Ok(Issued {
            id: self.id.parse().map_err(|_| damaged("id"))?,
            case: self.case_id.parse().map_err(|_| damaged("case"))?,
            letter: self.letter.parse().map_err(|_| damaged("letter"))?,
            kind: self.kind.parse().map_err(|_| damaged("kind"))?,
            addressee: u16::try_from(self.addressee).map_err(|_| damaged("addressee"))?,
            html_digest: self.html_digest.parse().map_err(|_| damaged("digest"))?,
            text_digest: self.text_digest.parse().map_err(|_| damaged("digest"))?,
            replaces: self.replaces.as_deref().map(str::parse).transpose().map_err(|_| damaged("former"))?,
            issued_at: self.issued_at.and_utc(),
            issued_by: self.issued_by,
            template: self.template,
            erased_at: self.erased_at.map(|at| at.and_utc()),
            replaced_at: self.replaced_at.map(|at| at.and_utc()),
        })
    }
}

/// The SHA-256 of what is sent.
#[must_use]
pub fn digest(bytes: &str) -> Digest {
    Digest(Sha256::digest(bytes.as_bytes()).into())
}

/// Keeps a letter as issued, within the caller's write transaction, who holds the case. One in whose place it is issued stays, and no
/// longer stands.
///
/// # Errors
/// When the database fails; it refuses a second one that would stand for the same letter and addressee.
pub fn issue(
    connection: &mut Connection,
    letter: &ToIssue<'_>,
    now: DateTime<Utc>,
) -> Result<Issued, StorageError> {
    let at = now.naive_utc();
    if let Some(former) = letter.replaces {
        diesel::update(issued_letters::table)
            .filter(issued_letters::landlord_id.eq(letter.landlord))
            .filter(issued_letters::id.eq(former.to_string()))
            .set(issued_letters::replaced_at.eq(at))
            .execute(connection)?;
    }
    let id = IssuedId(Uuid::now_v7().as_u128());
    let row = Row {
        id: id.to_string(),
        landlord_id: letter.landlord.to_owned(),
        case_id: letter.case.to_string(),
        letter: letter.letter.to_string(),
        kind: letter.kind.as_str().to_owned(),
        addressee: i32::from(letter.addressee),
        issued_at: at,
        issued_by: letter.by.to_owned(),
        template: letter.printed.version.clone(),
        html_digest: digest(&letter.printed.html).to_string(),
        text_digest: digest(&letter.printed.text).to_string(),
        erased_at: None,
        replaces: letter.replaces.map(|former| former.to_string()),
        replaced_at: None,
    };
    let said =
        (issued_letters::html.eq(&letter.printed.html), issued_letters::plain.eq(&letter.printed.text));
    diesel::insert_into(issued_letters::table).values((&row, said)).execute(connection)?;
    row.read()
}

/// Every letter that was issued on a case, the first one first.
///
/// # Errors
/// When the database fails.
pub fn of_case(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<Vec<Issued>, StorageError> {
    let rows: Vec<Row> = issued_letters::table
        .filter(issued_letters::landlord_id.eq(landlord))
        .filter(issued_letters::case_id.eq(case.to_string()))
        .order(issued_letters::id)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// One of a landlord's issued letters on a case.
///
/// # Errors
/// When the database fails.
pub fn find(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    id: IssuedId,
) -> Result<Option<Issued>, StorageError> {
    let row: Option<Row> = issued_letters::table
        .filter(issued_letters::landlord_id.eq(landlord))
        .filter(issued_letters::case_id.eq(case.to_string()))
        .filter(issued_letters::id.eq(id.to_string()))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// What an issued letter says, as it was sent; nothing where it has been erased, or there is no such letter.
///
/// # Errors
/// When the database fails.
pub fn body(
    connection: &mut Connection,
    landlord: &str,
    id: IssuedId,
    form: Form,
) -> Result<Option<String>, StorageError> {
    let one = issued_letters::table
        .filter(issued_letters::landlord_id.eq(landlord))
        .filter(issued_letters::id.eq(id.to_string()));
    let found: Option<Option<String>> = match form {
        Form::Html => one.select(issued_letters::html).first(connection).optional()?,
        Form::Text => one.select(issued_letters::plain).first(connection).optional()?,
    };
    Ok(found.flatten())
}

/// How many of a case's issued letters still have their words.
///
/// # Errors
/// When the database fails.
pub fn saying(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<usize, StorageError> {
    let there: i64 = issued_letters::table
        .filter(issued_letters::landlord_id.eq(landlord))
        .filter(issued_letters::case_id.eq(case.to_string()))
        .filter(issued_letters::erased_at.is_null())
        .count()
        .get_result(connection)?;
    Ok(usize::try_from(there).unwrap_or_default())
}

/// Erases what the issued letters of a case say, and says how many that were. That they were issued, when, by whom, and what their
/// digests were, stays.
///
/// # Errors
/// When the database fails.
pub fn erase(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<usize, StorageError> {
    let nothing: Option<String> = None;
    Ok(diesel::update(issued_letters::table)
        .filter(issued_letters::landlord_id.eq(landlord))
        .filter(issued_letters::case_id.eq(case.to_string()))
        .filter(issued_letters::erased_at.is_null())
        .set((
            issued_letters::html.eq(&nothing),
            issued_letters::plain.eq(&nothing),
            issued_letters::erased_at.eq(Some(now.naive_utc())),
        ))
        .execute(connection)?)
}

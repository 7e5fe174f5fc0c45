//! Annual and quarterly reports, from cases to published figures.
//!
//! Rows come in through the views of one contract, are placed in a period or excluded by name, counted, and printed. A
//! report is written only when every row is accounted for.

mod basis;
mod check;
pub mod cli;
mod cores;
pub mod due;
mod error;
pub mod evidence;
pub mod form;
pub mod frames;
pub mod given;
pub mod index;
pub mod look;
mod make;
pub mod measured;
pub mod output;
mod publish;
pub mod quality;
mod recount;
mod request;
pub mod scan;
pub mod source;
pub mod tables;
pub mod trust;
pub mod views;
mod what_if;

use std::path::PathBuf;

pub use check::code_check;
pub use error::{Error, Result};
pub use make::{Kind, Made, make};
pub use publish::publish;
pub use recount::{Instead, recount};
pub use request::{Excluded, Request, Span, Variant};
pub use views::Beside;

use form::Assessment;
use measured::Counted;
use source::{Snapshot, Source};
use views::Report;

/// Writes a landlord's annual report and gives the paths, a format each.
///
/// # Errors
/// When the span is not a year, the rows cannot be read or do not add up, or the report cannot be written. The report of
/// an earlier run then stays as it was.
pub fn annual(request: &Request) -> Result<Vec<PathBuf>> {
    annual_of(&read(request)?, request)
}

/// As [`annual`], from rows that have been read.
///
/// # Errors
/// As [`annual`].
pub fn annual_of(source: &Source, request: &Request) -> Result<Vec<PathBuf>> {
    make::write(Kind::Annual, source, request, Beside::default())
}

/// Writes a landlord's report to its committee and gives the paths, a format each.
///
/// # Errors
/// As [`annual`], and when the span is a year.
pub fn committee(request: &Request) -> Result<Vec<PathBuf>> {
    committee_of(&read(request)?, request)
}

/// As [`committee`], from rows that have been read.
///
/// # Errors
/// As [`committee`].
pub fn committee_of(source: &Source, request: &Request) -> Result<Vec<PathBuf>> {
    make::write(Kind::Committee, source, request, Beside::default())
}

/// Writes the report its span calls for: [`annual`] for a year, [`committee`] for any other.
///
/// # Errors
/// As those two.
pub fn write_report(request: &Request) -> Result<Vec<PathBuf>> {
    if matches!(request.span, Span::Year(_)) { annual(request) } else { committee(request) }
}

fn read(request: &Request) -> Result<Source> {
    Snapshot::open(&request.origin)?.source(&request.landlord_id)
}

/// Writes a landlord's self-assessment of a year by itself and gives the paths, a format each.
///
/// # Errors
/// As [`annual`].
pub fn self_assessment_of(source: &Source, request: &Request) -> Result<Vec<PathBuf>> {
    make::write(Kind::SelfAssessment, source, request, Beside::default())
}

/// A ready-made file of answers for a year, with everything that is known and what it proposes; nothing in it is confirmed.
///
/// # Errors
/// As [`annual`], save that nothing is written.
pub fn answers_of(source: &Source, request: &Request) -> Result<String> {
    let assessment = assessed(request)?;
    reported(source, request, |report| form::answers(report, assessment, request.policy.as_ref()))
}

/// Writes the regulator's measures of a landlord's year and gives the paths, a format each.
///
/// # Errors
/// As [`annual`].
pub fn tsm_of(source: &Source, request: &Request, beside: Beside<'_>) -> Result<Vec<PathBuf>> {
    make::write(Kind::Tsm, source, request, beside)
}

/// Writes what a landlord's period would have been under other rules, beside what it was, and gives the paths, a format each.
///
/// # Errors
/// As [`annual`]; also when the log of a case is not what it was, or a policy that a case falls under is not known.
pub fn what_if_of(
    snapshot: &mut Snapshot,
    source: &Source,
    request: &Request,
    instead: Instead<'_>,
) -> Result<Vec<PathBuf>> {
    request.has_begun()?;
    make::put(what_if::made(snapshot, source, request, instead)?, &output::Hold::of(&request.out)?)
}

/// The cases behind the figures of a report of a landlord's.
///
/// # Errors
/// As [`annual`], save that nothing is written.
pub fn evidence_of(kind: Kind, source: &Source, request: &Request) -> Result<evidence::Evidence> {
    kind.fits(request)?;
    let document = make::document(kind, source, request, Beside::default())?;
    evidence::gather((kind, source, request, Beside::default()), &document, &[])
}

/// What a request's self-assessment is filled from.
fn assessed(request: &Request) -> Result<&Assessment> {
    let none =
        || Error::Request("a self-assessment is about a year that an edition of the Code covers".to_owned());
    request.assessment.as_ref().ok_or_else(none)
}

/// Makes something of a landlord's rows, once every one of them is accounted for.
fn reported<T>(source: &Source, request: &Request, make: impl FnOnce(&Report<'_>) -> Result<T>) -> Result<T> {
    drawn(&Counted::of(source, &[request])?, request, make)
}

/// As [`reported`], of rows that have been counted already; never of a period that has not begun.
fn drawn<T>(
    counted: &Counted<'_>,
    request: &Request,
    make: impl FnOnce(&Report<'_>) -> Result<T>,
) -> Result<T> {
    request.has_begun()?;
    let measured = counted.measured(request)?;
    make(&Report {
        scope: &measured.scope,
        source: counted.source(),
        tables: &measured.tables,
        ledger: &measured.ledger,
        variant: request.variant,
        with_rare: request.with_rare,
        excluded: &request.excluded,
        within_time: measured.within_time,
        complainants: measured.complainants,
        residents: measured.residents,
    })
}

//! Annual and quarterly reports, from cases to published figures.
//!
//! Rows come in through the views of one contract, are placed in a period or excluded by name, counted, and printed. A
//! report is written only when every row is accounted for.

mod basis;
pub mod cli;
mod error;
pub mod form;
pub mod frames;
pub mod index;
pub mod output;
mod render;
mod request;
pub mod source;
pub mod tables;
pub mod views;

use std::path::PathBuf;

pub use error::{Error, Result};
pub use request::{Excluded, Request, Span, Variant};
pub use views::ProvisionRow;

use frames::Ledger;
use source::{Snapshot, Source};
use tables::Tables;
use views::{Document, Report};

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
    if !matches!(request.span, Span::Year(_)) {
        return Err(Error::Request("an annual report is about a year".to_owned()));
    }
    write(source, request, "annual", views::annual)
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
    if matches!(request.span, Span::Year(_)) {
        return Err(Error::Request("a committee's report is about a quarter or a range".to_owned()));
    }
    write(source, request, "committee", views::committee)
}

/// Writes the report its span calls for: [`annual`] for a year, [`committee`] for any other.
///
/// # Errors
/// As those two.
pub fn write_report(request: &Request) -> Result<Vec<PathBuf>> {
    if matches!(request.span, Span::Year(_)) { annual(request) } else { committee(request) }
}

fn read(request: &Request) -> Result<Source> {
    Snapshot::open(&request.database)?.source(&request.landlord_id)
}

fn write(
    source: &Source,
    request: &Request,
    template: &str,
    draw: fn(&Report<'_>, &Request) -> Document,
) -> Result<Vec<PathBuf>> {
    let scope = request.scope(&source.calendar)?;
    let mut ledger = Ledger::default();
    let frames = frames::build(source, &scope, &mut ledger)?;
    let tables = Tables::of(&frames)?;
    tables.reconcile(&scope, &mut ledger);
    ledger.settle()?;
    let report = Report {
        scope: &scope,
        source,
        tables: &tables,
        ledger: &ledger,
        variant: request.variant,
        excluded: &request.excluded,
        within_time: frames.within_time,
        residents: frames.residents,
    };
    let document = draw(&report, request);
    output::write(&request.out, &request.stem(), &request.formats, (template, &document))
}

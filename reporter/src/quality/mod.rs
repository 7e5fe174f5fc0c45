//! Whether the case data can carry figures: what is missing, what cannot have happened in that order, and what may be there twice.

mod linked;
mod rules;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use redress_shared::calendar::words::long_date;

use crate::error::{Error, Result};
use crate::measured::Counted;
use crate::output::{self, Format};
use crate::request::Request;
use crate::source::Source;
use crate::views::{CellView, Document, TableView};
pub use rules::faults;

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something that every such case has.
    Missing,
    /// Two dates of which the later should be the earlier, or one that has not come yet.
    Impossible,
    /// Two cases that look like one.
    Twice,
    /// What no figure knows how to count: a report is refused as long as it is there.
    Uncountable,
}

impl Kind {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Missing, Self::Impossible, Self::Twice, Self::Uncountable];

    const fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Missing => ("missing", "Missing"),
            Self::Impossible => ("impossible", "Impossible order"),
            Self::Twice => ("twice", "Likely the same case twice"),
            Self::Uncountable => ("uncountable", "Cannot be counted"),
        }
    }
}

/// A fault of a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// What kind.
    pub kind: Kind,
    /// The case, by its reference where it has one; empty where it is about none.
    pub case: String,
    /// What is wrong, in a sentence.
    pub says: String,
}

/// Writes the faults of a landlord's rows, by the request of any report of them, and gives how many there are, with the paths. They name cases, so that none of it is for
/// publication.
///
/// # Errors
/// When it cannot be written; what an earlier run wrote then stays as it was.
pub fn write(
    source: &Source,
    request: &Request,
    (out, formats): (&Path, &[Format]),
) -> Result<(usize, Vec<PathBuf>)> {
    let as_of = request.as_of;
    let mut faults = faults(source, as_of);
    faults.extend(uncountable(source, request)?);
    let document = document(source, as_of, &faults).on_paper();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let landlord: String = source.landlord.landlord_id.chars().map(plain).collect();
    let stem = format!("{landlord}-check-{as_of}-with-references");
    let paths = output::write(out, &stem, formats, ("check", &document))?;
    Ok((faults.len(), paths))
}

/// What a report would be refused for, whatever its period.
fn uncountable(source: &Source, request: &Request) -> Result<Vec<Fault>> {
    let counted = Counted::of(source, &[request]).and_then(|counted| counted.measured(request).map(drop));
    let fault = |says| Fault { kind: Kind::Uncountable, case: String::new(), says };
    match counted {
        Ok(()) => Ok(Vec::new()),
        Err(Error::Unreconciled(faults)) => Ok(faults.into_iter().map(fault).collect()),
        Err(error) => Err(error),
    }
}

pub(crate) fn document(source: &Source, as_of: NaiveDate, faults: &[Fault]) -> Document {
    let mut summary = TableView::new("summary", "Faults in the data", "Kind", &[("faults", "Faults")]);
    for kind in Kind::ALL {
        let (key, heading) = kind.told();
        summary.row(key, heading, vec![count(faults.iter().filter(|fault| fault.kind == kind).count())]);
    }
    summary.total("all", "All", vec![count(faults.len())]);
    let columns = [("case", "Case"), ("fault", "What is wrong")];
    let mut listed = TableView::new("faults", "Case by case", "Kind", &columns);
    let mut numbers: BTreeMap<Kind, u32> = BTreeMap::new();
    for fault in faults {
        let number = numbers.entry(fault.kind).or_insert(0);
        *number += 1;
        let (key, heading) = fault.kind.told();
        let cells = vec![CellView::words(&fault.case), CellView::words(&fault.says)];
        listed.row(&format!("{key}-{number}"), heading, cells);
    }
    Document {
        title: "Check of the case data".to_owned(),
        landlord: source.landlord.name.clone(),
        period: long_date(as_of),
        dates: "All cases".to_owned(),
        as_of: long_date(as_of),
        badges: vec!["Not for publication".to_owned()],
        states: vec!["Cases are named here by their references.".to_owned()],
        tables: BTreeMap::from([("summary", summary), ("faults", listed)]),
        ..Document::default()
    }
}

fn count(number: usize) -> CellView {
    CellView::count(u64::try_from(number).unwrap_or(u64::MAX))
}

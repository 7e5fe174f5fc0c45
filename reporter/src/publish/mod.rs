//! A year made fit to go on the landlord's website: nothing still wanted, nothing provisional, nobody named; a folder of its own, with
//! pages that lead to it.

mod pages;
mod site;
mod wanted;

use std::path::PathBuf;

pub use pages::pages_that_differ;
pub use site::{list_that_differs, site_of, strangers_in, strangers_on};

use crate::error::{Error, Result};
use crate::make::{self, Kind, Made, make};
use crate::output::{Format, Hold, Item};
use crate::request::{Request, Span, Variant};
use crate::source::Source;
use crate::views::Beside;

/// What a year's publication consists of.
const REPORTS: [Kind; 3] = [Kind::Annual, Kind::SelfAssessment, Kind::Tsm];

/// Publishes a landlord's year: the annual report, the self-assessment and the regulator's measures, each as a page, as tables and as
/// data, with their manifests, in a folder of the year; and renews the pages that lead to all years and landlords. The folder takes
/// the place of an earlier publication of the same year in one step, and other years are not touched. Gives the paths of the folder
/// and of the two pages.
///
/// # Errors
/// [`Error::Unpublishable`] with everything that is still wanted, each with its provision; and as for the reports.
pub fn publish(source: &Source, request: &Request, beside: Beside<'_>) -> Result<Vec<PathBuf>> {
    if !matches!(request.span, Span::Year(_)) || request.variant != Variant::Published {
        return Err(Error::Request("what is published is a year, in the published variant".to_owned()));
    }
    let request = Request {
        formats: vec![Format::Html, Format::Csv, Format::Json],
        evidence: false,
        ..request.clone()
    };
    let mut wanted = wanted::wanted(&make::document(Kind::Annual, source, &request, beside)?, &request);
    let mut reports = Vec::new();
    for kind in REPORTS {
        match make(kind, source, &request, beside) {
            Ok(made) => reports.push(made),
            Err(Error::Personal(finds)) => {
                wanted.extend(finds.iter().map(|find| format!("{} report: {find}.", kind.name())));
            }
            // That no edition of the Code covers the year is said among what is wanted; a year of the landlord's own has no measures.
            Err(Error::Request(_)) if kind != Kind::Annual => {}
            Err(error) => return Err(error),
        }
    }
    if !wanted.is_empty() {
        return Err(Error::Unpublishable(wanted));
    }
    let year = site::Year::of(source, &request, &reports.iter().collect::<Vec<_>>());
    let mut items = vec![Item::Folder(year.folder(), files(reports, &year)?)];
    // The pages are made of the years that are there: another that comes between would be missing from them.
    let hold = Hold::of(&request.out)?;
    items.extend(pages::renewed(&request.out, year)?);
    hold.put(&items)
}

/// Everything of a year's folder.
fn files(reports: Vec<Made>, year: &site::Year) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = vec![(site::LIST.to_owned(), crate::output::json(year)?)];
    for item in reports.into_iter().map(Made::with_manifest).collect::<Result<Vec<_>>>()?.concat() {
        match item {
            Item::File(name, bytes) => files.push((name, bytes)),
            Item::Folder(folder, within) => {
                files.extend(within.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
            }
        }
    }
    Ok(files)
}

//! A report from rows to files: drawn, looked through for what must not be published, put into every format, and its manifest
//! beside it.

use std::path::PathBuf;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::cores;
use crate::error::{Error, Result};
use crate::evidence;
use crate::measured::Counted;
use crate::output::{self, Item};
use crate::request::{Request, Span, Variant};
use crate::scan;
use crate::source::Source;
use crate::trust::{Manifest, SUFFIX};
use crate::views::{self, Beside, Document, Report};

/// A report that is made of a landlord's cases of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The annual report with the self-assessment form.
    Annual,
    /// The report to a committee.
    Committee,
    /// The self-assessment by itself.
    SelfAssessment,
    /// The regulator's measures.
    Tsm,
    /// The same cases under other rules, which takes their logs besides their rows.
    #[value(skip)]
    WhatIf,
}

/// What is said of a kind that rows alone cannot make.
const OF_LOGS: &str =
    "what would have been is made of the cases' logs and of the rules in the place of their own";

impl Kind {
    /// Its name in its files' names, which is also that of its template.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Annual => "annual",
            Self::Committee => "committee",
            Self::SelfAssessment => "self-assessment",
            Self::Tsm => "tsm",
            Self::WhatIf => "what-if",
        }
    }

    /// Refuses a period that such a report is not about.
    pub(crate) fn fits(self, request: &Request) -> Result<()> {
        let is_year = matches!(request.span, Span::Year(_));
        let refused = match self {
            Self::Annual => (!is_year).then_some("an annual report is about a year"),
            Self::Committee => is_year.then_some("a committee's report is about a quarter or a range"),
            Self::SelfAssessment => request
                .assessment
                .is_none()
                .then_some("a self-assessment is about a year that an edition of the Code covers"),
            Self::Tsm => (!is_year).then_some("the regulator's measures are of a year"),
            Self::WhatIf => Some(OF_LOGS),
        };
        refused.map_or(Ok(()), |sentence| Err(Error::Request(sentence.to_owned())))
    }

    /// The document, without what must not be published where it is for everybody.
    fn shown(self, report: &Report<'_>, request: &Request, beside: Beside<'_>) -> Result<Document> {
        let mut document = self.draw(report, request, beside)?;
        report.hide(&mut document);
        Ok(document)
    }

    fn draw(self, report: &Report<'_>, request: &Request, beside: Beside<'_>) -> Result<Document> {
        match self {
            Self::Annual => views::annual(report, request),
            Self::Committee => Ok(views::committee(report, request)),
            Self::SelfAssessment => views::self_assessment(report, request),
            Self::Tsm if !report.is_regulators_year() => {
                let year = "the regulator's measures are of its own year, from 1 April to 31 March";
                Err(Error::Request(year.to_owned()))
            }
            Self::Tsm => views::tsm(report, request, beside),
            Self::WhatIf => Err(Error::Request(OF_LOGS.to_owned())),
        }
    }
}

/// A report that has been made and not been written yet.
#[derive(Debug, Clone)]
pub struct Made {
    /// What it says.
    pub document: Document,
    /// Its files, a format each, then the evidence where it was asked for.
    pub items: Vec<Item>,
    /// What it was made from.
    pub manifest: Manifest,
    /// The name of its files, without what tells their format.
    pub stem: String,
}

impl Made {
    /// Its files, and its manifest as the last.
    ///
    /// # Errors
    /// When the manifest cannot be put into JSON, which it can.
    pub fn with_manifest(mut self) -> Result<Vec<Item>> {
        self.items.push(Item::File(format!("{}{SUFFIX}", self.stem), output::json(&self.manifest)?));
        Ok(self.items)
    }
}

/// The document of a landlord's rows, without dress: what is on the page.
pub(crate) fn document(
    kind: Kind,
    source: &Source,
    request: &Request,
    beside: Beside<'_>,
) -> Result<Document> {
    crate::reported(source, request, |report| kind.shown(report, request, beside))
}

/// Makes a report of a landlord's rows, and writes nothing.
///
/// # Errors
/// When the request does not fit the report, the rows do not add up, what would be published has something personal in it, or the
/// evidence of what is published is asked for.
pub fn make(kind: Kind, source: &Source, request: &Request, beside: Beside<'_>) -> Result<Made> {
    kind.fits(request)?;
    of_counted(kind, &Counted::ready(source, &[request])?, request, beside)
}

/// As [`make`], of rows that have been counted, for this report among others.
///
/// # Errors
/// As [`make`].
pub fn of_counted(kind: Kind, counted: &Counted<'_>, request: &Request, beside: Beside<'_>) -> Result<Made> {
    kind.fits(request)?;
    let source = counted.given();
    if request.evidence && request.variant == Variant::Published {
        let sentence = "the cases behind the figures are never published: ask for the committee's variant";
        return Err(Error::Request(sentence.to_owned()));
    }
    let (mut document, counts, left_out) = crate::drawn(counted, request, |report| {
        let document = kind.shown(report, request, beside)?;
        Ok((document, crate::trust::counts(report.ledger), report.ledger.left_out().to_vec()))
    })?;
    let stem = request.stem_of(kind.name());
    let evidence = if request.evidence {
        let found = evidence::gather((kind, source, request, beside), &document, &left_out)?;
        found.link(&mut document, &stem);
        Some(found)
    } else {
        None
    };
    let document = document.on_paper();
    let look_through = || match request.variant {
        Variant::Published => scan::scan(&document, (source, counted.called()), request),
        Variant::Committee => Ok(()),
    };
    let (clean, items) =
        cores::both(look_through, || output::items(&stem, &request.formats, (kind.name(), &document)));
    clean?;
    let mut items = items?;
    if let Some(evidence) = evidence {
        items.push(evidence.into_folder(&stem)?);
    }
    let manifest = Manifest::of((kind, counted.inputs()?.clone(), request), &document, counts, &items)?;
    Ok(Made { document, items, manifest, stem })
}

/// Makes and writes a report with its manifest, and gives the paths of all but the manifest.
///
/// # Errors
/// As [`make`], and when the folder cannot be written; what an earlier run wrote then stays as it was.
pub fn write(kind: Kind, source: &Source, request: &Request, beside: Beside<'_>) -> Result<Vec<PathBuf>> {
    put(make(kind, source, request, beside)?, &output::Hold::of(&request.out)?)
}

/// Writes a report that has been made with its manifest into a folder that is held, and gives the paths of all but the manifest.
///
/// # Errors
/// When it cannot be written.
pub fn put(made: Made, hold: &output::Hold<'_>) -> Result<Vec<PathBuf>> {
    let items = made.with_manifest()?;
    let mut paths = hold.put(&items)?;
    paths.pop();
    Ok(paths)
}

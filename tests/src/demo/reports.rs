//! Four reports for each landlord, and the page that leads to them.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;
use redress_reporter::form::Assessment;
use redress_reporter::index::{self, Entry, Link};
use redress_reporter::source::{Address, Snapshot};
use redress_reporter::{Request, Span, Variant, self_assessment_of, write_report};
use redress_shared::measure::{Quarter, ReportingYear};
use redress_shared::policy::{Library, Profile};

use super::Progress;
use crate::simulator::LANDLORDS;

/// Writes the annual report of every landlord, its self-assessment with what is proposed, and its report to a committee as it is
/// published and with references, and gives their paths.
///
/// # Errors
/// When a report cannot be written, or its rows do not add up.
pub fn write(
    database: &Path,
    folder: &Path,
    as_of: NaiveDate,
    progress: &Progress,
) -> anyhow::Result<Vec<PathBuf>> {
    let library = Library::embedded().map_err(|errors| anyhow::anyhow!("{errors}"))?;
    let (year, quarter) = (ReportingYear::parse("2025-26")?, Quarter::parse("2025-Q4")?);
    let kinds = [
        ("Annual report and self-assessment, 2025-26", Span::Year(year), Variant::Published),
        ("Self-assessment for the committee, with what is proposed", Span::Year(year), Variant::Committee),
        ("Report to committee, January to March 2026", Span::Quarter(quarter), Variant::Published),
        ("The same for the committee, with references", Span::Quarter(quarter), Variant::Committee),
    ];
    let bar = progress.bar("reports", 20);
    let (mut paths, mut entries) = (Vec::new(), Vec::new());
    for landlord in &LANDLORDS {
        let profile = library.by_id(landlord.policy)?;
        let mut links = Vec::new();
        for (title, span, variant) in &kinds {
            let path = one(database, folder, (profile, library), (span, *variant), as_of)
                .with_context(|| format!("{title} of {}", landlord.id))?;
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            links.push(Link { title: (*title).to_owned(), file });
            paths.push(path);
            bar.step();
        }
        let name = profile.landlord.name.clone();
        entries.push(Entry { landlord: name, policy: profile.policy.title.clone(), reports: links });
    }
    index::write(folder, &entries, as_of, true)?;
    bar.done();
    Ok(paths)
}

fn one(
    database: &Path,
    folder: &Path,
    (profile, library): (&Profile, &Library),
    (span, variant): (&Span, Variant),
    as_of: NaiveDate,
) -> anyhow::Result<PathBuf> {
    let assessment = Assessment::of(span, Some(profile), library)?;
    let request = Request {
        assessment,
        policy: Some(profile.clone()),
        demonstration: true,
        variant,
        ..Request::new(Address::file(database), folder, &profile.landlord.id, span.clone(), as_of)?
    };
    let paths = match (span, variant) {
        // The form alone: its proposals are for those who are to answer it.
        (Span::Year(_), Variant::Committee) => {
            self_assessment_of(&Snapshot::open(&request.origin)?.source(&request.landlord_id)?, &request)
        }
        _ => write_report(&request),
    };
    paths?.pop().context("a report has a path")
}

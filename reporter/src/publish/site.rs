//! The pages that lead to what is published: one of all landlords, and one of each landlord's years.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use redress_shared::calendar::words::long_date;

use crate::error::{Error, Result};
use crate::look::Templates;
use crate::make::Made;
use crate::output::Item;
use crate::request::Request;
use crate::source::Source;
use crate::views::DEMONSTRATION;

/// The file of a year's folder that says what is in it.
pub(super) const LIST: &str = "published.json";

/// A year that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Year {
    /// The folder of the landlord.
    landlord: String,
    /// The landlord's name.
    name: String,
    /// The folder of the year within the landlord's.
    year: String,
    /// The first day of the year: years are shown by it, the newest first.
    begins: NaiveDate,
    /// The date of the reports.
    as_of: NaiveDate,
    /// Whether the cases were made up.
    demonstration: bool,
    /// The reports.
    reports: Vec<Published>,
}

/// A report of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    title: String,
    page: String,
    data: String,
    manifest: String,
    tables: Vec<String>,
}

impl Year {
    pub(super) fn of(source: &Source, request: &Request, reports: &[Made]) -> Self {
        let begins = request.span.windows().ok().and_then(|windows| Some(windows.first()?.period.first));
        Self {
            landlord: request.folder(),
            name: source.landlord.name.clone(),
            year: request.when(),
            begins: begins.unwrap_or(request.as_of),
            as_of: request.as_of,
            demonstration: request.demonstration,
            reports: reports.iter().map(published).collect(),
        }
    }

    /// Its folder in the site.
    pub(super) fn folder(&self) -> String {
        format!("{}/{}", self.landlord, self.year)
    }
}

fn published(made: &Made) -> Published {
    let stem = &made.stem;
    let tables = made.items.iter().filter_map(|item| match item {
        Item::Folder(folder, files) => Some(files.iter().map(move |(name, _)| format!("{folder}/{name}"))),
        Item::File(..) => None,
    });
    Published {
        title: made.document.title.clone(),
        page: format!("{stem}.html"),
        data: format!("{stem}.json"),
        manifest: format!("{stem}{}", crate::trust::SUFFIX),
        tables: tables.flatten().collect(),
    }
}

/// A page that leads to others.
#[derive(Debug, Serialize)]
struct Page {
    title: String,
    demonstration: Option<&'static str>,
    up: String,
    sections: Vec<Section>,
}

/// A landlord, or a year.
#[derive(Debug, Serialize)]
struct Section {
    heading: String,
    note: String,
    links: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Link {
    href: String,
    text: String,
    /// Whose or of when, for those who hear the link alone.
    of: String,
    more: Vec<Plain>,
}

#[derive(Debug, Serialize)]
struct Plain {
    href: String,
    text: String,
}

/// The two pages that a newly published year is on: its landlord's, and that of all landlords.
///
/// # Errors
/// When what is published already cannot be read.
pub(super) fn pages(site: &Path, year: Year) -> Result<[Item; 2]> {
    let landlord = year.landlord.clone();
    let mut years = standing(site)?;
    years.retain(|other| other.folder() != year.folder());
    years.push(year);
    years.sort_by(|one, other| (&one.name, other.begins).cmp(&(&other.name, one.begins)));
    let own: Vec<&Year> = years.iter().filter(|year| year.landlord == landlord).collect();
    let item = |name: String, page: &Page| {
        Ok::<_, Error>(Item::File(name, Templates::default().render("site", page)?.into_bytes()))
    };
    Ok([
        item(format!("{landlord}/index.html"), &of_landlord(&own))?,
        item("index.html".to_owned(), &of_all(&years))?,
    ])
}

/// The years that are published already.
fn standing(site: &Path) -> Result<Vec<Year>> {
    let mut years = Vec::new();
    for landlord in folders(site)? {
        for year in folders(&landlord)? {
            let path = year.join(LIST);
            let unfit = |error: String| Error::Given(format!("{}: {error}", path.display()));
            if path.is_file() {
                let bytes = fs::read(&path).map_err(|error| unfit(error.to_string()))?;
                years.push(serde_json::from_slice(&bytes).map_err(|error| unfit(error.to_string()))?);
            }
        }
    }
    Ok(years)
}

/// The folders in a folder, save the hidden ones, which are still being written or were replaced.
fn folders(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let unreadable = |error: std::io::Error| Error::Given(format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.path().is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn of_landlord(years: &[&Year]) -> Page {
    let name = years.first().map_or("", |year| year.name.as_str());
    let section = |year: &&Year| Section {
        heading: year.year.clone(),
        note: format!("As known on {}.", long_date(year.as_of)),
        links: year.reports.iter().map(|report| link(year, report)).collect(),
    };
    Page {
        title: format!("{name}: complaints, year by year"),
        demonstration: demonstration(years.iter().copied()),
        up: "../index.html".to_owned(),
        sections: years.iter().map(section).collect(),
    }
}

fn link(year: &Year, report: &Published) -> Link {
    let within = |file: &String| format!("{}/{file}", year.year);
    let plain = |file: &String, text: &str| Plain { href: within(file), text: text.to_owned() };
    let mut more = vec![
        plain(&report.data, "all of it as data (JSON)"),
        plain(&report.manifest, "what it was made from (JSON)"),
    ];
    more.extend(report.tables.iter().map(|table| {
        let name = table.rsplit('/').next().unwrap_or(table).trim_end_matches(".csv");
        plain(table, &format!("table {name} (CSV)"))
    }));
    Link { href: within(&report.page), text: report.title.clone(), of: year.year.clone(), more }
}

fn of_all(years: &[Year]) -> Page {
    let mut sections: Vec<Section> = Vec::new();
    for of_one in years.chunk_by(|one, other| one.landlord == other.landlord) {
        let Some(newest) = of_one.first() else { continue };
        let count = of_one.len();
        sections.push(Section {
            heading: newest.name.clone(),
            note: format!("{count} year{} published.", if count == 1 { "" } else { "s" }),
            links: vec![Link {
                href: format!("{}/index.html", newest.landlord),
                text: "Complaints, year by year".to_owned(),
                of: newest.name.clone(),
                more: Vec::new(),
            }],
        });
    }
    Page {
        title: "Complaints to landlords".to_owned(),
        demonstration: demonstration(years.iter()),
        up: String::new(),
        sections,
    }
}

fn demonstration<'a>(mut years: impl Iterator<Item = &'a Year>) -> Option<&'static str> {
    years.any(|year| year.demonstration).then_some(DEMONSTRATION)
}

//! The pages that lead to what is published: one of all landlords, and one of each landlord's years.

use std::path::Path;

use redress_shared::calendar::words::long_date;
use serde::Serialize;

use super::site::{Published, Year, differs, standing};
use crate::error::Result;
use crate::look::Templates;
use crate::output::Item;
use crate::views::DEMONSTRATION;

/// The name of such a page, in the folder that it leads from.
pub(super) const INDEX: &str = "index.html";

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

/// The years of one landlord, the newest first.
struct Landlord<'a> {
    years: &'a [Year],
}

impl Landlord<'_> {
    /// Its folder.
    fn folder(&self) -> &str {
        self.years.first().map_or("", |year| &year.landlord)
    }

    /// The name that it had last: a landlord that changed it is the same one.
    fn name(&self) -> &str {
        self.years.iter().max_by_key(|year| (year.as_of, year.begins)).map_or("", |year| &year.name)
    }

    /// The page of its years.
    fn page(&self) -> Page {
        let section = |year: &Year| Section {
            heading: year.year.clone(),
            note: format!("As known on {}.", long_date(year.as_of)),
            links: year.reports.iter().map(|report| link(year, report)).collect(),
        };
        Page {
            title: format!("{}: complaints, year by year", self.name()),
            demonstration: demonstration(self.years),
            up: "../index.html".to_owned(),
            sections: self.years.iter().map(section).collect(),
        }
    }
}

/// The two pages that a newly published year is on: its landlord's, and that of all landlords.
///
/// # Errors
/// When what is published already cannot be read.
pub(super) fn renewed(site: &Path, year: Year) -> Result<Vec<Item>> {
    let landlord = year.landlord.clone();
    let mut years = standing(site)?;
    years.retain(|other| other.folder() != year.folder());
    years.push(year);
    let pages = all(&mut years, |folder| folder == landlord)?;
    Ok(pages.into_iter().map(|(name, page)| Item::File(name, page)).collect())
}

/// What of the pages of a site is not as it would be drawn anew from the years that are published there, a sentence each.
///
/// # Errors
/// When what is published cannot be read.
pub fn pages_that_differ(site: &Path) -> Result<Vec<String>> {
    let pages = all(&mut standing(site)?, |_| true)?;
    Ok(pages.iter().filter_map(|(name, page)| differs(site, name, page)).collect())
}

/// The pages of the landlords asked for, by name, and as the last that of all landlords.
fn all(years: &mut [Year], is_asked_for: impl Fn(&str) -> bool) -> Result<Vec<(String, Vec<u8>)>> {
    years.sort_by(|one, other| (&one.landlord, other.begins).cmp(&(&other.landlord, one.begins)));
    let groups = years.chunk_by(|one, other| one.landlord == other.landlord);
    let mut landlords: Vec<Landlord<'_>> = groups.map(|years| Landlord { years }).collect();
    landlords.sort_by_key(|landlord| landlord.name().to_owned());
    let drawn = |page: &Page| Templates::default().render("site", page).map(String::into_bytes);
    let mut pages = Vec::new();
    for landlord in landlords.iter().filter(|landlord| is_asked_for(landlord.folder())) {
        pages.push((format!("{}/{INDEX}", landlord.folder()), drawn(&landlord.page())?));
    }
    pages.push((INDEX.to_owned(), drawn(&of_all(&landlords))?));
    Ok(pages)
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

fn of_all(landlords: &[Landlord<'_>]) -> Page {
    let section = |landlord: &Landlord<'_>| {
        let count = landlord.years.len();
        Section {
            heading: landlord.name().to_owned(),
            note: format!("{count} year{} published.", if count == 1 { "" } else { "s" }),
            links: vec![Link {
                href: format!("{}/{INDEX}", landlord.folder()),
                text: "Complaints, year by year".to_owned(),
                of: landlord.name().to_owned(),
                more: Vec::new(),
            }],
        }
    };
    Page {
        title: "Complaints to landlords".to_owned(),
        demonstration: landlords.iter().find_map(|landlord| demonstration(landlord.years)),
        up: String::new(),
        sections: landlords.iter().map(section).collect(),
    }
}

fn demonstration(years: &[Year]) -> Option<&'static str> {
    years.iter().any(|year| year.demonstration).then_some(DEMONSTRATION)
}

//! What is published: years of landlords, each in a folder that says itself what is in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::pages::INDEX;
use crate::error::{Error, Result};
use crate::make::Made;
use crate::output::{Item, json};
use crate::request::Request;
use crate::source::Source;
use crate::trust::difference;

/// The file of a year's folder that says what is in it.
pub(super) const LIST: &str = "published.json";

/// A year that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Year {
    /// The folder of the landlord.
    pub(super) landlord: String,
    /// The landlord's name.
    pub(super) name: String,
    /// The folder of the year within the landlord's.
    pub(super) year: String,
    /// The first day of the year: years are shown by it, the newest first.
    pub(super) begins: NaiveDate,
    /// The date of the reports.
    pub(super) as_of: NaiveDate,
    /// Whether the cases were made up.
    pub(super) demonstration: bool,
    /// The reports.
    pub(super) reports: Vec<Published>,
}

/// A report of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Published {
    pub(super) title: String,
    pub(super) page: String,
    pub(super) data: String,
    pub(super) manifest: String,
    pub(super) tables: Vec<String>,
}

impl Year {
    pub(super) fn of(source: &Source, request: &Request, reports: &[&Made]) -> Self {
        let begins = request.span.windows().ok().and_then(|windows| Some(windows.first()?.period.first));
        Self {
            landlord: request.folder(),
            name: source.landlord.name.clone(),
            year: request.when(),
            begins: begins.unwrap_or(request.as_of),
            as_of: request.as_of,
            demonstration: request.demonstration,
            reports: reports.iter().map(|made| published(made)).collect(),
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

/// The site that a folder is a published year of; none where it is none.
#[must_use]
pub fn site_of(folder: &Path) -> Option<&Path> {
    folder.join(LIST).is_file().then(|| folder.parent()?.parent()).flatten()
}

/// What the list of a published year says that it would not say of its reports as they are made now, in a sentence.
///
/// # Errors
/// Never for a list that can be written; an error rather than a panic all the same.
pub fn list_that_differs(
    folder: &Path,
    source: &Source,
    (request, reports): (&Request, &[&Made]),
) -> Result<Option<String>> {
    Ok(differs(folder, LIST, &json(&Year::of(source, request, reports))?))
}

/// What is in the folder of a published year and is no part of it, in a sentence each.
///
/// # Errors
/// When the folder cannot be read.
pub fn strangers_in(folder: &Path, reports: &[&Made]) -> Result<Vec<String>> {
    let of_report = |made: &&Made| {
        let items = made.items.iter().map(|item| match item {
            Item::File(name, _) | Item::Folder(name, _) => name.clone(),
        });
        items.chain([format!("{}{}", made.stem, crate::trust::SUFFIX)]).collect::<Vec<_>>()
    };
    let known: BTreeSet<String> = reports.iter().flat_map(of_report).chain([LIST.to_owned()]).collect();
    let names = entries(folder)?.into_iter().map(|path| name_of(&path));
    let strangers = names.filter(|name| !known.contains(name));
    Ok(strangers
        .map(|name| format!("{name}: it is in the folder of a published year, and no manifest names it"))
        .collect())
}

/// What is on a site besides the pages that lead to its years and those of its years that have a manifest, in a sentence each.
///
/// # Errors
/// When a folder cannot be read.
pub fn strangers_on(site: &Path, years: &BTreeSet<&Path>) -> Result<Vec<String>> {
    let is_known = |path: &Path| name_of(path) == INDEX || years.contains(path);
    let mut strangers = Vec::new();
    for path in seen(site)?.into_iter().filter(|path| !is_known(path)) {
        if years.iter().any(|year| year.parent() == Some(&path)) {
            strangers.extend(seen(&path)?.into_iter().filter(|path| !is_known(path)));
        } else {
            strangers.push(path);
        }
    }
    let name = |path: &PathBuf| path.strip_prefix(site).unwrap_or(path).display().to_string();
    let told =
        |path: &PathBuf| format!("{}: it is on a published site, and no manifest leads to it", name(path));
    Ok(strangers.iter().map(told).collect())
}

/// How a file of a folder differs from what it is made now, in a sentence.
pub(super) fn differs(folder: &Path, name: &str, anew: &[u8]) -> Option<String> {
    let Ok(there) = fs::read(folder.join(name)) else { return Some(format!("{name}: it is missing")) };
    difference(name, &there, anew).map(|place| format!("{name}: {place}"))
}

/// The years that are published already.
pub(super) fn standing(site: &Path) -> Result<Vec<Year>> {
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

/// The folders in a folder.
fn folders(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    Ok(seen(folder)?.into_iter().filter(|path| path.is_dir()).collect())
}

/// What is in a folder, in order, save what is hidden, which is still being written or was replaced.
fn seen(folder: &Path) -> Result<Vec<PathBuf>> {
    Ok(entries(folder)?.into_iter().filter(|path| !name_of(path).starts_with('.')).collect())
}

/// What is in a folder, in order.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error: std::io::Error| Error::Given(format!("{}: {error}", folder.display()));
    let paths = fs::read_dir(folder).map_err(unreadable)?.map(|entry| Ok(entry.map_err(unreadable)?.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_>>()?;
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

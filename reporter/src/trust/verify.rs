//! Making a report again from its manifest, and holding it against what is there.

use std::fs;
use std::path::{Path, PathBuf};

use super::again::Known;
use super::manifest::{Manifest, SUFFIX};
use super::{difference, sha256};
use crate::error::{Error, Result};
use crate::make::{Kind, Made, make};
use crate::output::{Item, json};
use crate::request::Request;
use crate::source::{Snapshot, Source};
use crate::views::Beside;
use crate::what_if;

/// Whose fault it is that a report is not what its manifest says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A file beside the manifest is not what was written.
    File,
    /// The rows are not what they were.
    Rows,
    /// The program, its templates or the policy are not what they were.
    Rules,
}

impl Cause {
    /// The exit code: as an error's.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Rules => 1,
            Self::Rows => 3,
            Self::File => 4,
        }
    }
}

/// Something that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whose fault it is.
    pub cause: Cause,
    /// What differs, in a sentence.
    pub says: String,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many files are what they were, byte for byte.
    pub same: usize,
    /// What differs.
    pub findings: Vec<Finding>,
}

impl Verified {
    fn found(&mut self, cause: Cause, says: String) {
        self.findings.push(Finding { cause, says });
    }
}

/// The manifests in a folder and in those below it, in order; not in hidden ones, which a run that was cut off has left.
///
/// # Errors
/// When a folder cannot be read.
pub fn manifests(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error: std::io::Error| Error::Given(format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !name.starts_with('.') {
            found.extend(manifests(&path)?);
        } else if path.is_file() && name.ends_with(SUFFIX) {
            found.push(path.clone());
        }
    }
    found.sort();
    Ok(found)
}

/// A report that was made again.
pub struct Again {
    /// What its manifest asks for.
    pub request: Request,
    /// The report as it is made now.
    pub made: Made,
    /// What came of holding it against what is there.
    pub verified: Verified,
}

/// Makes the report of a manifest again from the rows, and holds it against the manifest and the files in the manifest's folder.
///
/// # Errors
/// When the report cannot be made again.
pub fn verify(
    (folder, manifest): (&Path, &Manifest),
    (snapshot, source): (&mut Snapshot, &Source),
    known: &Known<'_>,
) -> Result<Again> {
    let (request, others) = manifest.request(&source.landlord, known)?;
    let beside = Beside { survey: others.survey.as_ref(), published: others.published.as_deref() };
    let made = match (manifest.request.report, &manifest.request.instead) {
        (Kind::WhatIf, Some(asked)) => what_if::again(snapshot, source, &request, (asked, known))?,
        (kind, _) => make(kind, source, &request, beside)?,
    };
    let mut verified = Verified::default();
    for change in made.manifest.inputs.changes_from(&manifest.inputs) {
        verified.found(Cause::Rows, change);
    }
    let (then, now) = (&manifest.program, &made.manifest.program);
    if then != now {
        verified.found(Cause::Rules, format!("made by {then}, and this is {now}"));
    }
    for change in made.manifest.rules.changes_from(&manifest.rules) {
        verified.found(Cause::Rules, change);
    }
    // Where rows or rules have changed, so will what is made of them: a file is at fault when it is not what was written.
    let otherwise = verified.findings.first().map(|finding| finding.cause);
    compare_accounts(manifest, &made.manifest, otherwise.unwrap_or(Cause::File), &mut verified)?;
    compare((folder, manifest), &files(&made), otherwise.unwrap_or(Cause::Rules), &mut verified);
    for name in strangers((folder, manifest), &made) {
        verified.found(
            Cause::File,
            format!("{name}: it is in a folder of the report's, and no manifest names it"),
        );
    }
    Ok(Again { request, made, verified })
}

/// What a manifest says of where the rows went and of the definitions; and whether it asks for anything that such a report does not take.
fn compare_accounts(there: &Manifest, anew: &Manifest, cause: Cause, verified: &mut Verified) -> Result<()> {
    let said = |manifest: &Manifest| {
        let Manifest { request, definitions, counts, .. } = manifest;
        json(&serde_json::json!({ "request": request, "definitions": definitions, "counts": counts }))
    };
    if let Some(place) = difference("manifest.json", &said(there)?, &said(anew)?) {
        verified.found(cause, format!("the manifest: {place}"));
    }
    Ok(())
}

fn files(made: &Made) -> Vec<(String, &[u8])> {
    let mut files = Vec::new();
    for item in &made.items {
        match item {
            Item::File(name, bytes) => files.push((name.clone(), bytes.as_slice())),
            Item::Folder(folder, within) => {
                files.extend(
                    within.iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes.as_slice())),
                );
            }
        }
    }
    files
}

/// What was put among a report's tables since.
fn strangers((folder, manifest): (&Path, &Manifest), made: &Made) -> Vec<String> {
    let folders = made.items.iter().filter_map(|item| match item {
        Item::Folder(name, _) => Some(name),
        Item::File(..) => None,
    });
    let within = |name: &String| {
        let entries = fs::read_dir(folder.join(name)).into_iter().flatten().flatten();
        entries.map(|entry| format!("{name}/{}", entry.file_name().to_string_lossy())).collect::<Vec<_>>()
    };
    let is_named = |name: &String| manifest.files.iter().any(|file| file.name == *name);
    let mut strangers: Vec<String> = folders.flat_map(within).filter(|name| !is_named(name)).collect();
    strangers.sort();
    strangers
}

fn compare(
    (folder, manifest): (&Path, &Manifest),
    anew: &[(String, &[u8])],
    otherwise: Cause,
    verified: &mut Verified,
) {
    for entry in &manifest.files {
        let name = &entry.name;
        let Ok(there) = fs::read(folder.join(name)) else {
            verified.found(Cause::File, format!("{name}: it is missing"));
            continue;
        };
        let is_as_written = sha256(&there) == entry.sha256 && there.len() == entry.bytes;
        let cause = if is_as_written { otherwise } else { Cause::File };
        match anew.iter().find(|(known, _)| known == name) {
            Some((_, bytes)) => match difference(name, &there, bytes) {
                Some(place) => verified.found(cause, format!("{name}: {place}")),
                None if !is_as_written => {
                    verified.found(
                        cause,
                        format!("{name}: it is what is made anew, and not what the manifest says"),
                    );
                }
                None => verified.same += 1,
            },
            None => verified.found(otherwise, format!("{name}: it is not made any more")),
        }
    }
    let known = |name: &String| manifest.files.iter().any(|entry| entry.name == *name);
    for (name, _) in anew.iter().filter(|(name, _)| !known(name)) {
        verified.found(otherwise, format!("{name}: it is made now, and was not"));
    }
}

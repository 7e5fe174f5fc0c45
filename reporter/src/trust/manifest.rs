//! What stands beside a report: what was asked for, from which rows and rules it was made, and what was written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use redress_shared::measure::{Choices, version_of};
use redress_shared::policy::Profile;
use serde::{Deserialize, Serialize};

use super::{GivenFile, Inputs, sha256};
use crate::error::{Error, Result};
use crate::frames::Ledger;
use crate::make::Kind;
use crate::output::{Format, Item};
use crate::request::{Excluded, Request, Span, Variant};
use crate::views::Document;
use crate::what_if::AskedInstead;

/// What a manifest's name ends in, after the report's.
pub const SUFFIX: &str = ".manifest.json";

/// What a report was made from and what was written. It holds no moment and no path: the same inputs give the same manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of this manifest: 1.
    pub manifest: u32,
    /// The program, with its version.
    pub program: String,
    /// What was asked for.
    pub request: Asked,
    /// The rows.
    pub inputs: Inputs,
    /// The rules.
    pub rules: Rules,
    /// The versions of the definitions that its figures follow, by their ids.
    pub definitions: BTreeMap<String, u32>,
    /// Where the rows went, by view.
    pub counts: BTreeMap<String, Counts>,
    /// What was written, by name.
    pub files: Vec<FileEntry>,
}

/// A request, as far as it decides what is in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Which report.
    pub report: Kind,
    /// The landlord's id.
    pub landlord: String,
    /// Its period.
    pub period: Span,
    /// Its date.
    pub as_of: NaiveDate,
    /// For whom.
    pub variant: Variant,
    /// In which formats.
    pub formats: Vec<Format>,
    /// The readings chosen.
    pub choices: Choices,
    /// Figures the regulator left out.
    pub left_out: Vec<Excluded>,
    /// Whether the cases were made up.
    pub demonstration: bool,
    /// Whether the cases behind every figure were written as well.
    pub evidence: bool,
    /// Why it was published before its figures were final.
    pub provisional_reason: Option<String>,
    /// What was said to name nobody, and so was not taken for personal.
    pub passed_over: Vec<String>,
    /// The files that it was filled from.
    pub given: Vec<GivenFile>,
    /// The rules in the place of the landlord's own, of what would have been under them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<AskedInstead>,
}

/// The rules that a report was made by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The id of the landlord's policy; none where no profile is held.
    pub policy: Option<String>,
    /// The digest of its profile.
    pub policy_sha256: Option<String>,
    /// The edition of the Code whose form was filled in.
    pub code: Option<String>,
    /// The digest of the templates.
    pub templates_sha256: String,
}

/// Where the rows of a view went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// How many were read.
    pub rows: u64,
    /// Those in figures, by period.
    pub counted: BTreeMap<String, u64>,
    /// Those left out, by reason.
    pub excluded: BTreeMap<String, u64>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its name, from the folder that the manifest is in.
    pub name: String,
    /// How many bytes it has.
    pub bytes: usize,
    /// The digest of these bytes.
    pub sha256: String,
}

impl Manifest {
    /// The manifest of a report that has been made.
    ///
    /// # Errors
    /// When the rules that were asked for cannot be put into JSON.
    pub(crate) fn of(
        (kind, inputs, request): (Kind, Inputs, &Request),
        document: &Document,
        counts: BTreeMap<String, Counts>,
        items: &[Item],
    ) -> Result<Self> {
        Ok(Self {
            manifest: 1,
            program: program(),
            request: Asked::of(kind, request),
            inputs,
            rules: Rules::of(request)?,
            definitions: definitions(document),
            counts,
            files: files(items),
        })
    }
}

/// This program, with its version.
fn program() -> String {
    format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
}

impl Asked {
    fn of(kind: Kind, request: &Request) -> Self {
        Self {
            report: kind,
            landlord: request.landlord_id.clone(),
            period: request.span.clone(),
            as_of: request.as_of,
            variant: request.variant,
            formats: request.formats.clone(),
            choices: request.choices,
            left_out: request.excluded.clone(),
            demonstration: request.demonstration,
            evidence: request.evidence,
            provisional_reason: request.provisional_reason.clone(),
            passed_over: request.screen.passed_over.clone(),
            given: request.given.clone(),
            instead: None,
        }
    }
}

impl Rules {
    /// The rules that a request is answered by.
    ///
    /// # Errors
    /// Never for a profile that was read; an error rather than a panic all the same.
    pub fn of(request: &Request) -> Result<Self> {
        let profile = request.policy.as_ref();
        Ok(Self {
            policy: profile.map(|profile| profile.policy.id.clone()),
            policy_sha256: profile.map(sha256_of).transpose()?,
            code: request.assessment.as_ref().map(|assessment| assessment.form.code.clone()),
            templates_sha256: request.look.templates.sha256(),
        })
    }
}

impl Rules {
    /// Which rules are other than they were, a sentence each.
    #[must_use]
    pub fn changes_from(&self, before: &Self) -> Vec<String> {
        let said = |rule: &Option<String>| rule.clone().unwrap_or_else(|| "none".to_owned());
        let mut changes = Vec::new();
        if self.policy != before.policy {
            changes.push(format!("the policy: {} then, {} now", said(&before.policy), said(&self.policy)));
        } else if self.policy_sha256 != before.policy_sha256 {
            changes.push(format!("the policy {} is not what it was", said(&self.policy)));
        }
        if self.code != before.code {
            changes.push(format!(
                "the form of the Code: {} then, {} now",
                said(&before.code),
                said(&self.code)
            ));
        }
        if self.templates_sha256 != before.templates_sha256 {
            changes.push("the templates are not what they were".to_owned());
        }
        changes
    }
}

/// The digest of a policy's profile.
pub(crate) fn sha256_of(profile: &Profile) -> Result<String> {
    let text = serde_json::to_vec(profile).map_err(|error| Error::Unwritable(error.to_string()))?;
    Ok(sha256(&text))
}

/// Where every row went, as the manifest tells it.
pub(crate) fn counts(ledger: &Ledger) -> BTreeMap<String, Counts> {
    let named = |counts: &BTreeMap<&'static str, u64>| {
        counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    };
    let of = |account: &crate::frames::Account| Counts {
        rows: account.rows,
        counted: named(&account.counted),
        excluded: named(&account.excluded),
    };
    ledger.accounts().iter().map(|(view, account)| ((*view).to_owned(), of(account))).collect()
}

/// The definitions that a document's figures follow.
fn definitions(document: &Document) -> BTreeMap<String, u32> {
    let cells = document.tables.values().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let used: BTreeSet<&str> = cells.map(|cell| cell.definition.as_str()).collect();
    used.into_iter().filter_map(|id| Some((id.to_owned(), version_of(id)?))).collect()
}

fn files(items: &[Item]) -> Vec<FileEntry> {
    let entry = |name: String, bytes: &[u8]| FileEntry { name, bytes: bytes.len(), sha256: sha256(bytes) };
    let mut files = Vec::new();
    for item in items {
        match item {
            Item::File(name, bytes) => files.push(entry(name.clone(), bytes)),
            Item::Folder(folder, within) => {
                files.extend(within.iter().map(|(name, bytes)| entry(format!("{folder}/{name}"), bytes)));
            }
        }
    }
    files
}

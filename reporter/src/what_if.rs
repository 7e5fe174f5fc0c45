//! What a period would have been under other rules, from the cases' logs to files with their manifest.

use std::path::PathBuf;

use redress_shared::code::Code;
use redress_shared::policy::Profile;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::make::{Kind, Made};
use crate::output;
use crate::recount::{Instead, recounted};
use crate::request::{Request, Variant};
use crate::scan;
use crate::source::{Snapshot, Source};
use crate::trust::{self, Inputs, Known, Manifest};
use crate::views;

/// The rules that were put in the place of a landlord's own, as a manifest has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedInstead {
    /// The id of the policy.
    policy: Option<String>,
    /// The digest of its profile.
    policy_sha256: Option<String>,
    /// The edition of the Code.
    code: Option<String>,
}

impl AskedInstead {
    fn of(instead: Instead<'_>) -> Result<Self> {
        Ok(Self {
            policy: instead.policy.map(|profile| profile.policy.id.clone()),
            policy_sha256: instead.policy.map(trust::sha256_of).transpose()?,
            code: instead.code.map(|code| code.id.clone()),
        })
    }

    /// The policy: among those that are known, or in a file that is given.
    fn profile(&self, known: &Known<'_>) -> Result<Option<Profile>> {
        let (Some(id), Some(wanted)) = (&self.policy, &self.policy_sha256) else { return Ok(None) };
        let file = |path: &PathBuf| {
            Profile::from_toml(&path.display().to_string(), &std::fs::read_to_string(path).ok()?).ok()
        };
        let is_it = |profile: &Profile| trust::sha256_of(profile).is_ok_and(|digest| digest == *wanted);
        let mut profiles =
            known.library.by_id(id).ok().cloned().into_iter().chain(known.files.iter().filter_map(file));
        let missing = || {
            Error::Given(format!(
                "give the profile of the policy {id} that the report was made with, whose digest is {wanted}"
            ))
        };
        profiles.find(is_it).map(Some).ok_or_else(missing)
    }
}

/// Makes it, and writes nothing.
///
/// # Errors
/// As for every report; also when the log of a case is not what it was, or a policy that a case falls under is not known.
pub(crate) fn made(
    snapshot: &mut Snapshot,
    source: &Source,
    request: &Request,
    instead: Instead<'_>,
) -> Result<Made> {
    let (anew, logs) = recounted(snapshot, source, instead)?;
    let (document, counts) = crate::reported(source, request, |was| {
        let document =
            crate::reported(&anew, request, |would| Ok(views::what_if(was, would, request, instead)))?;
        Ok((document.on_paper(), trust::counts(was.ledger)))
    })?;
    if request.variant == Variant::Published {
        scan::scan(&document, (source, &scan::Needles::of_source(source)), request)?;
    }
    let rules = [instead.policy.map(|profile| &profile.policy.id), instead.code.map(|code| &code.id)];
    let rules: Vec<&str> = rules.into_iter().flatten().map(String::as_str).collect();
    let stem = request.stem_of(&format!("{}-{}", Kind::WhatIf.name(), rules.join("-")));
    let items = output::items(&stem, &request.formats, (Kind::WhatIf.name(), &document))?;
    let mut inputs = Inputs::of(source)?;
    inputs.views.insert("report_events".to_owned(), logs);
    let mut manifest = Manifest::of((Kind::WhatIf, inputs, request), &document, counts, &items)?;
    manifest.request.instead = Some(AskedInstead::of(instead)?);
    Ok(Made { document, items, manifest, stem })
}

/// Makes it again from its manifest.
///
/// # Errors
/// As [`made`]; also when the rules that it asks for are not known.
pub(crate) fn again(
    snapshot: &mut Snapshot,
    source: &Source,
    request: &Request,
    (asked, known): (&AskedInstead, &Known<'_>),
) -> Result<Made> {
    let policy = asked.profile(known)?;
    let code = asked.code.as_deref().map(Code::embedded).transpose();
    let code = code.map_err(|error| Error::Given(error.to_string()))?;
    made(snapshot, source, request, Instead { library: known.library, policy: policy.as_ref(), code })
}

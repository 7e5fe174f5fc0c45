//! From a manifest back to the request that it is about.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use redress_shared::policy::Library;

use super::manifest::Manifest;
use super::{GivenFile, GivenKind, difference, sha256};
use crate::error::{Error, Result};
use crate::form::{Assessment, Given, Paths};
use crate::given as figures;
use crate::look::Looks;
use crate::output::json;
use crate::request::{Request, Span};
use crate::scan::Screen;
use crate::source::{Address, Landlord, Origin};

/// What reports are made with besides rows.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The policies.
    pub library: &'a Library,
    /// How each landlord's reports look.
    pub looks: &'a Looks,
    /// The files that may have been given.
    pub files: &'a [PathBuf],
}

/// What stands beside the regulator's measures.
pub(super) struct Others {
    pub(super) survey: Option<figures::Survey>,
    pub(super) published: Option<Vec<figures::Published>>,
}

/// The files that a manifest's report was filled from, by what they are: found among those given by their digests.
fn found<'a>(manifest: &Manifest, files: &'a [PathBuf]) -> Result<BTreeMap<GivenKind, &'a Path>> {
    let mut found = BTreeMap::new();
    for GivenFile { kind, sha256: digest } in &manifest.request.given {
        let name = kind.name();
        let is_it = |path: &&PathBuf| fs::read(path).is_ok_and(|bytes| sha256(&bytes) == *digest);
        let missing = || {
            Error::Given(format!("give the {name} that the report was made with, whose SHA-256 is {digest}"))
        };
        if found.insert(*kind, files.iter().find(is_it).ok_or_else(missing)?.as_path()).is_some() {
            return Err(Error::Given(format!(
                "the manifest says twice which {name} the report was made with"
            )));
        }
    }
    Ok(found)
}

/// What a manifest says that this program does not read, and so would not notice if it were otherwise; none where it reads all of it.
fn unread(bytes: &[u8], read: &Manifest) -> Option<String> {
    let [there, read]: [serde_json::Value; 2] =
        [serde_json::from_slice(bytes).ok()?, serde_json::to_value(read).ok()?];
    (there != read).then(|| difference("manifest.json", &json(&there).ok()?, &json(&read).ok()?)).flatten()
}

/// Whether a name leads to a file of the folder that it is looked for in, or of one below it.
fn is_within(name: &str) -> bool {
    let mut parts = Path::new(name).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// When it cannot be read, is none, says more than a manifest does, or names a file outside its own folder.
    pub fn read(path: &Path) -> Result<Self> {
        let unfit = |error: String| Error::Given(format!("{}: {error}", path.display()));
        let bytes = fs::read(path).map_err(|error| unfit(error.to_string()))?;
        let manifest: Self = serde_json::from_slice(&bytes).map_err(|error| unfit(error.to_string()))?;
        if manifest.manifest != 1 {
            return Err(unfit("it is of another form".to_owned()));
        }
        if let Some(place) = unread(&bytes, &manifest) {
            return Err(unfit(format!("it says what no manifest says: {place}")));
        }
        let outside = manifest.files.iter().find(|file| !is_within(&file.name));
        outside.map_or(Ok(()), |file| Err(unfit(format!("{:?} leads out of its folder", file.name))))?;
        Ok(manifest)
    }

    /// The request that it is about, with the files that it was filled from: they are found among those given by what is in them.
    ///
    /// # Errors
    /// When a file is missing, or is not what the request takes.
    pub(super) fn request(&self, landlord: &Landlord, known: &Known<'_>) -> Result<(Request, Others)> {
        let (asked, library, files) = (&self.request, known.library, known.files);
        let policy = self.rules.policy.as_deref().unwrap_or_default();
        let profile = library.by_id(policy).ok();
        let mut request = Request {
            variant: asked.variant,
            choices: asked.choices,
            formats: asked.formats.clone(),
            assessment: Assessment::of(&asked.period, profile, library)?,
            policy: profile.cloned(),
            look: known.looks.on(asked.as_of, landlord, library),
            excluded: asked.left_out.clone(),
            demonstration: asked.demonstration,
            given: asked.given.clone(),
            provisional_reason: asked.provisional_reason.clone(),
            evidence: asked.evidence,
            screen: Screen { passed_over: asked.passed_over.clone(), ..Screen::default() },
            ..Request::new(
                Origin::Database(Address::Sqlite(String::new())),
                Path::new(""),
                &asked.landlord,
                asked.period.clone(),
                asked.as_of,
            )?
        };
        let given = found(self, files)?;
        let path = |kind| given.get(&kind).copied();
        if let (Span::Year(year), Some(assessment)) = (&asked.period, &mut request.assessment) {
            let paths = Paths {
                answers: path(GivenKind::Answers),
                last: path(GivenKind::LastAnswers),
                wording: path(GivenKind::CodeWording),
            };
            assessment.given = Given::read((&asked.landlord, *year), assessment.form, paths)?;
        }
        let others = Others {
            survey: path(GivenKind::Survey).map(figures::survey).transpose()?,
            published: path(GivenKind::Sector).map(figures::published).transpose()?,
        };
        Ok((request, others))
    }
}

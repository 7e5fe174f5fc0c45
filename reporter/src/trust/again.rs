//! From a manifest back to the request that it is about.

use std::fs;
use std::path::{Component, Path, PathBuf};

use redress_shared::policy::Library;

use super::manifest::Manifest;
use super::sha256;
use crate::error::{Error, Result};
use crate::form::{Assessment, Given, Paths};
use crate::given as figures;
use crate::look::Looks;
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

/// The file of a kind among those given, known by its digest; none where the report was made without.
fn found<'a>(manifest: &Manifest, kind: &str, files: &'a [PathBuf]) -> Result<Option<&'a Path>> {
    let Some(wanted) = manifest.request.given.iter().find(|given| given.kind == kind) else {
        return Ok(None);
    };
    let is_it = |path: &&PathBuf| fs::read(path).is_ok_and(|bytes| sha256(&bytes) == wanted.sha256);
    let missing = || {
        let digest = &wanted.sha256;
        Error::Given(format!("give the {kind} that the report was made with, whose SHA-256 is {digest}"))
    };
    files.iter().find(is_it).map(|path| Some(path.as_path())).ok_or_else(missing)
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
    /// When it cannot be read, is none, or names a file outside its own folder.
    pub fn read(path: &Path) -> Result<Self> {
        let unfit = |error: String| Error::Given(format!("{}: {error}", path.display()));
        let bytes = fs::read(path).map_err(|error| unfit(error.to_string()))?;
        let manifest: Self = serde_json::from_slice(&bytes).map_err(|error| unfit(error.to_string()))?;
        if manifest.manifest != 1 {
            return Err(unfit("it is of another form".to_owned()));
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
        let path = |kind: &str| found(self, kind, files);
        if let (Span::Year(year), Some(assessment)) = (&asked.period, &mut request.assessment) {
            let paths = Paths {
                answers: path("answers")?,
                last: path("last-answers")?,
                wording: path("code-wording")?,
            };
            assessment.given = Given::read((&asked.landlord, *year), assessment.form, paths)?;
        }
        let others = Others {
            survey: path("survey")?.map(figures::survey).transpose()?,
            published: path("sector")?.map(figures::published).transpose()?,
        };
        Ok((request, others))
    }
}

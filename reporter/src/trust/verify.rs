//! Making a report again from its manifest, and holding it against what is there.

use std::fs;
use std::path::{Path, PathBuf};

use redress_shared::policy::Library;

use super::manifest::{Manifest, SUFFIX, program};
use super::{Inputs, Rules, difference, sha256};
use crate::error::{Error, Result};
use crate::form::{Assessment, Given, Whose, given};
use crate::given as figures;
use crate::look::Looks;
use crate::make::{Kind, make};
use crate::output::Item;
use crate::request::{Request, Span};
use crate::scan::Screen;
use crate::source::{Address, Origin, Source};
use crate::views::Beside;

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

/// The manifests in a folder and in those below it, in order.
///
/// # Errors
/// When a folder cannot be read.
pub fn manifests(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error: std::io::Error| Error::Given(format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            found.extend(manifests(&path)?);
        } else if path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(SUFFIX)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn read(path: &Path) -> Result<Self> {
        let unfit = |error: String| Error::Given(format!("{}: {error}", path.display()));
        let bytes = fs::read(path).map_err(|error| unfit(error.to_string()))?;
        let manifest: Self = serde_json::from_slice(&bytes).map_err(|error| unfit(error.to_string()))?;
        if manifest.manifest == 1 { Ok(manifest) } else { Err(unfit("it is of another form".to_owned())) }
    }

    /// The request that it is about, with the files that it was filled from: they are found among those given by what is in them.
    ///
    /// # Errors
    /// When a file is missing, or is not what the request takes.
    fn request(&self, current_policy: &str, known: &Known<'_>) -> Result<(Request, Others)> {
        let (asked, library, files) = (&self.request, known.library, known.files);
        let policy = self.rules.policy.as_deref().unwrap_or_default();
        let profile = library.by_id(policy).ok();
        let mut request = Request {
            variant: asked.variant,
            choices: asked.choices,
            formats: asked.formats.clone(),
            assessment: Assessment::of(&asked.period, profile, library)?,
            policy: profile.cloned(),
            look: known.looks.of(&asked.landlord, library.by_id(current_policy).ok()),
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
            let landlord = asked.landlord.as_str();
            let (now, before) = (year.label(), year.year_before().label());
            let form = assessment.form;
            let whose = |year| Whose { landlord, year };
            assessment.given = Given {
                answers: path("answers")?.map(|path| given::answers(path, whose(&now), form)).transpose()?,
                last: path("last-answers")?.map(|path| given::last_year(path, whose(&before))).transpose()?,
                wording: path("code-wording")?.map(|path| given::wording(path, form)).transpose()?,
            };
        }
        let others = Others {
            survey: path("survey")?.map(figures::survey).transpose()?,
            published: path("sector")?.map(figures::published).transpose()?,
        };
        Ok((request, others))
    }
}

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
struct Others {
    survey: Option<figures::Survey>,
    published: Option<Vec<figures::Published>>,
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

/// Makes the report of a manifest again from the rows, and holds it against the files in the manifest's folder.
///
/// # Errors
/// When the report cannot be made again.
pub fn verify(
    (folder, manifest): (&Path, &Manifest),
    source: &Source,
    known: &Known<'_>,
) -> Result<Verified> {
    let (request, others) = manifest.request(&source.landlord.policy_id, known)?;
    let beside = Beside { survey: others.survey.as_ref(), published: others.published.as_deref() };
    let mut verified = Verified::default();
    for change in Inputs::of(source)?.changes_from(&manifest.inputs) {
        verified.found(Cause::Rows, change);
    }
    let rules = Rules::of(&request)?;
    if manifest.program != program() {
        verified.found(Cause::Rules, format!("made by {}, and this is {}", manifest.program, program()));
    }
    if rules != manifest.rules {
        verified.found(Cause::Rules, "the policy, the form or the templates are others".to_owned());
    }
    compare((folder, manifest), &anew(manifest.request.report, source, &request, beside)?, &mut verified);
    Ok(verified)
}

fn anew(
    kind: Kind,
    source: &Source,
    request: &Request,
    beside: Beside<'_>,
) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for item in make(kind, source, request, beside)?.items {
        match item {
            Item::File(name, bytes) => files.push((name, bytes)),
            Item::Folder(folder, within) => {
                files.extend(within.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
            }
        }
    }
    Ok(files)
}

fn compare((folder, manifest): (&Path, &Manifest), anew: &[(String, Vec<u8>)], verified: &mut Verified) {
    // Where rows or rules have changed, so will what is made of them: a file is at fault when it is not what was written.
    let otherwise = verified.findings.first().map_or(Cause::Rules, |finding| finding.cause);
    for entry in &manifest.files {
        let name = &entry.name;
        let Ok(there) = fs::read(folder.join(name)) else {
            verified.found(Cause::File, format!("{name}: it is missing"));
            continue;
        };
        let cause = if sha256(&there) == entry.sha256 { otherwise } else { Cause::File };
        match anew.iter().find(|(known, _)| known == name) {
            Some((_, bytes)) => match difference(name, &there, bytes) {
                Some(place) => verified.found(cause, format!("{name}: {place}")),
                None if cause == Cause::File => {
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

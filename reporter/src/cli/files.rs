//! The files that people give for a self-assessment.

use std::path::{Path, PathBuf};

use clap::Args;

use super::each::About;
use crate::form::{Given, Paths};
use crate::trust::{GivenFile, GivenKind};
use crate::{Error, Request, Result, Span};

/// Files of one landlord's.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// The answers to the self-assessment form; `answers` prints a file to begin with.
    #[arg(long, conflicts_with = "all")]
    answers: Option<PathBuf>,
    /// The answers of the year before, to say which provisions changed and why.
    #[arg(long, conflicts_with = "all")]
    last_answers: Option<PathBuf>,
    /// The official wording of the Code, a CSV file of `number,text` with a row for each provision.
    #[arg(long)]
    code_wording: Option<PathBuf>,
}

impl Files {
    /// The request with what the files say.
    ///
    /// # Errors
    /// When a file cannot be read, says what it must not, or is about another landlord or year.
    pub(super) fn read_into(&self, about: &About<'_>, request: Request) -> Result<Request> {
        let (last, wording) = (&self.last_answers, &self.code_wording);
        let request = with(request, self.answers.as_ref(), last.as_ref(), wording.as_ref())?;
        let given = request.assessment.as_ref().and_then(|assessment| assessment.given.answers.as_ref());
        let later: Vec<&str> = given.map_or_else(Vec::new, |answers| answers.confirmed_after(request.as_of));
        if !later.is_empty() {
            about.warn(format!(
                "confirmed only after the report's date, and so not answered in it: {}",
                later.join(", ")
            ));
        }
        Ok(request)
    }
}

/// The request of a year with the files given for its self-assessment.
pub(super) fn with(
    mut request: Request,
    answers: Option<&PathBuf>,
    last: Option<&PathBuf>,
    wording: Option<&PathBuf>,
) -> Result<Request> {
    let (Span::Year(year), Some(assessment)) = (&request.span, &mut request.assessment) else {
        return Ok(request);
    };
    let paths = Paths {
        answers: answers.map(PathBuf::as_path),
        last: last.map(PathBuf::as_path),
        wording: wording.map(PathBuf::as_path),
    };
    assessment.given = Given::read((&request.landlord_id, *year), assessment.form, paths)?;
    let files =
        [(GivenKind::Answers, answers), (GivenKind::LastAnswers, last), (GivenKind::CodeWording, wording)];
    for (kind, path) in files {
        request.given.extend(path.map(|path| by_contents(kind, path)).transpose()?);
    }
    Ok(request)
}

/// A file that was given, by what is in it.
///
/// # Errors
/// When it cannot be read.
pub(super) fn by_contents(kind: GivenKind, path: &Path) -> Result<GivenFile> {
    let bytes = std::fs::read(path).map_err(|error| Error::Given(format!("{}: {error}", path.display())))?;
    Ok(GivenFile::of(kind, &bytes))
}

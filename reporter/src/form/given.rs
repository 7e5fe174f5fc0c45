//! What people give for a self-assessment: files, read whole and held against the year and the landlord.

use std::fs;
use std::path::Path;

use redress_shared::assessment::answers::Answers;
use redress_shared::calendar::words::long_date;
use redress_shared::code::{Form, Wording, form};
use redress_shared::measure::ReportingYear;

use crate::error::{Error, Result};

/// What was given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The year's answers.
    pub answers: Option<Answers>,
    /// Those of the year before.
    pub last: Option<LastYear>,
    /// The official wording.
    pub wording: Option<Wording>,
}

/// The answers of the year before, with the form that they answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastYear {
    /// The answers.
    pub answers: Answers,
    /// Their form.
    pub form: &'static Form,
}

/// The files that it is read from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Paths<'a> {
    /// The year's answers.
    pub answers: Option<&'a Path>,
    /// Those of the year before, on whichever form.
    pub last: Option<&'a Path>,
    /// The official wording.
    pub wording: Option<&'a Path>,
}

impl Given {
    /// Reads what was given for a landlord's year, which is assessed on this form.
    ///
    /// # Errors
    /// When a file cannot be read, says what it must not, is about another landlord, year or edition of the Code, or has the governing
    /// body respond to a year that is not over.
    pub fn read(
        (landlord, year): (&str, ReportingYear),
        form: &'static Form,
        paths: Paths<'_>,
    ) -> Result<Self> {
        let last = |path| -> Result<LastYear> {
            let answers = read(path, (landlord, year.year_before()))?;
            let form = self::form(&answers.code).map_err(|error| unfit(path, error.to_string()))?;
            Ok(LastYear { answers, form })
        };
        Ok(Self {
            answers: paths.answers.map(|path| answers(path, (landlord, year), form)).transpose()?,
            last: paths.last.map(last).transpose()?,
            wording: paths.wording.map(|path| wording(path, form)).transpose()?,
        })
    }
}

fn answers(path: &Path, whose: (&str, ReportingYear), form: &Form) -> Result<Answers> {
    let answers = read(path, whose)?;
    let other = answers.code != form.code;
    let problem =
        || format!("it answers the form of {}, and the year falls under that of {}", answers.code, form.code);
    if other { Err(unfit(path, problem())) } else { Ok(answers) }
}

fn read(path: &Path, (landlord, year): (&str, ReportingYear)) -> Result<Answers> {
    let answers = Answers::from_toml(&path.display().to_string(), &text(path)?)
        .map_err(|errors| Error::Given(errors.to_string()))?;
    let label = year.label();
    for (key, found, wanted) in
        [("landlord", &answers.landlord, landlord), ("year", &answers.year, label.as_str())]
    {
        if found != wanted {
            return Err(unfit(
                path,
                format!("{key}: it is about `{found}`, and the report is about `{wanted}`"),
            ));
        }
    }
    let ends = year.period()?.last;
    match &answers.governing_body {
        Some(body) if body.responded_on <= ends => Err(unfit(
            path,
            format!(
                "governing_body.responded_on: {} is not after the year, which ends on {}; leave the table out until the body has responded to the year's report (8.2)",
                long_date(body.responded_on),
                long_date(ends)
            ),
        )),
        _ => Ok(answers),
    }
}

/// Reads a file of the official wording, which has each provision of the form once.
fn wording(path: &Path, form: &Form) -> Result<Wording> {
    Wording::from_csv(form, &text(path)?).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("{}: {error}", path.display())).collect();
        Error::Given(lines.join("\n"))
    })
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| unfit(path, error.to_string()))
}

fn unfit(path: &Path, problem: String) -> Error {
    Error::Given(format!("{}: {problem}", path.display()))
}

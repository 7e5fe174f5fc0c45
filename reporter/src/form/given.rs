//! What people give for a self-assessment: files, read whole and held against the year and the landlord.

use std::fs;
use std::path::Path;

use redress_shared::assessment::answers::Answers;
use redress_shared::code::{Form, Wording, form};

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

/// What a file of answers has to be about.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// The landlord's id.
    pub landlord: &'a str,
    /// The year's label.
    pub year: &'a str,
}

/// Reads the answers of a year.
///
/// # Errors
/// When the file cannot be read, says what it must not, or is about another landlord, year or edition of the Code.
pub fn answers(path: &Path, whose: Whose<'_>, form: &Form) -> Result<Answers> {
    let answers = read(path, whose)?;
    let other = answers.code != form.code;
    let problem =
        || format!("it answers the form of {}, and the year falls under that of {}", answers.code, form.code);
    if other { Err(unfit(path, problem())) } else { Ok(answers) }
}

/// Reads the answers of the year before, on whichever form.
///
/// # Errors
/// As for [`answers`], save for the edition.
pub fn last_year(path: &Path, whose: Whose<'_>) -> Result<LastYear> {
    let answers = read(path, whose)?;
    let form = form(&answers.code).map_err(|error| unfit(path, error.to_string()))?;
    Ok(LastYear { answers, form })
}

fn read(path: &Path, whose: Whose<'_>) -> Result<Answers> {
    let answers = Answers::from_toml(&path.display().to_string(), &text(path)?)
        .map_err(|errors| Error::Given(errors.to_string()))?;
    for (key, found, wanted) in
        [("landlord", &answers.landlord, whose.landlord), ("year", &answers.year, whose.year)]
    {
        if found != wanted {
            return Err(unfit(
                path,
                format!("{key}: it is about `{found}`, and the report is about `{wanted}`"),
            ));
        }
    }
    Ok(answers)
}

/// Reads a file of the official wording.
///
/// # Errors
/// When the file cannot be read, or has not each provision of the form once.
pub fn wording(path: &Path, form: &Form) -> Result<Wording> {
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

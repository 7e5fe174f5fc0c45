//! The editions built into the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{Code, CodeErrors, CodeUnavailable};

/// The data files, oldest edition first.
const FILES: [(&str, &str); 2] = [
    ("2022.toml", include_str!("../../codes/2022.toml")),
    ("2024.toml", include_str!("../../codes/2024.toml")),
];

static CODES: LazyLock<Result<Vec<Code>, CodeErrors>> =
    LazyLock::new(|| FILES.iter().map(|(file, text)| Code::from_toml(file, text)).collect());

/// Every edition there is data for, oldest first.
///
/// # Errors
/// The built-in data is damaged, which the tests rule out; an error and not a panic all the same.
pub fn codes() -> Result<&'static [Code], &'static CodeErrors> {
    CODES.as_ref().map(Vec::as_slice)
}

/// The edition that applies to a complaint received on this date in London.
///
/// ```
/// use chrono::NaiveDate;
/// use redress_shared::code::code_in_force;
/// let last_day = NaiveDate::from_ymd_opt(2024, 3, 31).ok_or("no such date")?;
/// assert_eq!(code_in_force(last_day)?.id, "2022");
///
/// // Nothing is guessed for what came before the editions that are covered.
/// let earlier = NaiveDate::from_ymd_opt(2022, 3, 31).ok_or("no such date")?;
/// assert!(code_in_force(earlier).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// No edition covers the date; the error names the first date that is covered. Or the built-in data is damaged, which
/// the tests rule out.
pub fn code_in_force(date: NaiveDate) -> Result<&'static Code, CodeUnavailable> {
    let codes = codes().map_err(CodeErrors::clone)?;
    codes.iter().find(|code| code.is_in_force_on(date)).ok_or_else(|| CodeUnavailable::NotCovered {
        date,
        covered_from: codes.iter().map(|code| code.in_force_from).min().unwrap_or(NaiveDate::MAX),
    })
}

impl Code {
    /// The built-in edition with this id.
    ///
    /// # Errors
    /// There is no such edition; the error names those there are. Or the built-in data is damaged, which the tests
    /// rule out.
    pub fn embedded(id: &str) -> Result<&'static Code, CodeUnavailable> {
        let codes = codes().map_err(CodeErrors::clone)?;
        codes.iter().find(|code| code.id == id).ok_or_else(|| CodeUnavailable::UnknownEdition {
            id: id.to_owned(),
            known: codes.iter().map(|code| code.id.clone()).collect(),
        })
    }
}

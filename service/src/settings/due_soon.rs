//! How long before something is due the landlord is told.

use std::collections::BTreeSet;
use std::fmt::{Display, Formatter};
use std::str::FromStr;

use redress_shared::case::deadline::DeadlineName;
use redress_shared::case::obligation::ObligationKind;

/// The clocks that something can be due by.
const CLOCKS: [&str; 3] = ["policy", "code", "promise"];
/// The longest time before, in working days.
const LONGEST: u32 = 60;

/// At how many working days before a date the landlord is told that it comes near: usually, and of single clocks or dates otherwise.
///
/// ```
/// use redress_service::settings::DueSoon;
/// let when: DueSoon = "2, 0; respond-1: 5, 1; code: 3; code.respond-2: 7; update:".parse()?;
/// assert_eq!(when.of("policy", "acknowledge-1"), [2, 0]);
/// assert_eq!(when.of("code", "respond-1"), [5, 1]);
/// assert_eq!(when.of("code", "acknowledge-1"), [3]);
/// assert_eq!(when.of("code", "respond-2"), [7]);
/// assert!(when.of("promise", "update").is_empty());
/// assert_eq!(when.of("promise", "action-2"), [2, 0]);
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueSoon {
    usual: Vec<u32>,
    special: Vec<(String, Vec<u32>)>,
}

impl Default for DueSoon {
    fn default() -> Self {
        Self { usual: vec![2, 0], special: Vec::new() }
    }
}

impl DueSoon {
    /// The working days before that hold for a date: what is said of exactly this one counts more than what is said of its name, that more
    /// than what is said of its clock. What has a number, such as `action-2`, goes by its kind.
    #[must_use]
    pub fn of(&self, clock: &str, name: &str) -> &[u32] {
        let kind = if clock == "promise" { kind_of(name) } else { name };
        let wanted = [format!("{clock}.{kind}"), kind.to_owned(), clock.to_owned()];
        let said = |wanted: &String| self.special.iter().find(|(of, _)| of == wanted);
        wanted.iter().find_map(said).map_or(&self.usual, |(_, days)| days)
    }

    /// Every number of working days at which something can be told, the least first.
    #[must_use]
    pub fn all(&self) -> BTreeSet<u32> {
        self.special.iter().flat_map(|(_, days)| days).chain(&self.usual).copied().collect()
    }
}

/// The kind of something owed besides acknowledgements and responses: its name without its number.
#[must_use]
pub fn kind_of(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((kind, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => kind,
        _ => name,
    }
}

impl FromStr for DueSoon {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split(';');
        let usual = days(parts.next().unwrap_or_default())?;
        let mut special: Vec<(String, Vec<u32>)> = Vec::new();
        for part in parts {
            let (of, numbers) = part.split_once(':').ok_or("wants `name: days` after a semicolon")?;
            let of = of.trim();
            if !is_known(of) {
                return Err(format!("has `{of}`, which is neither a clock nor something that can be due"));
            }
            if special.iter().any(|(other, _)| other == of) {
                return Err(format!("has `{of}` twice"));
            }
            special.push((of.to_owned(), days(numbers)?));
        }
        Ok(Self { usual, special })
    }
}

/// Numbers of working days, the greatest first.
fn days(text: &str) -> Result<Vec<u32>, String> {
    let mut found = Vec::new();
    for number in text.split(',').map(str::trim).filter(|number| !number.is_empty()) {
        let number: Option<u32> = number.parse().ok().filter(|number| *number <= LONGEST);
        found.push(number.ok_or_else(|| format!("must have whole numbers from 0 to {LONGEST}"))?);
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.dedup();
    Ok(found)
}

fn is_known(of: &str) -> bool {
    let is_name = |name: &str| {
        let deadline = DeadlineName::ALL.iter().any(|known| known.as_str() == name);
        deadline || ObligationKind::ALL.iter().any(|known| known.as_str() == name)
    };
    match of.split_once('.') {
        Some((clock, name)) => CLOCKS.contains(&clock) && is_name(name),
        None => CLOCKS.contains(&of) || is_name(of),
    }
}

impl Display for DueSoon {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        let written = |days: &[u32]| days.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        formatter.write_str(&written(&self.usual))?;
        self.special.iter().try_for_each(|(of, days)| write!(formatter, "; {of}: {}", written(days)))
    }
}

#[cfg(test)]
mod tests {
    use super::DueSoon;

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["2, 0", "", "5, 2, 0; code: 3; respond-1: ; code.respond-1: 7"] {
            assert_eq!(text.parse::<DueSoon>().unwrap().to_string(), text);
        }
        assert_eq!("0,2 ,2".parse::<DueSoon>().unwrap(), DueSoon::default());
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for text in
            ["-1", "61", "two", "2; respond", "2; respond-3: 1", "2; code: 1; code: 2", "2; window: 1"]
        {
            assert!(text.parse::<DueSoon>().is_err(), "{text}");
        }
    }
}

//! Finding a resident over all cases. People have no number of their own here: whether two are one is for whoever looks to say.

use std::collections::BTreeSet;

use redress_shared::case::CaseId;
use redress_shared::case::command::intake::Person;
use redress_shared::case::record::RecordRef;

use super::held::held;
use crate::storage::personal::erasures::Whose;
use crate::storage::personal::people;
use crate::storage::{Connection, StorageError, events, records};

/// How many people are looked at at once.
const PAGE: i64 = 1000;
/// The most that are found.
pub const MOST: usize = 200;

/// What is looked for: all that is given must be so.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Every word of this is in the name.
    pub name: Option<String>,
    /// The email address.
    pub email: Option<String>,
    /// The telephone number, however it is written.
    pub telephone: Option<String>,
    /// Every word of this is in the address.
    pub address: Option<String>,
}

/// Somebody who was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// On which case.
    pub case: CaseId,
    /// As whom.
    pub whose: Whose,
    /// As they are known there now; none where that has been erased, though an older record was found.
    pub person: Option<Person>,
}

impl Wanted {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let parts = [&self.name, &self.email, &self.address];
        parts.into_iter().flatten().all(|part| words(part).is_empty())
            && self.telephone.as_deref().is_none_or(|number| digits(number).is_empty())
    }

    fn fits(&self, person: &Person) -> bool {
        let within = |wanted: &Option<String>, text: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| {
                let there = words(text.unwrap_or_default());
                words(wanted).iter().all(|word| there.contains(word))
            })
        };
        let text = |part: &Option<redress_shared::case::record::Text>| {
            part.as_ref().map(|part| part.as_str().to_owned())
        };
        let email = |email: &str| email.trim().to_lowercase();
        within(&self.name, Some(person.name.as_str()))
            && within(&self.address, text(&person.address).as_deref())
            && self
                .email
                .as_ref()
                .is_none_or(|wanted| text(&person.email).is_some_and(|known| email(&known) == email(wanted)))
            && self.telephone.as_ref().is_none_or(|wanted| {
                text(&person.telephone).is_some_and(|known| digits(&known) == digits(wanted))
            })
    }
}

/// The words of a text, in small letters.
fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A telephone number as it is dialled within the country.
fn digits(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let abroad = number.trim_start().starts_with('+').then(|| digits.strip_prefix("44")).flatten();
    match abroad.or_else(|| digits.strip_prefix("0044")) {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}

/// Everybody on a landlord's cases who fits, at most [`MOST`], and whether there are more.
///
/// # Errors
/// When the database fails.
pub fn search(
    connection: &mut Connection,
    landlord: &str,
    wanted: &Wanted,
) -> Result<(Vec<Found>, bool), StorageError> {
    let mut found: Vec<Found> = Vec::new();
    let mut after = String::new();
    loop {
        let (page, next) = people::after(connection, landlord, &after, PAGE)?;
        for person in page {
            let known: Option<Person> = serde_json::from_str(&person.body).ok();
            if known.is_some_and(|known| wanted.fits(&known)) {
                for one in everywhere(connection, landlord, &person)? {
                    if !found.iter().any(|known| (known.case, known.whose) == (one.case, one.whose)) {
                        found.push(one);
                    }
                }
            }
            if found.len() > MOST {
                found.truncate(MOST);
                return Ok((found, true));
            }
        }
        match next {
            Some(next) => after = next,
            None => return Ok((found, false)),
        }
    }
}

/// As whom a person's record is known, on every case that has it.
fn everywhere(
    connection: &mut Connection,
    landlord: &str,
    person: &people::Person,
) -> Result<Vec<Found>, StorageError> {
    let mut found = Vec::new();
    for case in people::family(connection, landlord, person.case)? {
        let log = events::load(connection, landlord, case)?;
        let Some(state) = log.case(case)? else { continue };
        for held in held(&log.events).into_iter().filter(|held| held.record.record == person.record) {
            let now: Option<RecordRef> = match held.whose {
                Whose::Resident(number) => {
                    let index = usize::from(number).saturating_sub(1);
                    state.parties.recorded.get(index).map(|resident| resident.person)
                }
                Whose::Representative => state.parties.representative.as_ref().map(|other| other.person),
                Whose::Case => continue,
            };
            let body = match now {
                Some(now) => records::body(connection, landlord, now.record)?,
                None => None,
            };
            let person = body.and_then(|body| serde_json::from_str(&body).ok());
            found.push(Found { case, whose: held.whose, person });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use redress_shared::case::command::intake::Person;
    use serde_json::json;

    use super::{Wanted, digits};

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for same in ["020 7946 0000", "+44 20 7946 0000", "+44 (0)20 7946 0000", "0044 20-7946-0000"] {
            assert_eq!(digits(same), "02079460000", "{same}");
        }
        assert_ne!(digits("+353 20 7946 0000"), "02079460000");
    }

    #[test]
    fn all_that_is_asked_for_must_be_so() {
        let person: Person = serde_json::from_value(json!({
            "name": "Ms Áine O'Brien", "email": "Aine@Example.org", "telephone": "020 7946 0000",
            "address": "3 Mill Lane, TS24 8AA",
        }))
        .unwrap();
        let some = |text: &str| Some(text.to_owned());
        let wanted = |name, email, telephone, address| Wanted { name, email, telephone, address };
        assert!(wanted(some("o'brien áine"), some("aine@example.ORG "), None, None).fits(&person));
        assert!(wanted(None, None, some("+442079460000"), some("mill lane ts24")).fits(&person));
        assert!(!wanted(some("Brian"), None, None, None).fits(&person));
        assert!(!wanted(some("Áine"), some("b@example.org"), None, None).fits(&person));
        assert!(wanted(some(" - "), None, some("none"), None).is_empty());
        assert!(!wanted(None, some("a@b"), None, None).is_empty());
    }
}

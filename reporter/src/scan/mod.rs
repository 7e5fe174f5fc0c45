//! What is published is looked through before it is written, for everything that could tell on somebody: what the case data calls
//! its cases and its staff, what the landlord says must not appear, and whatever looks like an address, a telephone number, an email
//! address or a national insurance number.

mod patterns;
mod people;
mod places;

use std::collections::HashSet;
use std::path::Path;

use foldhash::fast::RandomState;
use redress_shared::case::command::intake::Person;

use crate::error::{Error, Result};
use crate::frames::Index;
use crate::request::Request;
use crate::source::Source;
use crate::views::Document;
use patterns::{Found, words};

/// What is looked for beyond what the case data holds, and what is not taken for personal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Screen {
    /// Residents, and those who spoke for them.
    pub people: Vec<Person>,
    /// Every reference of the cases.
    pub references: Vec<String>,
    /// Names, addresses, telephone numbers and the like that must not appear.
    pub known: Vec<String>,
    /// What names nobody, though it looks as if it did: an office's telephone number, say.
    pub passed_over: Vec<String>,
    /// Whether nobody is known to look for: the cases came without names, and none were given.
    pub is_nameless: bool,
}

impl Screen {
    /// Reads a file of what must not appear, a line each; empty lines are passed over.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn known(path: &Path) -> Result<Vec<String>> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::Given(format!("{}: {error}", path.display())))?;
        Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }
}

/// Something personal in what was to be published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Find {
    /// Which part of the report: a table with its row and column, a provision, a paragraph.
    pub place: String,
    /// What it is: "an email address".
    pub kind: &'static str,
    /// How it begins, and how long it is; never the whole.
    pub hint: String,
}

impl std::fmt::Display for Find {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {} ({})", self.place, self.kind, self.hint)
    }
}

/// Looks through everything that a document says.
///
/// # Errors
/// [`Error::Personal`] with every find.
pub(crate) fn scan(
    document: &Document,
    (source, called): (&Source, &Needles),
    request: &Request,
) -> Result<()> {
    let finds = finds(document, (source, called), request)?;
    if finds.is_empty() { Ok(()) } else { Err(Error::Personal(finds)) }
}

fn finds(document: &Document, (source, called): (&Source, &Needles), request: &Request) -> Result<Vec<Find>> {
    let whole = serde_json::to_value(document).map_err(|error| Error::Unwritable(error.to_string()))?;
    let mut given = Needles::of_request(request);
    given.kinds.retain(|what, _| !called.kinds.contains_key(what));
    let passed = Passed::of(source, request)?;
    let mut finds = Vec::new();
    places::each_text(&whole, &mut |way, text| {
        let named = [called, &given].into_iter().flat_map(|needles| needles.found(text));
        for Found { kind, what } in patterns::found(text).into_iter().chain(named) {
            if !passed.holds(&what) {
                finds.push(Find { place: places::place(way), kind, hint: hint(&what) });
            }
        }
    });
    finds.sort();
    finds.dedup();
    Ok(finds)
}

/// "J… (8 letters)": enough to find it, and not to pass it on.
fn hint(what: &str) -> String {
    let first: String = what.chars().take(1).collect();
    format!("{first}…, {} letters", what.chars().count())
}

/// What is said to name nobody: by the landlord, or because its policy prints it.
struct Passed(Vec<String>);

impl Passed {
    fn of(source: &Source, request: &Request) -> Result<Self> {
        let policy = request.policy.as_ref().map(serde_json::to_string).transpose();
        let policy = policy.map_err(|error| Error::Unwritable(error.to_string()))?;
        let said = request.screen.passed_over.iter().cloned();
        let texts = said.chain(policy).chain([source.landlord.name.clone()]);
        Ok(Self(texts.map(|text| joined(&text)).collect()))
    }

    fn holds(&self, what: &str) -> bool {
        let what = joined(what);
        self.0.iter().any(|text| text.contains(&what))
    }
}

/// The words of a text as they are compared, parted and surrounded by single spaces.
fn joined(text: &str) -> String {
    format!(" {} ", words(text).map(|(_, word)| people::folded(word)).collect::<Vec<_>>().join(" "))
}

/// What a find of a case's reference is called.
const REFERENCE: &str = "a case's reference";

/// What the case data and the landlord call people and cases by: sequences of words.
#[derive(Debug, Default)]
pub(crate) struct Needles {
    kinds: Index<String, &'static str>,
    /// The first words: what begins with another is none of them.
    firsts: HashSet<String, RandomState>,
    longest: usize,
}

impl Needles {
    /// What the case data calls its cases and its staff: the same for all reports of a landlord.
    pub(crate) fn of_source(source: &Source) -> Self {
        let mut needles = Self::default();
        needles.kinds.reserve(2 * source.cases.len());
        needles.firsts.reserve(source.cases.len());
        for case in &source.cases {
            needles.add(&case.case_id, "a case's id");
            case.reference.iter().for_each(|reference| needles.add(reference, REFERENCE));
        }
        let references = source.findings.iter().map(|row| &row.reference);
        let references = references.chain(source.orders.iter().map(|row| &row.reference));
        references.for_each(|reference| needles.add(reference, "the Ombudsman's reference of a case"));
        let owners = source.actions.iter().map(|row| &row.owner);
        let owners = owners.chain(source.learning.iter().map(|row| &row.owner));
        owners.filter(|owner| is_name(owner)).for_each(|owner| needles.add(owner, "a member of staff"));
        needles
    }

    /// What is said to be looked for besides.
    fn of_request(request: &Request) -> Self {
        let mut needles = Self::default();
        for (kind, what) in request.screen.people.iter().flat_map(people::known_by) {
            needles.add(&what, kind);
        }
        for reference in &request.screen.references {
            needles.add(reference, REFERENCE);
        }
        for known in &request.screen.known {
            needles.add(known, "something that is not to be published");
        }
        needles
    }

    fn add(&mut self, text: &str, kind: &'static str) {
        let words: Vec<String> = words(text).map(|(_, word)| people::folded(word)).collect();
        let letters: usize = words.iter().map(String::len).sum();
        // What is shorter is in every other sentence.
        if letters >= 4 {
            self.longest = self.longest.max(words.len());
            if let Some(first) = words.first().filter(|first| !self.firsts.contains(*first)) {
                self.firsts.insert(first.clone());
            }
            self.kinds.entry(words.join(" ")).or_insert(kind);
        }
    }

    fn found(&self, text: &str) -> Vec<Found> {
        let has_letters = text.contains(char::is_alphabetic);
        let written: Vec<&str> = words(text).map(|(_, word)| word).collect();
        let words: Vec<String> = written.iter().map(|word| people::folded(word)).collect();
        let mut found = Vec::new();
        for start in (0..words.len()).filter(|start| self.firsts.contains(&words[*start])) {
            for length in 1..=self.longest.min(words.len() - start) {
                let what = words[start..start + length].join(" ");
                // A bare number can be a figure as well as a reference: it is one where it stands among words.
                let is_number = what.bytes().all(|byte| byte.is_ascii_digit());
                let Some(kind) = self.kinds.get(&what).filter(|_| has_letters || !is_number) else {
                    continue;
                };
                // "Resident A" is somebody, and "give the resident a fair chance" is not.
                let is_article = *kind == people::NAME && matches!(written[start + length - 1], "a" | "i");
                if !is_article {
                    found.push(Found { kind, what });
                }
            }
        }
        found
    }
}

/// Words that an office has in its name and a person has not.
const OF_OFFICES: [&str; 28] = [
    "adviser",
    "advisor",
    "assistant",
    "board",
    "care",
    "chair",
    "committee",
    "complaints",
    "contractor",
    "customer",
    "director",
    "executive",
    "group",
    "head",
    "housing",
    "landlord",
    "lead",
    "manager",
    "management",
    "office",
    "officer",
    "panel",
    "repairs",
    "resident",
    "safety",
    "service",
    "services",
    "team",
];

/// Whether a label looks like a person's name: two to four words, each with a capital, none of them an office's.
fn is_name(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let of_office = |word: &&str| OF_OFFICES.contains(&word.to_lowercase().as_str());
    (2..=4).contains(&words.len()) && words.iter().all(capital) && !words.iter().any(of_office)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_no_person() {
        assert!(is_name("J Bloggs") && is_name("Ada Lovelace"));
        for office in ["Repairs", "Repairs Team", "Head of Housing", "officer-1", "not recorded"] {
            assert!(!is_name(office), "{office}");
        }
    }

    #[test]
    fn a_reference_is_found_among_words_however_it_is_parted_and_a_figure_is_none() {
        let mut needles = Needles::default();
        needles.add("NG-2025/0017", "a case's reference");
        needles.add("120457", "a case's reference");
        needles.add("7", "a case's reference");
        let kinds = |text: &str| needles.found(text).len();
        assert_eq!(kinds("See NG 2025 0017, and ng-2025/0017."), 2);
        assert_eq!((kinds("Case 120457"), kinds("120457"), kinds("of 7 cases")), (1, 0, 0));
    }

    #[test]
    fn a_name_that_ends_with_a_letter_is_no_article() {
        let mut needles = Needles::default();
        needles.add("Resident A", people::NAME);
        let kinds = |text: &str| needles.found(text).len();
        assert_eq!((kinds("Resident A is thanked."), kinds("RESIDENT A")), (1, 1));
        assert_eq!(kinds("Give the resident a fair chance."), 0);
    }

    #[test]
    fn nothing_personal_is_repeated_in_full() {
        let find = Find { place: "x".to_owned(), kind: "an email address", hint: hint("ada@example.org") };
        assert_eq!(find.to_string(), "x: an email address (a…, 15 letters)");
    }
}

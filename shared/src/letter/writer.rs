//! What every letter is written with: the case, its rules, the words, and the items so far.

use std::cell::Cell;

use chrono::{DateTime, NaiveDate, Utc};

use super::content::{Content, as_text};
use super::{Addressee, Letter, LetterItem, LetterKind, Words, whom};
use crate::calendar::london;
use crate::case::Rules;
use crate::case::command::intake::Person;
use crate::case::deadline::stage_rules;
use crate::case::record::RecordRef;
use crate::case::words::{SentTo, StageNumber};
use crate::case::{Case, Citation};
use crate::policy::cited::Cited;
use crate::policy::profile::StageRules;
use crate::policy::vocabulary::{AcknowledgementItem, ExtensionNeed, RefusalNeed, ResponseItem};

/// What a record reads as once it is erased.
const ERASED: &str = "[erased]";

/// A letter being written.
pub struct Writer<'a> {
    /// The case as the event left it.
    pub case: &'a Case,
    /// Its rules.
    pub rules: &'a Rules,
    /// When the event happened.
    pub at: DateTime<Utc>,
    words: &'a dyn Words,
    items: Vec<LetterItem>,
    /// Whether a word that was looked for is gone.
    erased: Cell<bool>,
}

impl<'a> Writer<'a> {
    pub fn new(case: &'a Case, rules: &'a Rules, at: DateTime<Utc>, words: &'a dyn Words) -> Self {
        Self { case, rules, at, words, items: Vec::new(), erased: Cell::new(false) }
    }

    /// Adds an item.
    pub fn say(
        &mut self,
        item: &'static str,
        heading: impl Into<String>,
        content: impl Into<Content>,
        citation: Citation,
    ) {
        let citation = told(citation);
        let content = content.into().into_blocks();
        let text = as_text(&content);
        self.items.push(LetterItem { item, heading: heading.into(), text, content, citation });
    }

    /// The letter, with what was said so far, and before it whom it is for where that does not go without saying.
    pub fn letter(
        mut self,
        kind: LetterKind,
        stage: Option<StageNumber>,
        sent_to: SentTo,
        title: impl Into<String>,
    ) -> Letter {
        let said = self.items.len();
        whom::say(&mut self, sent_to);
        let added = self.items.len() - said;
        self.items.rotate_right(added);
        Letter {
            kind,
            stage,
            sent_to,
            addressees: self.addressees(sent_to),
            landlord: self.rules.profile.landlord.name.clone(),
            policy: self.rules.profile.policy.title.clone(),
            dated: self.today(),
            title: title.into(),
            erased: self.erased.get(),
            items: self.items,
        }
    }

    /// Those to whom the letter goes.
    fn addressees(&self, sent_to: SentTo) -> Vec<Addressee> {
        let parties = &self.case.parties;
        let residents = (1_u16..).zip(&parties.residents).map(|(resident, record)| (Some(resident), *record));
        let people: Vec<(Option<u16>, RecordRef)> = match sent_to {
            SentTo::EachResident => residents.collect(),
            SentTo::Nominee => {
                residents.filter(|(resident, _)| resident.is_some() && *resident == parties.nominee).collect()
            }
            SentTo::Representative => {
                parties.representative.iter().map(|known| (None, known.person)).collect()
            }
            SentTo::Nobody => Vec::new(),
        };
        (1_u16..)
            .zip(people)
            .map(|(number, (resident, record))| {
                let person = self.person(record);
                let name = person.as_ref().map_or(ERASED, |person| person.name.as_str()).trim().to_owned();
                let address = person.and_then(|person| person.address);
                let address = address.map(|address| lines_of(address.as_str())).unwrap_or_default();
                Addressee { number, resident, name, address }
            })
            .collect()
    }

    /// The name of a person.
    pub fn name(&self, record: RecordRef) -> String {
        self.person(record).map_or_else(|| ERASED.to_owned(), |person| person.name.as_str().trim().to_owned())
    }

    fn person(&self, record: RecordRef) -> Option<Person> {
        let body = self.words.of(record);
        self.erased.set(self.erased.get() || body.is_none());
        body.and_then(|record| serde_json::from_str(&record).ok())
    }

    /// The London date of the event.
    pub fn today(&self) -> NaiveDate {
        london::date_of(self.at)
    }

    /// The words of a record.
    pub fn words(&self, record: RecordRef) -> String {
        self.words.of(record).unwrap_or_else(|| {
            self.erased.set(true);
            ERASED.to_owned()
        })
    }

    /// The words of several records, for a list.
    pub fn each(&self, records: impl IntoIterator<Item = RecordRef>) -> Vec<String> {
        records.into_iter().map(|record| self.words(record).trim().to_owned()).collect()
    }

    /// The policy's rules for a stage.
    pub const fn stage(&self, number: StageNumber) -> &'a StageRules {
        stage_rules(self.rules, number)
    }

    /// A clause of the policy; nothing for `silent`.
    pub fn clause(&self, clause: &str) -> Citation {
        told(self.rules.cite(clause))
    }

    /// A clause of the policy and a provision of the Code, as far as each has something to cite.
    ///
    /// An edition of the Code that is kept for its clocks alone has no provisions, and none is cited from another's numbers.
    pub fn cite(&self, clause: &str, provision: &str) -> Citation {
        let number = provision.split('(').next().unwrap_or(provision);
        let citation = self.clause(clause);
        match self.rules.code.provision(number) {
            Some(_) => citation.and_code(provision),
            None => citation,
        }
    }

    /// Two citations as one, each source once.
    pub fn both(&self, first: Citation, second: Citation) -> Citation {
        let prefix = format!("{} ", self.rules.profile.landlord.short_name);
        let (first, second) = (told(first), told(second));
        Citation {
            policy: joined(first.policy, second.policy, &prefix),
            code: joined(first.code, second.code, "Code "),
        }
    }
}

/// A citation as a resident is told it: a reading of what the policy does not say is none.
fn told(citation: Citation) -> Citation {
    Citation { policy: citation.policy.filter(|policy| !policy.ends_with("(silent)")), ..citation }
}

/// An address as an envelope has it: by its own lines, or by its commas where it is all in one.
fn lines_of(address: &str) -> Vec<String> {
    let separator = if address.trim().contains('\n') { '\n' } else { ',' };
    let lines = address.split(separator).map(|line| line.trim().trim_end_matches(',').to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

fn joined(first: Option<String>, second: Option<String>, prefix: &str) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => {
            let known = first.strip_prefix(prefix).unwrap_or(&first);
            let added = second.strip_prefix(prefix).unwrap_or(&second);
            let repeated = known.split(" and ").any(|part| part == added);
            Some(if repeated { first } else { format!("{first} and {added}") })
        }
        (first, second) => first.or(second),
    }
}

/// Lists of the policy, by what they list.
pub trait Listed: Sized + Copy + PartialEq + 'static {
    /// The clause that lists the item, or `silent`.
    fn clause_in(self, list: &[Cited<Self>]) -> &str {
        list.iter().find(|known| known.value == self).map_or("silent", |known| known.clause_or_silent())
    }
}

impl Listed for AcknowledgementItem {}
impl Listed for ResponseItem {}
impl Listed for ExtensionNeed {}
impl Listed for RefusalNeed {}

//! What is compared between two periods: the landlord's totals, and the groups into which its complaints fall.

use redress_shared::measure::{
    ACKNOWLEDGED, CASES_ACTED_ON, DETERMINED_AGAINST, Definition, InTime, RESPONDED, Rate, UPHELD,
};

use crate::request::Variant;
use crate::tables::Table;
use crate::views::outcomes::key_of;
use crate::views::{Report, label};

/// A count, and a rate, of the period it is given.
type CountOf<'a> = &'a dyn Fn(&str) -> u64;
type RateOf<'a> = &'a dyn Fn(&str) -> Rate;

/// What is compared.
#[derive(Clone)]
pub(super) struct Subject {
    pub(super) key: String,
    pub(super) name: String,
    /// The share's definition; `None` for a count.
    pub(super) share: Option<&'static Definition>,
    /// In the order of the periods: the count, over the divisor of a share.
    pub(super) values: Vec<Rate>,
    /// In the same order: how many of the divisor are open and can still be in time.
    pub(super) undecided: Vec<u64>,
    /// Whether it is one of several into which the landlord's complaints fall, such as a category.
    pub(super) is_group: bool,
    /// Whether the values themselves are told.
    pub(super) is_told: bool,
}

impl Subject {
    /// Whether a share of its own, in any of the periods, can still rise.
    pub(super) fn is_undecided(&self) -> bool {
        self.undecided.iter().any(|open| *open > 0)
    }
}

impl Report<'_> {
    /// Everything that is compared, in the order of the tables.
    pub(super) fn subjects(&self) -> Vec<Subject> {
        [self.totals(), self.groups()].concat()
    }

    pub(super) fn totals(&self) -> Vec<Subject> {
        [self.counted_subjects(), self.shared_subjects()].concat()
    }

    pub(super) fn groups(&self) -> Vec<Subject> {
        let mut subjects = Vec::new();
        let first = [("stage", "1")];
        for (id, table, column, wanted) in [
            ("category", &self.tables.categories, "category", &[][..]),
            ("service", &self.tables.services, "service", &first[..]),
            ("area", &self.tables.areas, "area", &first[..]),
            ("contractor", &self.tables.providers, "provider", &first[..]),
            ("cause", &self.tables.learning, "cause", &[][..]),
        ] {
            subjects.extend(self.grouped_subjects(id, table, column, wanted));
        }
        subjects
    }

    fn counted_subjects(&self) -> Vec<Subject> {
        let kind = |window: &str, kind| self.tables.kinds.sum(&[("window", window), ("kind", kind)]);
        let counts: [(&str, &str, CountOf<'_>); 6] = [
            ("stage-1", "Stage 1 complaints", &|window| self.made_in(window, "1")),
            ("stage-2", "Stage 2 complaints", &|window| self.made_in(window, "2")),
            ("refused", "Complaints refused", &|window| self.refusals_in(window, "complaint")),
            ("escalations-refused", "Escalations refused", &|window| self.refusals_in(window, "escalation")),
            ("service-requests", "Service requests", &|window| kind(window, "service-request")),
            ("compliments", "Compliments", &|window| kind(window, "compliment")),
        ];
        let subject = |(key, name, count): (&str, &str, CountOf<'_>)| Subject {
            key: key.to_owned(),
            name: name.to_owned(),
            share: None,
            values: self.in_each(&|window| Rate::new(count(window), 0)),
            undecided: self.in_each(&|_| 0),
            is_group: false,
            is_told: true,
        };
        counts.into_iter().map(subject).collect()
    }

    fn shared_subjects(&self) -> Vec<Subject> {
        let shares: [(&str, &str, &'static Definition, RateOf<'_>); 7] = [
            ("acknowledged-1", "Stage 1 acknowledged in the Code's time", &ACKNOWLEDGED, &|window| {
                self.acknowledged_rate(window, "1", "acknowledged")
            }),
            ("answered-1", "Stage 1 answered in the Code's time", &RESPONDED, &|window| {
                self.answered_rate(window, "1", "in_time")
            }),
            ("answered-2", "Stage 2 answered in the Code's time", &RESPONDED, &|window| {
                self.answered_rate(window, "2", "in_time")
            }),
            ("upheld-1", "Stage 1 upheld, wholly or in part", &UPHELD, &|window| {
                self.upheld_rate(window, "1")
            }),
            ("upheld-2", "Stage 2 upheld, wholly or in part", &UPHELD, &|window| {
                self.upheld_rate(window, "2")
            }),
            // Findings of one determination, and actions of one case, are not independent: whole ones are compared.
            ("determinations", "Determinations with a failing", &DETERMINED_AGAINST, &|window| {
                self.determined_against(window)
            }),
            ("actions", "Cases with every promised action done on time", &CASES_ACTED_ON, &|window| {
                self.cases_acted_on(window)
            }),
        ];
        let subject =
            |(key, name, definition, rate): (&str, &str, &'static Definition, RateOf<'_>)| Subject {
                key: key.to_owned(),
                name: name.to_owned(),
                share: Some(definition),
                values: self.in_each(rate),
                undecided: self.in_each(&|window| self.still_in_time(key, window)),
                is_group: false,
                is_told: true,
            };
        shares.into_iter().map(subject).collect()
    }

    /// A subject for each word of a column that any of the periods has. What is published does not tell their counts here:
    /// beside those of other tables they could give a masked one away.
    fn grouped_subjects(
        &self,
        id: &str,
        table: &Table,
        column: &'static str,
        wanted: &[(&str, &str)],
    ) -> Vec<Subject> {
        let words = table.words(column, wanted);
        let subject = |word: &String| Subject {
            key: format!("{id}-{}", key_of(word)),
            name: match id {
                // An entry is of the day on which somebody wrote it, and not of the day on which it happened.
                "cause" => format!("Entries in the register, cause: {}", within_line(word)),
                _ => format!("{}: {}", label(id), within_line(word)),
            },
            share: None,
            values: self.in_each(&|window| {
                Rate::new(table.sum(&[&[("window", window), (column, word.as_str())], wanted].concat()), 0)
            }),
            undecided: self.in_each(&|_| 0),
            is_group: true,
            is_told: self.variant == Variant::Committee,
        };
        words.iter().filter(|word| !word.is_empty()).map(subject).collect()
    }

    /// How many of a share's divisor are open and can still be in time.
    fn still_in_time(&self, key: &str, window: &str) -> u64 {
        let open = |table: &Table, stage, column| {
            table.sum(&[("window", window), ("stage", stage), (column, InTime::OpenWithinTime.word())])
        };
        match key {
            "acknowledged-1" => open(&self.tables.acknowledged, "1", "acknowledged"),
            "answered-1" => open(&self.tables.clocks, "1", "in_time"),
            "answered-2" => open(&self.tables.clocks, "2", "in_time"),
            _ => 0,
        }
    }

    fn in_each<T>(&self, value: &dyn Fn(&str) -> T) -> Vec<T> {
        self.scope.windows.iter().map(|window| value(window.key)).collect()
    }
}

/// A word of the data within a line; what a landlord has written in words of its own stays as it is.
fn within_line(word: &str) -> String {
    if word.contains(char::is_uppercase) { word.to_owned() } else { label(word).to_lowercase() }
}

//! What changed by more than chance, what did not, and what is too rare to tell.

use redress_shared::measure::{
    ACKNOWLEDGED, ACTIONS, Definition, Difference, Events, MALADMINISTRATION, RESPONDED, Rate, Tenths,
    UPHELD, compare_counts, compare_shares, thousands,
};
use serde::Serialize;

use super::outcomes::key_of;
use super::{CellView, Report, TableView, label};
use crate::frames::{NOW, Window};
use crate::request::Variant;
use crate::tables::Table;

/// What changed and what did not, in sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangesView {
    /// A sentence for each thing that changed by more than chance.
    pub beyond: Vec<String>,
    /// What did not, in a sentence; empty where there is nothing to name.
    pub within: String,
    /// What is too rare to tell, in a sentence; empty where there is nothing to name.
    pub too_few: String,
    /// How many comparisons were made, and what that means.
    pub made: String,
}

/// A count, and a rate, of the period it is given.
type CountOf<'a> = &'a dyn Fn(&str) -> u64;
type RateOf<'a> = &'a dyn Fn(&str) -> Rate;

/// What is compared.
struct Subject {
    key: String,
    name: String,
    /// The share's definition; `None` for a count.
    share: Option<&'static Definition>,
    /// In the order of the periods: the count, over the divisor of a share.
    values: Vec<Rate>,
    /// Whether the values themselves are told.
    is_told: bool,
}

/// What one comparison says: against which period, and what.
struct Compared<'a> {
    subject: &'a Subject,
    place: usize,
    window: &'a Window,
    difference: Difference,
}

impl Report<'_> {
    /// The comparisons as a table.
    #[must_use]
    pub fn trends(&self) -> TableView {
        let others: Vec<&Window> = self.others().collect();
        let mut columns = vec![("now".to_owned(), self.label_of(NOW).to_owned())];
        for window in &others {
            columns.push((window.key.to_owned(), window.period.label.clone()));
            columns.push((format!("{}-verdict", window.key), "so this period is".to_owned()));
        }
        let columns: Vec<(&str, &str)> =
            columns.iter().map(|(key, heading)| (key.as_str(), heading.as_str())).collect();
        let mut table = TableView::new("trends", "What changed, held against chance", "Figure", &columns);
        let subjects = self.subjects();
        for subject in &subjects {
            let mut cells = vec![value_cell(subject, 0)];
            for (place, window) in others.iter().enumerate() {
                let compared = self.compare(subject, place + 1, window);
                cells.push(value_cell(subject, place + 1));
                cells.push(verdict_cell(compared.difference));
            }
            table.row(&subject.key, &subject.name, cells);
        }
        table
    }

    /// The same in sentences.
    #[must_use]
    pub fn changes(&self) -> ChangesView {
        let subjects = self.subjects();
        let others: Vec<&Window> = self.others().collect();
        let all: Vec<Compared<'_>> = subjects
            .iter()
            .flat_map(|subject| {
                others.iter().enumerate().map(move |(place, window)| self.compare(subject, place + 1, window))
            })
            .collect();
        let is_beyond =
            |compared: &&Compared<'_>| matches!(compared.difference, Difference::Higher | Difference::Lower);
        let changed: Vec<&str> = all.iter().filter(is_beyond).map(|one| one.subject.key.as_str()).collect();
        let is_too_few = |subject: &Subject| {
            let of_subject = all.iter().filter(|one| one.subject.key == subject.key);
            of_subject.into_iter().all(|one| one.difference == Difference::TooFew)
        };
        let names = |too_few: bool| {
            let unchanged = subjects.iter().filter(|subject| !changed.contains(&subject.key.as_str()));
            let of = unchanged.filter(|subject| is_too_few(subject) == too_few);
            of.map(|subject| subject.name.as_str()).collect::<Vec<_>>()
        };
        ChangesView {
            beyond: all.iter().filter(is_beyond).map(sentence).collect(),
            within: listed("No more than chance explains", &names(false)),
            too_few: listed("Too few to tell", &names(true)),
            made: made_sentence(u64::try_from(all.len()).unwrap_or(0)),
        }
    }

    fn others(&self) -> impl Iterator<Item = &Window> {
        self.scope.windows.iter().filter(|window| window.key != NOW)
    }

    fn compare<'a>(&'a self, subject: &'a Subject, place: usize, window: &'a Window) -> Compared<'a> {
        let (now, then) = (subject.values[0], subject.values[place]);
        let difference = match subject.share {
            Some(_) => compare_shares(now, then),
            None => compare_counts(
                Events { count: now.numerator, days: self.scope.days_of(self.scope.period()) },
                Events { count: then.numerator, days: self.scope.days_of(&window.period) },
            ),
        };
        Compared { subject, place, window, difference }
    }

    /// Everything that is compared, in the order of the table.
    fn subjects(&self) -> Vec<Subject> {
        let mut subjects = self.counted_subjects();
        subjects.extend(self.shared_subjects());
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
            ("maladministration", "Maladministration rate", &MALADMINISTRATION, &|window| {
                self.maladministration_rate(window)
            }),
            ("actions", "Promised actions done on time", &ACTIONS, &|window| self.actions_rate(window)),
        ];
        let subject =
            |(key, name, definition, rate): (&str, &str, &'static Definition, RateOf<'_>)| Subject {
                key: key.to_owned(),
                name: name.to_owned(),
                share: Some(definition),
                values: self.in_each(rate),
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
            name: format!("{}: {}", label(id), within_line(word)),
            share: None,
            values: self.in_each(&|window| {
                Rate::new(table.sum(&[&[("window", window), (column, word.as_str())], wanted].concat()), 0)
            }),
            is_told: self.variant == Variant::Committee,
        };
        words.iter().filter(|word| !word.is_empty()).map(subject).collect()
    }

    fn in_each(&self, value: &dyn Fn(&str) -> Rate) -> Vec<Rate> {
        self.scope.windows.iter().map(|window| value(window.key)).collect()
    }
}

fn value_cell(subject: &Subject, place: usize) -> CellView {
    let value = subject.values[place];
    match subject.share {
        _ if !subject.is_told => CellView::none(),
        Some(definition) => CellView::rate(definition, value),
        None => CellView::count(value.numerator),
    }
}

fn verdict_cell(difference: Difference) -> CellView {
    CellView::words(match difference {
        Difference::Higher => "Higher, by more than chance",
        Difference::Lower => "Lower, by more than chance",
        Difference::WithinChance => "No more than chance",
        Difference::TooFew => "Too few to tell",
    })
}

fn sentence(compared: &Compared<'_>) -> String {
    let Compared { subject, place, window, difference } = compared;
    let side = if *difference == Difference::Higher { "higher" } else { "lower" };
    let period = &window.period.label;
    if !subject.is_told {
        return format!("{}: {side} than in {period}, by more than chance.", subject.name);
    }
    let printed = |place: usize| {
        let cell = value_cell(subject, place);
        if cell.of.is_empty() { cell.text } else { format!("{} ({})", cell.text, cell.of) }
    };
    format!(
        "{}: {} against {} in {period}, {side} by more than chance.",
        subject.name,
        printed(0),
        printed(*place)
    )
}

fn listed(what: &str, names: &[&str]) -> String {
    if names.is_empty() { String::new() } else { format!("{what}: {}.", names.join("; ")) }
}

fn made_sentence(made: u64) -> String {
    let expected = Tenths(u128::from(made.div_ceil(10))).trimmed();
    format!(
        "{} comparisons were made. With nothing changed at all, chance alone would put at most {expected} of so many beyond the line.",
        thousands(made)
    )
}

/// A word of the data within a line; what a landlord has written in words of its own stays as it is.
fn within_line(word: &str) -> String {
    if word.contains(char::is_uppercase) { word.to_owned() } else { label(word).to_lowercase() }
}

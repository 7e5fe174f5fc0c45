//! What changed by more than chance, what did not, and what is too rare to tell.

mod subjects;

use redress_shared::measure::{Difference, Events, Tenths, compare_counts, compare_shares, thousands};
use serde::Serialize;

use self::subjects::Subject;
use super::{CellView, Report, TableView};
use crate::frames::{NOW, Window};
use crate::request::Variant;

/// What changed and what did not, in sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangesView {
    /// A sentence for each thing that changed by more than chance.
    pub beyond: Vec<String>,
    /// What did not, in a sentence; empty where there is nothing to name.
    pub within: String,
    /// What is too rare to tell, in a sentence; empty where there is nothing to name.
    pub too_few: String,
    /// What is not compared yet, in a sentence; empty where there is nothing to name.
    pub not_yet: String,
    /// How many comparisons were made, and what that means.
    pub made: String,
}

/// What one comparison says: against which period, and what.
struct Compared<'a> {
    subject: &'a Subject,
    place: usize,
    window: &'a Window,
    /// None where it is not made yet: something in the share can still be in time.
    difference: Option<Difference>,
}

impl Report<'_> {
    /// The comparisons of the landlord's totals.
    #[must_use]
    pub fn trends(&self) -> TableView {
        let caption = "What changed, held against chance";
        self.compared(("trends", caption, "Figure"), &self.totals(), true)
    }

    /// The comparisons of categories, services, areas, contractors and causes that are not too rare to tell. What is
    /// published has no counts here.
    #[must_use]
    pub fn trends_of_groups(&self) -> TableView {
        let (rare, others): (Vec<_>, Vec<_>) =
            self.groups().into_iter().partition(|subject| !self.with_rare && self.is_too_few(subject));
        let caption = "What changed in what complaints were about";
        let is_told = self.variant == Variant::Committee;
        let table = self.compared(("trend-groups", caption, "What"), &others, is_told);
        table.note(format!(
            "Too rare to tell, and left out: {}.",
            thousands(u64::try_from(rare.len()).unwrap_or(0))
        ))
    }

    fn compared(
        &self,
        (id, caption, corner): (&str, &str, &str),
        subjects: &[Subject],
        is_told: bool,
    ) -> TableView {
        let others: Vec<&Window> = self.others().collect();
        let mut columns = Vec::new();
        if is_told {
            columns.push(("now".to_owned(), self.label_of(NOW).to_owned()));
        }
        for window in &others {
            if is_told {
                columns.push((window.key.to_owned(), window.period.label.clone()));
            }
            let against = format!("Against {}", window.period.label);
            columns.push((format!("{}-verdict", window.key), against));
        }
        let columns: Vec<(&str, &str)> =
            columns.iter().map(|(key, heading)| (key.as_str(), heading.as_str())).collect();
        let mut table = TableView::new(id, caption, corner, &columns);
        for subject in subjects {
            let mut cells = Vec::new();
            if is_told {
                cells.push(value_cell(subject, 0));
            }
            for (place, window) in (1..).zip(&others) {
                if is_told {
                    cells.push(value_cell(subject, place));
                }
                cells.push(verdict_cell(self.compare(subject, place, window).difference));
            }
            table.row(&subject.key, &subject.name, cells);
        }
        table
    }

    fn is_too_few(&self, subject: &Subject) -> bool {
        let mut others = (1..).zip(self.others());
        others.all(|(place, window)| {
            self.compare(subject, place, window).difference == Some(Difference::TooFew)
        })
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
        let is_beyond = |compared: &&Compared<'_>| {
            matches!(compared.difference, Some(Difference::Higher | Difference::Lower))
        };
        let changed: Vec<&str> = all.iter().filter(is_beyond).map(|one| one.subject.key.as_str()).collect();
        let made = all.iter().filter(|compared| compared.difference.is_some()).count();
        let names = |too_few: bool| {
            let unchanged = subjects.iter().filter(|subject| !changed.contains(&subject.key.as_str()));
            let unchanged = unchanged.filter(|subject| !subject.is_undecided());
            // Of categories and the like there are many that are rare: their table says how many.
            let named = unchanged.filter(|subject| !too_few || !subject.is_group);
            let of = named.filter(|subject| self.is_too_few(subject) == too_few);
            of.map(|subject| subject.name.as_str()).collect::<Vec<_>>()
        };
        ChangesView {
            beyond: all.iter().filter(is_beyond).map(sentence).collect(),
            within: listed("No more than chance explains", &names(false)),
            too_few: listed("Too few to tell", &names(true)),
            not_yet: not_yet(&subjects),
            made: made_sentence(u64::try_from(made).unwrap_or(0)),
        }
    }

    fn others(&self) -> impl Iterator<Item = &Window> {
        self.scope.windows.iter().filter(|window| window.key != NOW)
    }

    fn compare<'a>(&'a self, subject: &'a Subject, place: usize, window: &'a Window) -> Compared<'a> {
        let (now, then) = (subject.values[0], subject.values[place]);
        let difference = match subject.share {
            _ if subject.undecided[0] + subject.undecided[place] > 0 => None,
            Some(_) => Some(compare_shares(now, then)),
            None => Some(compare_counts(
                Events { count: now.numerator, days: self.scope.days_of(self.scope.period()) },
                Events { count: then.numerator, days: self.scope.days_of(&window.period) },
            )),
        };
        Compared { subject, place, window, difference }
    }
}

fn value_cell(subject: &Subject, place: usize) -> CellView {
    let value = subject.values[place];
    match subject.share {
        Some(definition) => CellView::rate(definition, value),
        None => CellView::count(value.numerator),
    }
}

fn verdict_cell(difference: Option<Difference>) -> CellView {
    CellView::words(match difference {
        Some(Difference::Higher) => "Higher, by more than chance",
        Some(Difference::Lower) => "Lower, by more than chance",
        Some(Difference::WithinChance) => "No more than chance",
        Some(Difference::Same) => "The same",
        Some(Difference::TooFew) => "Too few to tell",
        None => "Not compared yet",
    })
}

/// Which shares wait for something that can still be in time, and for how much of it.
fn not_yet(subjects: &[Subject]) -> String {
    let waiting = subjects.iter().filter(|subject| subject.is_undecided());
    let names: Vec<String> = waiting
        .map(|subject| {
            let open: u64 = subject.undecided.iter().sum();
            format!("{} ({} can still be in time)", subject.name, thousands(open))
        })
        .collect();
    listed("Not compared yet", &names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn sentence(compared: &Compared<'_>) -> String {
    let Compared { subject, place, window, difference } = compared;
    let side = if *difference == Some(Difference::Higher) { "higher" } else { "lower" };
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
        "{} comparisons were made. With nothing changed at all, and every event independent of the others, chance alone would put at \
         most {expected} of so many beyond the line.",
        thousands(made)
    )
}

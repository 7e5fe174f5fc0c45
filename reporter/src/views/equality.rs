//! What residents who complained told of themselves, where it is collected; and risks flagged.

use redress_shared::measure::{Rate, SHARE_OF_RESIDENTS, SMALLEST_SHOWN};

use super::cells::SEE_MASKED;
use super::outcomes::{fill, key_of, with_masking_note};
use super::words::counted;
use super::{CellView, Report, TableView, label};
use crate::frames::NOW;

/// What stands for an answer whose words have been erased.
const ERASED: &str = "[erased]";

/// Told by saying so, and not by an answer of one's own.
const TOLD: &str = "told";

/// Why there is no timeliness or outcome here.
const APART: &str = "How quickly a complaint was answered, and whether it was upheld, cannot be told by these answers: they are counted \
     when they are given and joined to no case, so that nobody's answers can be looked up. It is compared by what the case itself has \
     on record, in the table above.";

/// An answer, and how many residents gave it.
struct Answer {
    /// A part of its figures' names.
    key: String,
    heading: String,
    count: u64,
}

impl Report<'_> {
    /// Residents by what they told of themselves, and how many told nothing.
    #[must_use]
    pub fn equality(&self) -> TableView {
        let columns = [("residents", "Residents"), ("share", "Share")];
        let caption = "What residents who complained told of themselves";
        let mut table = TableView::new("equality", caption, "Told", &columns);
        let key = [("window", NOW)];
        let mut is_masked = false;
        for characteristic in self.tables.equality.words("characteristic", &key) {
            let mut answers = self.answers(&characteristic);
            let told: u64 = answers.iter().map(|answer| answer.count).sum();
            answers.push(Answer {
                key: "silent".to_owned(),
                heading: format!("{}: not told", label(&characteristic)),
                count: self.complainants.saturating_sub(told),
            });
            // One column is a table with two sides all the same: what is left of all residents is a row of it.
            let masked = self.masked(&answers.iter().map(|answer| vec![answer.count, 0]).collect::<Vec<_>>());
            is_masked |= masked.count() > 0;
            if masked.hides_all() {
                continue;
            }
            for (answer, row) in answers.iter().zip(&masked.rows) {
                let count = row.first().copied().flatten();
                let share = count.map_or_else(
                    || CellView::masked(None),
                    |count| CellView::rate(&SHARE_OF_RESIDENTS, Rate::new(count, self.complainants)),
                );
                let key = format!("{characteristic}-{}", answer.key);
                table.row(&key, &answer.heading, vec![CellView::masked(count), share]);
            }
        }
        let table = table.note(format!(
            "Behind the complaints received stand {}. One can be in several rows.",
            counted(self.complainants, "resident")
        ));
        let table = table.note(APART);
        if is_masked { table.note(SEE_MASKED) } else { table }
    }

    /// The answers to one question, each with how many residents gave it. Answers are in residents' own words: what is published names
    /// only those that at least five gave alike, and counts the others together.
    fn answers(&self, characteristic: &str) -> Vec<Answer> {
        let key = [("window", NOW), ("characteristic", characteristic)];
        let answers = self.tables.equality.words("answer", &key);
        let counted = answers.iter().map(|answer| (answer, self.told_by(characteristic, answer)));
        let is_named = |answer: &str, count: u64| {
            !self.is_published() || answer == TOLD || answer != ERASED && count >= SMALLEST_SHOWN
        };
        let (named, others): (Vec<_>, Vec<_>) = counted.partition(|(answer, count)| is_named(answer, *count));
        let mut answers: Vec<Answer> = named
            .into_iter()
            .map(|(answer, count)| Answer {
                key: key_of(answer),
                heading: heading(characteristic, answer),
                count,
            })
            .collect();
        if !others.is_empty() {
            answers.push(Answer {
                key: "not-named".to_owned(),
                heading: format!("{}: other answers", label(characteristic)),
                count: others.iter().map(|(_, count)| count).sum(),
            });
        }
        answers
    }

    fn told_by(&self, characteristic: &str, answer: &str) -> u64 {
        self.tables.equality.sum(&[("window", NOW), ("characteristic", characteristic), ("answer", answer)])
    }

    /// Risks flagged in the period, and whether they were handed on to those who deal with them.
    #[must_use]
    pub fn risks(&self) -> TableView {
        let columns = [("handed", "Handed on"), ("open", "Not yet handed on"), ("all", "All")];
        let mut table = TableView::new("risks", "Hazards and other risks flagged", "Risk", &columns);
        let kinds = self.tables.risks.words("kind", &[("window", NOW)]);
        let counts = |kind: &String| {
            let count = |handed| {
                self.tables.risks.sum(&[("window", NOW), ("kind", kind.as_str()), ("handed", handed)])
            };
            vec![count("yes"), count("no")]
        };
        let masked = self.masked(&kinds.iter().map(counts).collect::<Vec<_>>());
        let names: Vec<_> = kinds.iter().map(|kind| (key_of(kind), label(kind))).collect();
        fill(&mut table, &names, &masked, "All");
        with_masking_note(table, &masked)
    }
}

fn heading(characteristic: &str, answer: &str) -> String {
    let characteristic = label(characteristic);
    match answer {
        TOLD => format!("{characteristic}: told"),
        ERASED => format!("{characteristic}: told, and erased since"),
        _ => format!("{characteristic}: {}", label(answer)),
    }
}

//! How complaints fare whose residents have a vulnerability or adjustments on record, beside all others; and hazards.

use redress_shared::measure::{Difference, InTime, RESPONDED, Rate, UPHELD, compare_shares};

use super::discreet::is_telling;
use super::{CellView, Report, TableView};
use crate::frames::NOW;

/// What is recorded of stage 1 complaints: the column, the middle part of figures' names, and the words.
const GROUPS: [(&str, &str); 3] = [
    ("vulnerable", "a vulnerability recorded"),
    ("adjustments", "reasonable adjustments recorded"),
    ("hazard", "a hazard recorded"),
];

impl Report<'_> {
    /// Stage 1 complaints with and without something recorded: how many were answered in time and how many upheld.
    #[must_use]
    pub fn recorded(&self) -> TableView {
        let columns = [
            ("made", "Stage 1"),
            ("in-time", "Answered in the Code's time"),
            ("upheld", "Upheld, wholly or in part"),
            ("verdict", "Against those without"),
        ];
        let mut table = TableView::new(
            "recorded",
            "Stage 1 complaints by what is recorded of resident and home",
            "Complaints",
            &columns,
        );
        for (column, words) in GROUPS {
            let [with, without] = ["yes", "no"].map(|answer| self.fared(column, answer));
            let open = [("window", NOW), ("stage", "1"), ("in_time", InTime::OpenWithinTime.word())];
            let is_decided = self.tables.recorded.sum(&open) == 0;
            let is_hidden = self.withholds() || self.is_published() && [with, without].iter().any(tells);
            let verdict = differences(with, without, is_decided);
            table.row(column, &format!("with {words}"), cells(with, is_hidden, &verdict));
            table.row(&format!("{column}-not"), &format!("without {words}"), cells(without, is_hidden, "–"));
        }
        table.note(
            "Shares are compared by the same test as those of two periods; what was answered in time is not compared while a complaint can \
             still be.",
        )
    }

    /// Answered in time, and upheld, of the stage 1 complaints with this answer.
    fn fared(&self, column: &'static str, answer: &str) -> (Rate, Rate) {
        let key = [("window", NOW), ("stage", "1"), (column, answer)];
        let count = |more: &[(&str, &str)]| self.tables.recorded.sum(&[&key[..], more].concat());
        let standings = InTime::ALL.into_iter().filter(|standing| standing.counts());
        let in_time = standings.map(|standing| count(&[("in_time", standing.word())])).sum();
        let upheld = count(&[("outcome", "upheld")]) + count(&[("outcome", "partly-upheld")]);
        (Rate::new(in_time, count(&[])), Rate::new(upheld, upheld + count(&[("outcome", "not-upheld")])))
    }
}

/// Whether a share or what is left of it is so small that it could tell on somebody. Then the whole pair of rows is masked,
/// since the one is what the other leaves of the totals.
fn tells((in_time, upheld): &(Rate, Rate)) -> bool {
    is_telling(*in_time) || is_telling(*upheld)
}

fn cells((in_time, upheld): (Rate, Rate), is_hidden: bool, verdict: &str) -> Vec<CellView> {
    if is_hidden {
        return vec![
            CellView::masked(None),
            CellView::masked(None),
            CellView::masked(None),
            CellView::words("–"),
        ];
    }
    vec![
        CellView::count(in_time.denominator),
        CellView::rate(&RESPONDED, in_time),
        CellView::rate(&UPHELD, upheld),
        CellView::words(verdict),
    ]
}

fn differences(with: (Rate, Rate), without: (Rate, Rate), is_decided: bool) -> String {
    let word = |difference| match difference {
        Difference::Higher => "higher by more than chance",
        Difference::Lower => "lower by more than chance",
        Difference::WithinChance => "no more than chance",
        Difference::Same => "the same",
        Difference::TooFew => "too few to tell",
    };
    let in_time = if is_decided { word(compare_shares(with.0, without.0)) } else { "not compared yet" };
    format!("In time: {in_time}; upheld: {}", word(compare_shares(with.1, without.1)))
}

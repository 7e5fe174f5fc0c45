//! How complaints fare whose residents have a vulnerability or adjustments on record, beside all others; those with a hazard; and those
//! of each provider of a service.

use redress_shared::measure::{Difference, InTime, RESPONDED, Rate, UPHELD, compare_shares};

use super::discreet::{is_small, is_telling};
use super::outcomes::{WITHHELD, key_of, provider_label, upheld_of};
use super::{CellView, Report, TableView};
use crate::frames::NOW;
use crate::tables::Table;

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
            let is_hidden = self.withholds() || self.is_published() && [with, without].iter().any(tells);
            let verdict = differences(with, without, self.is_decided());
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
        fared_in(&self.tables.recorded, &[("window", NOW), ("stage", "1"), (column, answer)])
    }

    /// Stage 1 complaints by who provided the service: how many were answered in time and how many upheld, beside all the others'.
    #[must_use]
    pub fn contractors(&self) -> TableView {
        let columns = [
            ("made", "Stage 1"),
            ("in-time", "Answered in the Code's time"),
            ("upheld", "Upheld, wholly or in part"),
            ("verdict", "Against all others"),
        ];
        let caption = "How stage 1 complaints fared, by provider of the service";
        let mut table = TableView::new("contractors", caption, "Provider", &columns);
        let first = [("window", NOW), ("stage", "1")];
        let providers = self.tables.providers.words("provider", &first);
        let fared: Vec<(Rate, Rate)> = providers
            .iter()
            .map(|provider| {
                fared_in(&self.tables.providers, &[&first[..], &[("provider", provider)]].concat())
            })
            .collect();
        let all = fared_in(&self.tables.providers, &first);
        // Hidden whole, or what is hidden would be what the others leave of all complaints. A provider whose row of the table of
        // providers is hidden must not be told here.
        let is_hidden = self.is_published()
            && (self.withholds() || self.hides_third_parties() || fared.iter().any(tells_of_any));
        for (provider, own) in providers.iter().zip(&fared).filter(|_| !is_hidden) {
            let others = (without(all.0, own.0), without(all.1, own.1));
            let is_alone = others.0.denominator == 0;
            let verdict =
                if is_alone { "–".to_owned() } else { differences(*own, others, self.is_decided()) };
            table.row(&key_of(provider), &provider_label(provider), cells(*own, false, &verdict));
        }
        table.total("total", "All", cells(all, false, "–"));
        if is_hidden { table.note(WITHHELD) } else { table }
    }

    /// Whether no stage 1 complaint of the period can still be answered in time.
    fn is_decided(&self) -> bool {
        let open = [("window", NOW), ("stage", "1"), ("in_time", InTime::OpenWithinTime.word())];
        self.tables.recorded.sum(&open) == 0
    }
}

/// Answered in time, and upheld, of the stages with these words.
fn fared_in(table: &Table, wanted: &[(&str, &str)]) -> (Rate, Rate) {
    let standings = InTime::ALL.into_iter().filter(|standing| standing.counts());
    let in_time =
        standings.map(|standing| table.sum(&[wanted, &[("in_time", standing.word())]].concat())).sum();
    (Rate::new(in_time, table.sum(wanted)), upheld_of(table, wanted))
}

/// What is left of a share without a part of it.
fn without(all: Rate, part: Rate) -> Rate {
    Rate::new(all.numerator - part.numerator, all.denominator - part.denominator)
}

/// Whether any count of a row of providers could tell on somebody: how many there are, and how many had no answer, among them.
fn tells_of_any(fared: &(Rate, Rate)) -> bool {
    let (in_time, upheld) = fared;
    is_small(in_time.denominator)
        || tells(fared)
        || is_telling(Rate::new(upheld.denominator, in_time.denominator))
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

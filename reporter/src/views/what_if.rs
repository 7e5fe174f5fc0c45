//! The same period under other rules, beside what it was.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use redress_shared::calendar::words::long_date;
use redress_shared::measure::{Choices, InTime, Rate};

use super::document::{Document, document};
use super::explained::explain;
use super::{CellView, Report, TableView};
use crate::frames::{NOW, last_day, policy_last_day};
use crate::recount::Instead;
use crate::request::{Request, Variant};
use crate::source::Stage;
use crate::tables::Table;
use crate::views::handling::definitions_by;

/// What is compared: whether stages were acknowledged, or answered, by one of the two clocks.
#[derive(Clone, Copy)]
struct Compared {
    key: &'static str,
    heading: &'static str,
    /// The column that says whether it was in time.
    column: &'static str,
    is_answer: bool,
    /// The last day for it.
    due: fn(&Stage, &Choices) -> Option<NaiveDate>,
    done: fn(&Stage) -> Option<NaiveDate>,
}

const COMPARED: [Compared; 4] = [
    Compared {
        key: "acknowledged-code",
        heading: "acknowledged in the Code's time",
        column: "acknowledged",
        is_answer: false,
        due: |row, _| row.code_acknowledge_due_on,
        done: |row| row.acknowledged_on,
    },
    Compared {
        key: "acknowledged-policy",
        heading: "acknowledged in the policy's time",
        column: "policy_acknowledged",
        is_answer: false,
        due: |row, _| row.policy_acknowledge_due_on,
        done: |row| row.acknowledged_on,
    },
    Compared {
        key: "answered-code",
        heading: "answered in the Code's time",
        column: "in_time",
        is_answer: true,
        due: last_day,
        done: |row| row.responded_on,
    },
    Compared {
        key: "answered-policy",
        heading: "answered in the policy's time",
        column: "policy_in_time",
        is_answer: true,
        due: policy_last_day,
        done: |row| row.responded_on,
    },
];

impl Compared {
    fn table<'a>(&self, report: &Report<'a>) -> &'a Table {
        if self.is_answer { &report.tables.clocks } else { &report.tables.acknowledged }
    }

    fn rate(&self, report: &Report<'_>, stage: &str) -> CellView {
        let (acknowledged, responded) = definitions_by(self.column.starts_with("policy"));
        let (definition, rate): (_, Rate) = if self.is_answer {
            (responded, report.answered_rate(NOW, stage, self.column))
        } else {
            (acknowledged, report.acknowledged_rate(NOW, stage, self.column))
        };
        CellView::rate(definition, rate)
    }

    /// The cases that were in time.
    fn in_time<'a>(&self, report: &Report<'a>, stage: &str) -> BTreeSet<&'a str> {
        let words: &[&str] = if self.is_answer {
            &[InTime::WithoutExtension.word(), InTime::WithinExtension.word()]
        } else {
            &["in-time"]
        };
        let table: &'a Table = self.table(report);
        let of = |word: &&str| -> Vec<&'a str> {
            table.cases(&[("window", NOW), ("stage", stage), (self.column, word)])
        };
        words.iter().flat_map(of).collect()
    }
}

/// The document: `was` and `would` are of the same cases.
#[must_use]
pub fn what_if(was: &Report<'_>, would: &Report<'_>, request: &Request, instead: Instead<'_>) -> Document {
    let mut document = document(was, request, "What if: the same cases under other rules");
    document.cards = Vec::new();
    document.charts = BTreeMap::new();
    document.attention = vec![told(instead)];
    let kept = ["choices", "markers", "reconciliation", "derived", "left_out"];
    document.tables.retain(|name, _| kept.contains(name));
    document.tables.insert("compared", compared(was, would));
    document.lists = BTreeMap::from([("differing", differing(was, would))]);
    explain(&mut document, was);
    was.hide(&mut document);
    document
}

fn told(instead: Instead<'_>) -> String {
    let policy = instead.policy.map(|profile| {
        format!("the policy {} ({})", profile.policy.title.trim_end_matches('.'), profile.policy.id)
    });
    let code = instead.code.map(|code| format!("the Code of {}", code.id));
    let rules = [policy, code].into_iter().flatten().collect::<Vec<_>>().join(" and ");
    format!(
        "Beside what was, what would have been had every case fallen under {rules}. Everything that happened is the same, on the same day: \
         only what was due when is counted anew. Whoever works under other rules may work otherwise, which no counting can show."
    )
}

fn compared(was: &Report<'_>, would: &Report<'_>) -> TableView {
    let columns = [
        ("was", "As it was"),
        ("would", "As it would have been"),
        ("moved", "Another last day"),
        ("no-more", "In time only as it was"),
        ("newly", "In time only as it would have been"),
    ];
    let mut table =
        TableView::new("compared", "As it was, and as it would have been", "What is measured", &columns);
    for stage in ["1", "2"] {
        for compared in COMPARED {
            let (before, after) = (compared.in_time(was, stage), compared.in_time(would, stage));
            let only = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| {
                CellView::count(number(one.difference(other).count()))
            };
            let moved = moved(compared, was, would, stage);
            let cells = vec![
                compared.rate(was, stage),
                compared.rate(would, stage),
                CellView::count(number(moved)),
                only(&before, &after),
                only(&after, &before),
            ];
            table.row(
                &format!("{stage}-{}", compared.key),
                &format!("Stage {stage}, {}", compared.heading),
                cells,
            );
        }
    }
    was.hide_parted(&mut table, &["moved", "no-more", "newly"], |key| {
        let stage = key.split('-').next().unwrap_or_default();
        number(pairs(was, would, stage).count())
    });
    table.note("A clock that sets no time is not missed: its stages are outside the divisor, which can differ between the two.")
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The stages of the period with their rows as they were and as they would be.
fn pairs<'a>(
    was: &Report<'a>,
    would: &Report<'a>,
    stage: &str,
) -> impl Iterator<Item = (&'a Stage, &'a Stage)> + use<'a> {
    let counted: BTreeSet<&str> =
        was.tables.clocks.cases(&[("window", NOW), ("stage", stage)]).into_iter().collect();
    let number = if stage == "1" { 1 } else { 2 };
    let rows = was.source.stages.iter().zip(&would.source.stages);
    rows.filter(move |(row, _)| row.stage == number && counted.contains(row.case_id.as_str()))
}

fn moved(compared: Compared, was: &Report<'_>, would: &Report<'_>, stage: &str) -> usize {
    let due = |row| (compared.due)(row, &was.scope.choices);
    pairs(was, would, stage).filter(|(before, after)| due(before) != due(after)).count()
}

/// The cases that were in time by one and not by the other, for the committee alone.
fn differing(was: &Report<'_>, would: &Report<'_>) -> Vec<TableView> {
    let columns = [
        ("stage", "Stage and clock"),
        ("due", "Last day as it was"),
        ("would-due", "Last day as it would be"),
        ("done", "Done"),
        ("only", "In time"),
    ];
    if was.variant == Variant::Published {
        return Vec::new();
    }
    let names: BTreeMap<&str, &str> =
        was.source.cases.iter().map(|case| (case.case_id.as_str(), case.name())).collect();
    let mut lines = Vec::new();
    for stage in ["1", "2"] {
        for compared in COMPARED {
            let (before, after) = (compared.in_time(was, stage), compared.in_time(would, stage));
            for (row, anew) in pairs(was, would, stage) {
                let id = row.case_id.as_str();
                if before.contains(id) == after.contains(id) {
                    continue;
                }
                let only = if before.contains(id) { "only as it was" } else { "only as it would be" };
                let due = |row| (compared.due)(row, &was.scope.choices);
                let dates = [due(row), due(anew), (compared.done)(row)].map(dated);
                let what = format!("Stage {stage}, {}", compared.heading);
                lines.extend(names.get(id).map(|reference| (*reference, what, dates, only)));
            }
        }
    }
    if lines.is_empty() {
        return Vec::new();
    }
    lines.sort();
    let mut table =
        TableView::new("differing", "Cases in time by one and not by the other", "Case", &columns);
    for (number, (reference, what, [due, would_due, done], only)) in (1_u64..).zip(&lines) {
        let cells = [what.as_str(), due, would_due, done, only].map(CellView::words);
        table.row(&number.to_string(), reference, cells.to_vec());
    }
    vec![table]
}

fn dated(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "–".to_owned(), long_date)
}

//! The rows that a report was made from, told apart from all others by digests.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use redress_shared::case::record::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::sha256;
use crate::error::{Error, Result};
use crate::source::{Row, Source};

/// What a report was made from. The same rows give the same, from whichever database and in whatever order they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// The day on which the newest case was recorded; none where there is no case.
    pub newest: Option<NaiveDate>,
    /// The rows, by view.
    pub views: BTreeMap<String, RowsOfView>,
    /// The edition of the calendar that dates were counted on.
    pub calendar: String,
    /// The digest of that calendar.
    pub calendar_sha256: String,
}

/// The rows of one view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsOfView {
    /// How many.
    pub rows: usize,
    /// The digest over all of them in order, column by column: a word as its length in bytes (64 bits) and its bytes, a date as days from
    /// 1970 (32 bits), a number as it is, yes as 1; before what may be missing a 1, or a 0 in its place. Numbers begin with their lowest byte. Of `report_equality`, whose
    /// rows are few and name no case, the rows of `report_cases` come first: by itself, what is masked could be guessed and tried.
    pub sha256: String,
}

impl RowsOfView {
    /// What rows are known by.
    pub(crate) fn of<R: Row>(rows: &[R]) -> Self {
        rows_among::<R, R>(&[], rows)
    }
}

macro_rules! views {
    ($source:ident: $($view:literal => $rows:ident),+ $(,)?) => {
        BTreeMap::from([$(($view.to_owned(), RowsOfView::of(&$source.$rows))),+])
    };
}

impl Inputs {
    /// What the rows of a landlord are known by.
    ///
    /// # Errors
    /// Never for a calendar that was read; an error rather than a panic all the same.
    pub fn of(source: &Source) -> Result<Self> {
        let calendar = source.calendar.to_json().map_err(|error| Error::Calendar(error.to_string()))?;
        let landlord = std::slice::from_ref(&source.landlord);
        let mut views = views!(source:
            "report_stock" => stock,
            "report_cases" => cases,
            "report_stages" => stages,
            "report_categories" => categories,
            "report_refusals" => refusals,
            "report_escalations" => escalations,
            "report_remedies" => remedies,
            "report_actions" => actions,
            "report_findings" => findings,
            "report_orders" => orders,
            "report_failure_orders" => failure_orders,
            "report_learning" => learning,
            "report_surveys" => surveys,
            "report_risks" => risks,
            "report_extensions" => extensions,
            "report_restrictions" => restrictions,
        );
        views.insert("report_equality".to_owned(), rows_among(&source.cases, &source.equality));
        views.insert("report_landlords".to_owned(), RowsOfView::of(landlord));
        Ok(Self {
            newest: source.cases.iter().map(|case| case.recorded_on).max(),
            views,
            calendar: source.calendar.version().to_owned(),
            calendar_sha256: sha256(calendar.as_bytes()),
        })
    }

    /// In which views the rows are other than they were, a sentence each.
    #[must_use]
    pub fn changes_from(&self, before: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        for (view, now) in &self.views {
            match before.views.get(view) {
                Some(then) if then == now => {}
                Some(then) if then.rows == now.rows => {
                    changes.push(format!("{view}: {} rows then and now, and not the same", now.rows));
                }
                Some(then) => changes.push(format!("{view}: {} rows then, {} now", then.rows, now.rows)),
                None => changes.push(format!("{view}: the manifest says nothing of it")),
            }
        }
        let gone = before.views.keys().filter(|view| !self.views.contains_key(*view));
        changes.extend(gone.map(|view| format!("{view}: there is no such view any more")));
        if self.newest != before.newest {
            let [then, now] = [before, self].map(|inputs| {
                inputs.newest.map_or_else(|| "no case".to_owned(), |newest| newest.to_string())
            });
            changes.push(format!("the newest case: recorded {then} then, {now} now"));
        }
        let calendar = |inputs: &Self| (inputs.calendar.clone(), inputs.calendar_sha256.clone());
        if calendar(self) != calendar(before) {
            let (then, now) = (&before.calendar, &self.calendar);
            changes.push(format!("the calendar: {then} then, {now} now"));
        }
        changes
    }
}

/// What is told to the digest at once.
const AT_ONCE: usize = 1 << 16;

/// Rows that name no case, and could be guessed and tried where there are few: the digest is of others before them, which nobody can guess.
fn rows_among<O: Row, R: Row>(others: &[O], rows: &[R]) -> RowsOfView {
    let mut digest = Sha256::new();
    tell(&mut digest, others);
    tell(&mut digest, rows);
    RowsOfView { rows: rows.len(), sha256: Digest(digest.finalize().into()).to_string() }
}

fn tell<R: Row>(digest: &mut Sha256, rows: &[R]) {
    let mut sorted: Vec<&R> = rows.iter().collect();
    sorted.sort_unstable();
    let mut bytes = Vec::new();
    for row in sorted {
        row.spell(&mut bytes);
        if bytes.len() >= AT_ONCE {
            digest.update(&bytes);
            bytes.clear();
        }
    }
    digest.update(&bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Learning;

    fn learnt(theme: &str, root_cause: &str, case_id: Option<&str>) -> Learning {
        Learning {
            landlord_id: "one".to_owned(),
            case_id: case_id.map(str::to_owned),
            learning: 1,
            theme: theme.to_owned(),
            root_cause: root_cause.to_owned(),
            improvement: String::new(),
            owner: String::new(),
            recorded_on: NaiveDate::default(),
            done_on: None,
            reported_to: None,
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_everything_else_does() {
        let (a, b) = (learnt("a", "", None), learnt("b", "", None));
        let one = RowsOfView::of(&[a.clone(), b.clone()]);
        assert_eq!(one, RowsOfView::of(&[b, a.clone()]));
        let sha256 = |rows_of_view: &[Learning]| RowsOfView::of(rows_of_view).sha256;
        assert_ne!(one.sha256, sha256(&[a.clone(), learnt("c", "", None)]));
        assert_ne!(sha256(&[a.clone(), a.clone()]), sha256(&[a]));
        // Where one column ends and the next begins is told, and nothing is other than an empty word.
        assert_ne!(sha256(&[learnt("ab", "c", None)]), sha256(&[learnt("a", "bc", None)]));
        assert_ne!(sha256(&[learnt("", "", Some(""))]), sha256(&[learnt("", "", None)]));
    }

    #[test]
    fn rows_that_could_be_guessed_have_another_digest_among_others() {
        let (few, case) = ([learnt("a", "", None)], learnt("b", "", Some("case-1")));
        let among = |others: &[Learning]| rows_among(others, &few).sha256;
        assert_ne!(among(std::slice::from_ref(&case)), RowsOfView::of(&few).sha256);
        assert_ne!(among(std::slice::from_ref(&case)), among(&[case, learnt("c", "", None)]));
    }

    /// A manifest has to mean the same to every later program.
    #[test]
    fn the_digest_of_known_rows_is_known() {
        let known = RowsOfView::of(&[learnt("damp", "roof", Some("case-1"))]);
        assert_eq!(known.sha256, "706083a33cbe83ff7a9852d652bb86d9de2f64d770bd77375ee2bd30a1cc78e7");
    }
}

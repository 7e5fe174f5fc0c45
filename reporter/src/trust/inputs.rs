//! The rows that a report was made from, told apart from all others by digests.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::sha256;
use crate::error::{Error, Result};
use crate::source::Source;

/// What a report was made from. The same rows give the same, from whichever database and in whatever order they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct RowsOfView {
    /// How many.
    pub rows: usize,
    /// The digest over all of them, each as a line of JSON, in the order of these lines.
    pub sha256: String,
}

macro_rules! views {
    ($source:ident: $($view:literal => $rows:ident),+ $(,)?) => {
        BTreeMap::from([$(($view.to_owned(), rows(&$source.$rows)?)),+])
    };
}

impl Inputs {
    /// What the rows of a landlord are known by.
    ///
    /// # Errors
    /// Never for rows of the contract; an error rather than a panic all the same.
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
            "report_equality" => equality,
        );
        views.insert("report_landlords".to_owned(), rows(landlord)?);
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
        if self.calendar_sha256 != before.calendar_sha256 {
            let (then, now) = (&before.calendar, &self.calendar);
            changes.push(format!("the calendar: {then} then, {now} now"));
        }
        changes
    }
}

fn rows<T: Serialize>(rows: &[T]) -> Result<RowsOfView> {
    let line = |row: &T| serde_json::to_string(row).map_err(|error| Error::Unwritable(error.to_string()));
    let mut lines = rows.iter().map(line).collect::<Result<Vec<String>>>()?;
    lines.sort_unstable();
    let whole = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    Ok(RowsOfView { rows: rows.len(), sha256: sha256(whole.as_bytes()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_rows_does_not_matter_and_everything_else_does() {
        let one = rows(&["a", "b"]).unwrap();
        assert_eq!(one, rows(&["b", "a"]).unwrap());
        assert_ne!(one, rows(&["ab"]).unwrap());
        assert_ne!(one.sha256, rows(&["a", "c"]).unwrap().sha256);
        assert_ne!(rows(&["a", "a"]).unwrap().sha256, rows(&["a"]).unwrap().sha256);
    }
}

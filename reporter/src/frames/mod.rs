//! From the rows of the contract to polars frames: every row is placed in a period or excluded by name, and what the
//! shared measures say of it becomes a word to group by.

mod cases;
mod classified;
mod frame;
mod ledger;
mod linked;
mod notices;
mod ombudsman;
mod remedies;
mod residents;
mod scope;
mod stages;
mod waits;

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use polars::prelude::DataFrame;
use redress_shared::measure::StockType;

pub use classified::{last_day, policy_last_day};
pub use frame::Rows;
pub use ledger::{Account, Ledger, LeftOut, Place};
pub use ombudsman::FINDINGS;
pub use scope::{BEFORE, EARLIER, History, NOW, OUTSIDE, Scope, Window, YEAR_AGO, history_key};

pub use waits::UNCOUNTED;

use crate::error::Result;
use crate::source::{Case, Source, Stock};

/// All frames of one landlord.
#[derive(Debug)]
pub struct Frames {
    /// Stages of complaints in the figures.
    pub stages: DataFrame,
    /// Stages not yet answered on the report's date, of whatever period.
    pub open: DataFrame,
    /// How long each stage took.
    pub waits: DataFrame,
    /// Stages of the control charts' periods.
    pub history: DataFrame,
    /// Cases of every kind.
    pub cases: DataFrame,
    /// What is remarkable about complaints: represented, anonymous and the like; several to a case.
    pub remarks: DataFrame,
    /// Categories of complaints; several to a case.
    pub categories: DataFrame,
    /// Refusals of complaints and of escalations.
    pub refusals: DataFrame,
    /// Requests to escalate.
    pub escalations: DataFrame,
    /// Remedies, with the money offered.
    pub remedies: DataFrame,
    /// Money offered, paid and set off, as three rows to a remedy.
    pub money: DataFrame,
    /// Actions by when they were done.
    pub actions: DataFrame,
    /// Notices of an extension.
    pub extensions: DataFrame,
    /// Restrictions of contact.
    pub restrictions: DataFrame,
    /// The Ombudsman's findings.
    pub findings: DataFrame,
    /// Orders and recommendations.
    pub orders: DataFrame,
    /// Complaint handling failure orders.
    pub failure_orders: DataFrame,
    /// What still has to be done on the report's date, of whatever period.
    pub outstanding: DataFrame,
    /// The learning register, counted.
    pub learning: DataFrame,
    /// Survey answers.
    pub surveys: DataFrame,
    /// How many stages of the period can still be answered in time.
    pub within_time: u64,
    /// What residents told of themselves.
    pub equality: DataFrame,
    /// Risks flagged.
    pub risks: DataFrame,
    /// Residents behind the complaints received in the period.
    pub complainants: u64,
    /// Residents behind the stage 1 complaints of the period.
    pub residents: u64,
}

/// Places every row of the source.
///
/// # Errors
/// When a frame cannot be built. Faults of the data go into the ledger.
pub fn build(source: &Source, scope: &Scope, ledger: &mut Ledger) -> Result<Frames> {
    let by_id: BTreeMap<&str, &Case> =
        source.cases.iter().map(|case| (case.case_id.as_str(), case)).collect();
    ledger.refuse_twins("report_cases", source.cases.iter().map(|case| format!("case {}", case.case_id)));
    let stock_names = source.stock.iter().map(|row| format!("{} {}", row.year_start, row.stock_type));
    ledger.refuse_twins("report_stock", stock_names);
    let stage_names = source.stages.iter().map(|row| format!("case {} stage {}", row.case_id, row.stage));
    ledger.refuse_twins("report_stages", stage_names);
    place_all(
        ("report_stock", &source.stock),
        ledger,
        |row| format!("{} {}", row.year_start, row.stock_type),
        |row| stock(row, scope),
    );
    let stages = stages::stages(source, &by_id, scope, ledger);
    let (cases, remarks) = cases::cases(source, &stages.first, scope, ledger);
    let mut outstanding = Rows::new(&["what", "state"]);
    let linked = linked::linked(source, &by_id, &stages.first, scope, ledger, &mut outstanding);
    let ombudsman = ombudsman::ombudsman(source, &by_id, scope, ledger, &mut outstanding);
    let complainants = residents::complainants(source, scope);
    residents::refuse_more_than(complainants, source, scope, ledger);
    Ok(Frames {
        stages: stages.counted.into_frame()?,
        open: stages.open.into_frame()?,
        waits: stages.waits.into_frame()?,
        history: stages.history.into_frame()?,
        cases: cases.into_frame()?,
        remarks: remarks.into_frame()?,
        categories: linked.categories.into_frame()?,
        refusals: linked.refusals.into_frame()?,
        escalations: linked.escalations.into_frame()?,
        remedies: linked.remedies.into_frame()?,
        money: linked.money.into_frame()?,
        actions: linked.actions.into_frame()?,
        extensions: notices::extensions(source, &by_id, scope, ledger).into_frame()?,
        restrictions: notices::restrictions(source, &by_id, scope, ledger).into_frame()?,
        findings: ombudsman.findings.into_frame()?,
        orders: ombudsman.orders.into_frame()?,
        failure_orders: ombudsman.failure_orders.into_frame()?,
        outstanding: outstanding.into_frame()?,
        learning: linked.learning.into_frame()?,
        surveys: linked.surveys.into_frame()?,
        equality: residents::equality(source, scope, ledger).into_frame()?,
        risks: residents::risks(source, &by_id, scope, ledger).into_frame()?,
        complainants,
        within_time: stages.within_time,
        residents: stages.residents,
    })
}

/// Homes are used when a period of the report begins in their year.
fn stock(row: &Stock, scope: &Scope) -> Place {
    if StockType::parse(&row.stock_type).is_none() || row.homes < 0 {
        return Place::Nowhere(format!("{} homes of type \"{}\"", row.homes, row.stock_type));
    }
    let next_year = row.year_start.checked_add_months(Months::new(12));
    let is_year_of =
        |day: NaiveDate| row.year_start <= day && next_year.is_none_or(|next_year| day < next_year);
    let window = scope.windows.iter().find(|window| is_year_of(window.period.first));
    window.map_or(Place::Excluded(OUTSIDE), |window| Place::Counted(window.key))
}

/// Books every row and returns those in a figure, with their window.
fn place_all<'a, T>(
    (view, rows): (&'static str, &'a [T]),
    ledger: &mut Ledger,
    name: impl Fn(&T) -> String,
    place: impl Fn(&T) -> Place,
) -> Vec<(&'a T, &'static str)> {
    ledger.open(view, rows.len());
    let mut counted = Vec::new();
    for row in rows {
        let placed = place(row);
        ledger.book(view, &placed, || name(row));
        if let Place::Counted(window) = placed {
            counted.push((row, window));
        }
    }
    counted
}

/// A place, unless a word of the row is none of those known: then nowhere.
fn with_known_word(what: &str, word: &str, known: &[&str], place: impl FnOnce() -> Place) -> Place {
    if known.contains(&word) {
        place()
    } else {
        Place::Nowhere(format!("\"{word}\" is no {what} ({})", known.join(", ")))
    }
}

/// A place, unless the case of the row is missing: then nowhere.
fn with_case(by_id: &BTreeMap<&str, &Case>, case_id: &str, place: impl FnOnce() -> Place) -> Place {
    if by_id.contains_key(case_id) {
        place()
    } else {
        Place::Nowhere("its case is not in report_cases".to_owned())
    }
}

//! From the rows of the contract to frames: every row is placed in a period or excluded by name, and what the
//! shared measures say of it becomes a word to group by.

mod account;
mod cases;
mod classified;
mod derived;
mod extended;
mod frame;
mod ledger;
mod linked;
mod notices;
mod ombudsman;
mod remedies;
mod residents;
mod scope;
mod slot;
mod stages;
mod waits;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use redress_shared::measure::StockType;

pub use account::{Account, Tally};
pub use classified::{last_day, policy_last_day};
pub use derived::{AMOUNTS, OPEN_STAGES, OUTSTANDING, REMARKS, WAITS};
pub use frame::{Rows, Words};
pub use ledger::{Ledger, LeftOut, Place};
pub use ombudsman::FINDINGS;
pub use scope::{BEFORE, EARLIER, History, NOW, OUTSIDE, Scope, TO_DATE, Window, YEAR_AGO, history_key};
pub use slot::{Slot, Slots};
pub use stages::STAGES;

pub use waits::UNCOUNTED;

use crate::error::Result;
use crate::source::{Case, Source, Stock};

/// All frames of one landlord.
#[derive(Debug)]
pub struct Frames {
    /// Stages of complaints in the figures.
    pub stages: Arc<Rows>,
    /// Stages not yet answered on the report's date, of whatever period.
    pub open: Arc<Rows>,
    /// How long each stage took.
    pub waits: Arc<Rows>,
    /// Cases of every kind.
    pub cases: Arc<Rows>,
    /// What is remarkable about complaints: represented, anonymous and the like; several to a case.
    pub remarks: Arc<Rows>,
    /// Categories of complaints; several to a case.
    pub categories: Arc<Rows>,
    /// Refusals of complaints and of escalations.
    pub refusals: Arc<Rows>,
    /// Requests to escalate.
    pub escalations: Arc<Rows>,
    /// Remedies, with the money offered.
    pub remedies: Arc<Rows>,
    /// Money offered, paid and set off, as three rows to a remedy.
    pub money: Arc<Rows>,
    /// Actions by when they were done.
    pub actions: Arc<Rows>,
    /// Notices of an extension.
    pub extensions: Arc<Rows>,
    /// Restrictions of contact.
    pub restrictions: Arc<Rows>,
    /// The Ombudsman's findings.
    pub findings: Arc<Rows>,
    /// Orders and recommendations.
    pub orders: Arc<Rows>,
    /// Complaint handling failure orders.
    pub failure_orders: Arc<Rows>,
    /// What still has to be done on the report's date, of whatever period.
    pub outstanding: Arc<Rows>,
    /// The learning register, counted.
    pub learning: Arc<Rows>,
    /// Survey answers.
    pub surveys: Arc<Rows>,
    /// What residents told of themselves.
    pub equality: Arc<Rows>,
    /// Risks flagged.
    pub risks: Arc<Rows>,
    /// By slot, residents behind the complaints received.
    pub complainants: BTreeMap<&'static str, u64>,
    /// By slot, residents behind the complaints made at stage 1.
    pub residents: BTreeMap<&'static str, u64>,
}

/// The cases by their ids.
type ById<'a> = Index<&'a str, &'a Case>;

/// What is looked up with every row: with a quicker hash than the standard library's, seeded anew with every run as that is.
pub(crate) type Index<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// Places every row of the source but homes, which are of a report's own periods: [`place_stock`]. The windows of the scope are
/// slots of time, which [`Scope::joined`] makes.
///
/// # Errors
/// When a frame cannot be built. Faults of the data go into the ledger.
pub fn build(source: &Source, scope: &Scope, ledger: &mut Ledger) -> Result<Frames> {
    let by_id: ById<'_> = source.cases.iter().map(|case| (case.case_id.as_str(), case)).collect();
    refuse_twins(source, &by_id, ledger);
    let stages = stages::stages(source, &by_id, scope, ledger);
    let (cases, remarks) = cases::cases(source, &stages.first, scope, ledger);
    let mut outstanding = Rows::new(&["what", "state"]);
    let linked = linked::linked(source, &by_id, &stages.first, scope, ledger, &mut outstanding);
    let ombudsman = ombudsman::ombudsman(source, &by_id, scope, ledger, &mut outstanding);
    let complainants = residents::complainants(source, scope);
    Ok(Frames {
        stages: Arc::new(stages.counted),
        open: Arc::new(stages.open),
        waits: Arc::new(stages.waits),
        cases: Arc::new(cases),
        remarks: Arc::new(remarks),
        categories: Arc::new(linked.categories),
        refusals: Arc::new(linked.refusals),
        escalations: Arc::new(linked.escalations),
        remedies: Arc::new(linked.remedies),
        money: Arc::new(linked.money),
        actions: Arc::new(linked.actions),
        extensions: Arc::new(notices::extensions(source, &by_id, scope, ledger)),
        restrictions: Arc::new(notices::restrictions(source, &by_id, scope, ledger)),
        findings: Arc::new(ombudsman.findings),
        orders: Arc::new(ombudsman.orders),
        failure_orders: Arc::new(ombudsman.failure_orders),
        outstanding: Arc::new(outstanding),
        learning: Arc::new(linked.learning),
        surveys: Arc::new(linked.surveys),
        equality: Arc::new(residents::equality(source, scope, ledger)),
        risks: Arc::new(residents::risks(source, &by_id, scope, ledger)),
        complainants,
        residents: stages.residents,
    })
}

/// A case, a stage or a year's homes that came in twice would be counted twice.
fn refuse_twins(source: &Source, by_id: &ById<'_>, ledger: &mut Ledger) {
    // As a rule there are as many ids as cases.
    if by_id.len() < source.cases.len() {
        let cases = source.cases.iter().map(|case| case.case_id.as_str());
        ledger.refuse_twins("report_cases", cases, |case| format!("case {case}"));
    }
    let stock = source.stock.iter().map(|row| (row.year_start, row.stock_type.as_str()));
    ledger.refuse_twins("report_stock", stock, |(year, stock)| format!("{year} {stock}"));
    let stages = source.stages.iter().map(|row| (row.case_id.as_str(), row.stage));
    ledger.refuse_twins("report_stages", stages, |(case, stage)| format!("case {case} stage {stage}"));
}

/// Books every row of homes in a report's own periods.
pub fn place_stock(source: &Source, scope: &Scope, ledger: &mut Ledger) {
    place_all(
        ("report_stock", &source.stock),
        ledger,
        |row| format!("{} {}", row.year_start, row.stock_type),
        |row| stock(row, source, scope),
    );
}

/// Homes are used when the report goes by those of their year, and no later count of the same type stands in their place.
fn stock(row: &Stock, source: &Source, scope: &Scope) -> Place {
    if StockType::parse(&row.stock_type).is_none() || row.homes < 0 {
        return Place::Nowhere(format!("{} homes of type \"{}\"", row.homes, row.stock_type));
    }
    if !scope.goes_by_homes_of(row.year_start) {
        return Place::Excluded(OUTSIDE);
    }
    let is_later = |other: &&Stock| {
        other.stock_type == row.stock_type
            && other.year_start > row.year_start
            && scope.goes_by_homes_of(other.year_start)
    };
    if source.stock.iter().any(|other| is_later(&other)) {
        return Place::Excluded("of homes that were counted again since");
    }
    Place::Counted(NOW)
}

/// Books every row and returns those in a figure, with their window.
fn place_all<'a, T>(
    (view, rows): (&'static str, &'a [T]),
    ledger: &mut Ledger,
    name: impl Fn(&T) -> String,
    place: impl Fn(&T) -> Place,
) -> Vec<(&'a T, &'static str)> {
    let mut booking = ledger.booking(view, rows.len());
    let mut counted = Vec::new();
    for row in rows {
        let placed = place(row);
        booking.book(&placed, || name(row));
        if let Place::Counted(window) = placed {
            counted.push((row, window));
        }
    }
    counted
}

/// A month's name in data: "2025-04".
fn month_of(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] =
        ["-01", "-02", "-03", "-04", "-05", "-06", "-07", "-08", "-09", "-10", "-11", "-12"];
    // Made for every row: several times as quick as to format it.
    let mut month = day.year().to_string();
    month.push_str(MONTHS[day.month0() as usize]);
    month
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
fn with_case(by_id: &ById<'_>, case_id: &str, place: impl FnOnce() -> Place) -> Place {
    if by_id.contains_key(case_id) {
        place()
    } else {
        Place::Nowhere("its case is not in report_cases".to_owned())
    }
}

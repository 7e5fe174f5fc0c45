//! The tables that the annual report alone has: where the Code was not complied with, what was improved, and the Ombudsman's
//! reports.

use chrono::NaiveDate;
use redress_shared::assessment::answers::{Answers, OmbudsmanReport, Part, ReportOn};
use redress_shared::calendar::words::long_date;
use redress_shared::code::ombudsman;

use crate::frames::{NOW, Place};
use crate::request::Variant;
use crate::source::{FailureOrder, Finding, Order};
use crate::views::words::counted;
use crate::views::{CellView, Report, TableView, label};

/// Improvements that the landlord tells of beyond the learning register.
pub(super) fn improvements(given: Option<&Answers>) -> TableView {
    let columns = [("what", "What is better now"), ("made", "Made")];
    let mut table = TableView::new(
        "improvements",
        "Further improvements made through learning",
        "What was learnt",
        &columns,
    );
    for (number, improvement) in (1_u32..).zip(given.into_iter().flat_map(|given| &given.improvements)) {
        let made = improvement.made_on.map_or_else(|| "In hand".to_owned(), long_date);
        let cells = vec![CellView::words(&improvement.what), CellView::words(&made)];
        table.row(&number.to_string(), &improvement.learnt_from, cells);
    }
    table
}

/// The Ombudsman's reports, by reference.
pub(super) fn ombudsman_reports(given: Option<&Answers>) -> TableView {
    let columns = [
        ("on", "About"),
        ("published", "Published"),
        ("address", "Where to read it"),
        ("taken", "What we take from it"),
    ];
    let mut table =
        TableView::new("ombudsman-reports", "The Ombudsman's reports, by reference", "Title", &columns);
    let row = |table: &mut TableView, number: u32, report: &OmbudsmanReport| {
        let about = match report.on {
            ReportOn::Landlord => "this landlord",
            ReportOn::Other => "what concerns its work",
        };
        let published = long_date(report.published_on);
        let taken = report.taken_from_it.as_deref().unwrap_or("–");
        let cells = [about, published.as_str(), report.web_address.as_str(), taken].map(CellView::words);
        table.row(&number.to_string(), &report.title, cells.to_vec());
    };
    for (number, report) in (1..).zip(given.into_iter().flat_map(|given| &given.ombudsman_reports)) {
        row(&mut table, number, report);
    }
    for (part, what) in [
        (Part::LandlordReport, "There is no annual report of the Ombudsman's on the landlord for the year."),
        (Part::OtherReports, "No other report of the Ombudsman's concerned the landlord's work."),
    ] {
        if given.is_some_and(|given| given.has_nothing_on(part)) {
            table = table.note(what);
        }
    }
    table
}

/// Something that was found: when, what, and what was done about it.
type Found = (NaiveDate, String, String);

/// How landlords and the Ombudsman write that an issue is how the complaint was handled.
const ABOUT_HANDLING: [&str; 7] = [
    "complaint handling",
    "complaints handling",
    "complaint's handling",
    "handling of complaint",
    "handling of the complaint",
    "handling of the resident's complaint",
    "associated complaint",
];

/// Whether an issue of a determination is how the complaint was handled, by the landlord's own words for it.
fn is_about_handling(finding: &Finding) -> bool {
    let about = finding.about.to_lowercase().replace('’', "'");
    ABOUT_HANDLING.iter().any(|words| about.contains(words))
}

/// Whether a finding is a failing.
fn is_failing(finding: &Finding) -> bool {
    let known = ombudsman().ok().and_then(|data| data.finding(&finding.finding));
    known.is_some_and(|known| known.in_numerator)
}

impl Report<'_> {
    /// Where the Ombudsman found that the Code was not complied with: complaint handling failure orders of the year, failings in
    /// how a complaint was handled, and what else the landlord tells of.
    #[must_use]
    pub fn non_compliance(&self, given: Option<&Answers>) -> TableView {
        let columns = [("on", "Found"), ("done", "What was done")];
        let caption = "Findings of non-compliance with the Code";
        let mut table = TableView::new("non-compliance", caption, "What the Ombudsman found", &columns);
        let placed = |day| self.scope.place(day) == Place::Counted(NOW);
        let orders = self.source.failure_orders.iter().filter(|order| placed(order.issued_on));
        let told = given.into_iter().flat_map(|given| &given.non_compliance);
        let mut found: Vec<Found> = orders.map(|order| self.failure_order(order)).collect();
        found.extend(self.handling_failures());
        found.extend(told.map(|told| (told.found_on, label(&told.found), told.done.clone())));
        found.sort();
        for (number, (on, what, done)) in (1_u32..).zip(found) {
            table.row(
                &number.to_string(),
                &what,
                vec![CellView::words(&long_date(on)), CellView::words(&done)],
            );
        }
        let others = self.failings().filter(|finding| !is_about_handling(finding)).count();
        if others > 0 {
            table = table.note(format!(
                "Found by the Ombudsman in the year, and by the words recorded about other matters than how a complaint was handled: {}.",
                counted(u64::try_from(others).unwrap_or(u64::MAX), "further failing")
            ));
        }
        if given.is_some_and(|given| given.has_nothing_on(Part::NonCompliance)) {
            table = table.note("The landlord knows of no other finding of non-compliance.");
        }
        table
    }

    fn failure_order(&self, order: &FailureOrder) -> Found {
        let kind = u8::try_from(order.failure_type).ok();
        let known = ombudsman().ok().zip(kind).and_then(|(data, kind)| data.failure_order(kind));
        let title = known.map_or_else(String::new, |known| format!(": {}", known.title.to_lowercase()));
        let reference = self.behind(&order.reference, order.case_id.as_deref());
        let what = format!(
            "Complaint handling failure order or notice, type {}{title}{reference}",
            order.failure_type
        );
        let done = match (self.scope.known(order.complied_on), order.due_on) {
            (Some(on), _) => format!("Complied with on {}", long_date(on)),
            (None, Some(due)) => format!("Not complied with yet; due {}", long_date(due)),
            (None, None) => "Not complied with yet".to_owned(),
        };
        (order.issued_on, what, done)
    }

    /// Failings that the Ombudsman found in the year.
    fn failings(&self) -> impl Iterator<Item = &Finding> {
        let placed = |finding: &&Finding| self.scope.place(finding.determined_on) == Place::Counted(NOW);
        self.source.findings.iter().filter(placed).filter(|finding| is_failing(finding))
    }

    /// Determinations of the year with a failing in how the complaint was handled, each with what became of its orders.
    fn handling_failures(&self) -> Vec<Found> {
        self.failings()
            .filter(|finding| is_about_handling(finding))
            .map(|finding| {
                let reference = self.behind(&finding.reference, Some(finding.case_id.as_str()));
                let what = format!("{} in how a complaint was handled{reference}", label(&finding.finding));
                (finding.determined_on, what, self.orders_of(&finding.reference))
            })
            .collect()
    }

    fn orders_of(&self, reference: &str) -> String {
        let of = |order: &&Order| order.reference == reference && order.kind == "order";
        let orders: Vec<&Order> = self.source.orders.iter().filter(of).collect();
        let done = orders.iter().filter(|order| self.scope.known(order.complied_on).is_some()).count();
        match orders.len() {
            0 => "Nothing was ordered".to_owned(),
            all => format!("{done} of {all} orders of the determination complied with"),
        }
    }

    /// Which determination and case it was: for those who work on it, and for nobody else.
    fn behind(&self, reference: &str, case: Option<&str>) -> String {
        if self.variant == Variant::Published {
            return String::new();
        }
        let cases = self.references(&case.into_iter().collect::<Vec<_>>());
        format!(" ({})", [vec![reference.to_owned()], cases].concat().join(", "))
    }
}

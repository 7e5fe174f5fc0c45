//! A whole report, ready for its template.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use redress_shared::calendar::words::long_date;
use redress_shared::calendar::{Convention, Count, due_on};
use redress_shared::measure::provisional_until;
use serde::Serialize;

use super::paper::PaperView;
use super::policy::Fact;
use super::words::counted;
use super::{AnnualView, AssessmentView, CardView, ChangesView, ChartView, Report, TableView};
use crate::look::{Brand, Templates};
use crate::output::{Printed, Sheet};
use crate::request::{Request, Variant};

/// What a report of simulated cases says of itself.
pub const DEMONSTRATION: &str = "Demonstration: the cases, the homes and every figure here were made up by a simulation and \
     say nothing about the landlord named.";

/// What the sentence begins with that says why figures can still change.
pub const PROVISIONAL: &str = "Provisional: ";

/// What a report with references says of itself.
const WITH_REFERENCES: &str = "For the committee: figures are exact and cases are listed by their references. What goes on the \
     website is the published variant.";

/// What is hidden, in the variant for everybody.
const MASKING: &str = "Hidden are small counts, and what would give them away, in the tables of categories, services, areas, providers, \
     refusals, remedies, risks, of what residents told of themselves or is recorded of them, of reasons and lateness of requests to \
     escalate, of types of home that are not returned to the regulator, of complaints upheld only in part, of how complaints fared period \
     by period where one of them has fewer than five, and amounts paid to fewer than five. Never hidden are the regulator's measures and the landlord's totals: by stage, month and channel, by time taken, by whether \
     complaints were upheld, and how many were refused.";

/// A report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Document {
    /// What its page is drawn with.
    #[serde(skip)]
    pub templates: Templates,
    /// The landlord's colours and logo.
    pub brand: Brand,
    /// What kind of report.
    pub title: String,
    /// Whose.
    pub landlord: String,
    /// What its period is called.
    pub period: String,
    /// The period's dates in words.
    pub dates: String,
    /// The report's date.
    pub as_of: String,
    /// "Demonstration", "Draft", "Provisional", those that apply.
    pub badges: Vec<String>,
    /// What those mean here.
    pub states: Vec<String>,
    /// What stands on every printed page.
    pub paper: PaperView,
    /// Headline figures.
    pub cards: Vec<CardView>,
    /// Who it is for, as the policy says; empty in an annual report, and where no profile is held.
    pub readers: Vec<String>,
    /// What needs somebody's attention, a sentence each; empty in an annual report.
    pub attention: Vec<String>,
    /// What changed and what did not; empty in an annual report.
    pub changes: ChangesView,
    /// The charts, by the name the template knows them by; none where there is nothing to draw.
    pub charts: BTreeMap<&'static str, Vec<ChartView>>,
    /// The tables, by the name the template knows them by.
    pub tables: BTreeMap<&'static str, TableView>,
    /// The cases behind what needs attention, by the name the template knows the lists by; none in what is published.
    pub lists: BTreeMap<&'static str, Vec<TableView>>,
    /// Whether it is a draft, which every page of it says.
    pub is_draft: bool,
    /// The self-assessment form; none in a committee's report.
    pub assessment: Option<AssessmentView>,
    /// What the annual report has beyond its figures; none in other reports.
    pub annual: Option<AnnualView>,
    /// What the policy is and who answers for what under it; empty in a committee's report, and where no profile is held.
    pub policy: Vec<Fact>,
    /// What is hidden in what is published and what never is; empty where every figure is exact.
    pub masking: &'static str,
    /// The edition of the calendar that due dates were counted on.
    pub calendar_version: String,
}

impl Printed for Document {
    fn sheets(&self) -> Vec<Sheet> {
        let mut sheets = Vec::new();
        if !self.cards.is_empty() {
            sheets.push(headlines(&self.cards));
        }
        sheets.extend(self.tables.values().chain(self.lists.values().flatten()).map(Sheet::of));
        sheets.extend(self.assessment.as_ref().map(AssessmentView::sheet));
        sheets
    }

    fn templates(&self) -> &Templates {
        &self.templates
    }
}

fn headlines(cards: &[CardView]) -> Sheet {
    let mut sheet = Sheet::new("headlines", &["figure", "label", "value", "of", "compared"]);
    for card in cards {
        let compared = card.comparisons.join("; ");
        sheet.line([&card.figure, &card.label, &card.value, &card.of, &compared]);
    }
    sheet
}

impl Document {
    /// The same with what stands on every printed page: so it comes last.
    #[must_use]
    pub fn on_paper(mut self) -> Self {
        self.paper = PaperView::of(&self);
        self
    }

    /// Marks it as a draft, where anything is still wanted, and says what.
    pub(super) fn draft(&mut self, request: &Request, wanted: &[String]) {
        if wanted.is_empty() {
            return;
        }
        let place = usize::from(request.demonstration);
        self.is_draft = true;
        self.badges.insert(place, "Draft".to_owned());
        self.states.insert(place, format!("Draft: {}", wanted.join(" ")));
    }
}

pub(super) fn document(report: &Report<'_>, request: &Request, title: &str) -> Document {
    let period = report.scope.period();
    let provisional = provisional(report).map(|sentence| match &request.provisional_reason {
        Some(reason) => format!("{sentence} Published all the same: {reason}"),
        None => sentence,
    });
    let mut badges: Vec<String> = provisional.iter().map(|_| "Provisional".to_owned()).collect();
    let mut states: Vec<String> = provisional.into_iter().chain(before_records(report)).collect();
    if request.variant == Variant::Committee {
        badges.insert(0, "Not for publication".to_owned());
        states.insert(0, WITH_REFERENCES.to_owned());
    }
    if request.demonstration {
        badges.insert(0, "Demonstration".to_owned());
        states.insert(0, DEMONSTRATION.to_owned());
    }
    Document {
        templates: request.look.templates.clone(),
        brand: request.look.brand.clone(),
        title: title.to_owned(),
        landlord: report.source.landlord.name.clone(),
        period: period.label.clone(),
        dates: format!("{} to {}", long_date(period.first), long_date(period.last)),
        as_of: long_date(report.scope.as_of),
        badges,
        states,
        paper: PaperView::default(),
        cards: report.cards(),
        readers: Vec::new(),
        attention: Vec::new(),
        changes: ChangesView::default(),
        charts: BTreeMap::from([("months", report.chart())]),
        tables: common_tables(report),
        lists: BTreeMap::new(),
        is_draft: false,
        assessment: None,
        annual: None,
        policy: Vec::new(),
        masking: if report.is_published() { MASKING } else { "" },
        calendar_version: report.source.calendar.version().to_owned(),
    }
}

fn common_tables(report: &Report<'_>) -> BTreeMap<&'static str, TableView> {
    BTreeMap::from([
        ("months", report.by_month()),
        ("kinds", report.kinds()),
        ("channels", report.channels()),
        ("categories", report.categories()),
        ("providers", report.providers()),
        ("contractors", report.contractors()),
        ("outcomes", report.outcomes()),
        ("acknowledged", report.acknowledgements()),
        ("responses", report.responses()),
        ("extensions", report.extensions()),
        ("refusals", report.refused_complaints()),
        ("refused_escalations", report.refused_escalations()),
        ("escalation", report.escalation()),
        ("escalation_requests", report.escalation_requests()),
        ("findings", report.findings()),
        ("orders", report.orders()),
        ("outstanding", report.outstanding()),
        ("remedies", report.remedies()),
        ("money", report.money()),
        ("actions", report.actions()),
        ("learning", report.learning()),
        ("choices", report.choices()),
        ("markers", report.markers()),
        ("reconciliation", report.reconciliation()),
        ("derived", report.derived()),
        ("left_out", report.left_out()),
    ])
}

/// That a period compared with lies before the first case on record: then nothing is known of it, and a nought is no count.
fn before_records(report: &Report<'_>) -> Option<String> {
    let first = report.source.cases.iter().map(|case| case.received_on).min()?;
    let unknown: Vec<&str> = report
        .scope
        .windows
        .iter()
        .skip(1)
        .map(|window| &window.period)
        .filter(|period| period.last < first)
        .map(|period| period.label.as_str())
        .collect();
    (!unknown.is_empty()).then(|| {
        format!(
            "The records begin with what was received on {}. What stands under {} is not known to be none: nothing is on record.",
            long_date(first), unknown.join(" and ")
        )
    })
}

/// A report is provisional while an answer to a case of its period can still be in time.
fn provisional(report: &Report<'_>) -> Option<String> {
    let last = last_in_time(report);
    let (as_of, period) = (report.scope.as_of, report.scope.period());
    let until = last.filter(|until| as_of < *until);
    // With the clock as acknowledged, a stage acknowledged late can be within time after the last date of the others.
    if until.is_none() && report.within_time == 0 && as_of > period.last {
        return None;
    }
    let running = if report.scope.is_over(period) {
        String::new()
    } else {
        format!("the period ends on {}, and ", long_date(period.last))
    };
    let until = until.map_or_else(String::new, |until| format!(", until {}", long_date(until)));
    let (standing, with) = match report.within_time {
        0 => ("no stage of the period is open within its time".to_owned(), " with what is recorded later"),
        open => (format!("{} of the period can still be answered in time", counted(open, "stage")), ""),
    };
    Some(format!("{PROVISIONAL}{running}{standing} on the report's date; figures can change{with}{until}."))
}

/// The last date by which an answer to a case of the period can be in time ([`provisional_until`]), on the calendar that the cases'
/// dates were counted on. Past its last year of known bank holidays there is no such date yet: the report is then provisional for as
/// long as a case of its period is within time.
fn last_in_time(report: &Report<'_>) -> Option<NaiveDate> {
    let calendar = &report.source.calendar;
    let count = |day, days| due_on(calendar, Convention::After, day, Count::working_days(days));
    provisional_until(report.scope.period(), count).ok()
}

//! The rows of the contract, made of the cases themselves: for a source that has logs or histories, and no views.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use redress_shared::case::record::Digest;
use redress_shared::case::rows::{CaseRows, ResidentRow, RowsError};
use redress_shared::case::{Case, Rules, chain};

use super::contract::{
    Action, Case as CaseOfView, Category, Equality, Escalation, Extension, FailureOrder, Finding, Held,
    LoggedEvent, Order, Refusal, Remedy, Restriction, Risk, Row, Stage, Survey,
};
use super::{KeptCalendar, Landlord, Learning, Stock};

impl Held {
    /// One landlord's rows of a view.
    pub(super) fn rows<R: Row>(&self, landlord_id: &str) -> Vec<R> {
        let is_of = |landlord: &Landlord| landlord.landlord_id == landlord_id;
        if self.report_landlords.iter().any(is_of) { R::held(self).to_vec() } else { Vec::new() }
    }
}

/// What residents told of themselves, by the day of receipt, what it is about and the answer.
type Told = BTreeMap<(NaiveDate, &'static str, String), i64>;

/// One landlord's rows on their way.
pub(super) struct Filling {
    held: Held,
    landlord: String,
    told: Told,
    /// By case, the case that it came out of.
    came_from: BTreeMap<String, String>,
}

/// A case with everything that its rows are made of.
pub(super) struct Made<'a> {
    /// The case.
    pub(super) case: &'a Case,
    /// What it falls under.
    pub(super) rules: &'a Rules,
    /// Its log, as it is kept.
    pub(super) log: &'a [String],
    /// The words of a record, where they are known.
    pub(super) words: &'a dyn Fn(&str) -> Option<String>,
}

/// Whether a history was brought in, as its first event tells.
fn is_imported(log: &[String]) -> bool {
    #[derive(serde::Deserialize)]
    struct Flag {
        #[serde(default)]
        imported: bool,
    }
    let first = log.first().and_then(|event| serde_json::from_str::<Flag>(event).ok());
    first.is_some_and(|flag| flag.imported)
}

/// Rows of a view out of the computed ones of a case: the same columns, save for those that are said.
macro_rules! fill {
    ($held:expr, $view:ident as $row:ident of ($landlord:expr, $case:expr), $from:ident in $rows:expr, { $($field:ident $(= $value:expr)?),+ $(,)? }) => {
        $held.$view.extend($rows.into_iter().map(|$from| $row {
            landlord_id: $landlord.clone(),
            case_id: $case.to_owned().into(),
            $($field: fill!(@value $from.$field $(= $value)?),)+
        }))
    };
    (@value $from:ident.$field:ident) => { $from.$field };
    (@value $from:ident.$field:ident = $value:expr) => { $value };
}

impl Filling {
    /// A landlord without cases.
    pub(super) fn new(landlord: Landlord, stock: Vec<Stock>, calendar: Option<KeptCalendar>) -> Self {
        let id = landlord.landlord_id.clone();
        let held = Held {
            report_landlords: vec![landlord],
            report_stock: stock,
            report_calendar: calendar.into_iter().collect(),
            ..Held::default()
        };
        Self { held, landlord: id, told: Told::new(), came_from: BTreeMap::new() }
    }

    /// Puts a case's rows in.
    ///
    /// # Errors
    /// When a due date lies past the calendar, or a sum is larger than a column holds.
    pub(super) fn put(&mut self, made: &Made<'_>) -> Result<(), RowsError> {
        let rows = CaseRows::of(made.case, made.rules)?;
        let id = made.case.id.to_string();
        self.log(made, &id);
        self.told_by(&rows);
        self.case(&rows, &id, is_imported(made.log));
        self.outcome(rows, &id, made.words);
        Ok(())
    }

    /// The rows of all cases that were put in. What residents told is that which the cases hold, unless it was counted elsewhere.
    pub(super) fn done(mut self, counted: Option<Vec<Equality>>) -> Held {
        let kinds: BTreeMap<String, String> =
            self.held.report_cases.iter().map(|case| (case.case_id.clone(), case.kind.clone())).collect();
        for case in &mut self.held.report_cases {
            let origin = self.came_from.get(&case.case_id).and_then(|origin| kinds.get(origin));
            case.from_service_request = origin.is_some_and(|kind| kind != "complaint");
        }
        let landlord_id = self.landlord;
        let told =
            |((received_on, characteristic, answer), residents): ((NaiveDate, &'static str, String), i64)| {
                Equality {
                    landlord_id: landlord_id.clone(),
                    received_on,
                    characteristic: characteristic.to_owned(),
                    answer,
                    residents,
                }
            };
        self.held.report_equality = counted.unwrap_or_else(|| self.told.into_iter().map(told).collect());
        self.held
    }

    fn log(&mut self, made: &Made<'_>, id: &str) {
        let mut last = Digest::default();
        for (sequence, event) in (1..).zip(made.log) {
            last = chain::link(made.case.id, last, event);
            self.held.report_events.push(LoggedEvent {
                landlord_id: self.landlord.clone(),
                case_id: id.to_owned(),
                sequence,
                event: event.clone(),
                digest: last.to_string(),
            });
        }
        for resident in &made.case.parties.recorded {
            let answer = resident.ethnicity.as_ref().map(|kept| {
                let said = (made.words)(&kept.record.to_string());
                said.unwrap_or_else(|| "[erased]".to_owned())
            });
            if let (Some(answer), "complaint") = (answer, made.case.kind.as_str()) {
                let day = redress_shared::calendar::london::date_of(made.case.received_at);
                *self.told.entry((day, "ethnicity", answer)).or_default() += 1;
            }
        }
    }

    fn told_by(&mut self, rows: &CaseRows) {
        let mut count = |characteristic: &'static str, told: fn(&ResidentRow) -> bool| {
            let residents = i64::try_from(rows.residents.iter().filter(|row| told(row)).count()).unwrap_or(0);
            if residents > 0 && rows.case.kind == "complaint" {
                let place = (rows.case.received_on, characteristic, "told".to_owned());
                *self.told.entry(place).or_default() += residents;
            }
        };
        count("disability", |row| row.disability);
        count("vulnerability", |row| row.vulnerability);
        count("adjustment", |row| row.adjustment);
    }

    /// The case's own row, its categories and its stages.
    fn case(&mut self, rows: &CaseRows, id: &str, imported: bool) {
        let landlord = &self.landlord;
        let case = rows.case.clone();
        self.held.references.extend(rows.references.iter().map(|reference| reference.value.clone()));
        self.came_from.extend(case.came_from.clone().map(|origin| (id.to_owned(), origin)));
        fill!(self.held, report_cases as CaseOfView of (landlord, id), row in [case], {
            reference = rows.references.iter().map(|reference| reference.value.clone()).min(),
            kind, received_on, recorded_on, channel, stock_type, tenure, residents = row.residents.into(),
            anonymous, represented, service_area, third_party = row.contractor.is_some(), contractor, area,
            phase, triage, closed_on, closed_why, withdrawn_on, directed_on, hazard,
            adjustments = row.adjustments.into(), vulnerable, from_service_request = false, became_complaint,
            reopened = row.reopened.into(), policy_id, code_id, referred_on, settled_on, imported = imported,
        });
        fill!(self.held, report_categories as Category of (landlord, id), row in rows.categories.clone(), { category });
        fill!(self.held, report_stages as Stage of (landlord, id), row in rows.stages.clone(), {
            stage, requested_on, logged_on, acknowledged_on, responded_on, outcome, policy_acknowledge_due_on,
            policy_respond_due_on, policy_extended_due_on, code_acknowledge_due_on, code_respond_due_on,
            code_respond_due_as_acknowledged_on, code_extended_due_on, extensions = row.extensions.into(),
            updates = row.updates.into(), updates_agreed, updates_late = row.updates_late.into(), directed_on,
            first_contact,
        });
    }

    /// Everything else that hangs on the case.
    fn outcome(&mut self, rows: CaseRows, id: &str, words: &dyn Fn(&str) -> Option<String>) {
        let (held, of) = (&mut self.held, &self.landlord);
        fill!(held, report_refusals as Refusal of (of, id), row in rows.refusals, {
            what, refused_on, ground, clause, discretion_considered, overturned_on,
        });
        fill!(held, report_escalations as Escalation of (of, id), row in rows.escalations, {
            requested_on, reasons_given, outcome, late, decided_on,
        });
        fill!(held, report_remedies as Remedy of (of, id), row in rows.remedies, {
            stage, remedy = row.remedy.into(), kind, pence, offered_on, accepted_on, declined_on, lapsed_on,
            paid_pence, offset_pence, basis, due_on,
        });
        fill!(held, report_actions as Action of (of, id), row in rows.actions, {
            action = row.action.into(), stage, due_on, done_on, owner,
        });
        fill!(held, report_findings as Finding of (of, id), row in rows.findings, {
            reference, determined_on, issue = row.issue.into(), finding, about,
        });
        fill!(held, report_orders as Order of (of, id), row in rows.orders, {
            reference, number = row.number.into(), kind, due_on, complied_on, pence,
        });
        fill!(held, report_failure_orders as FailureOrder of (of, id), row in rows.failure_orders, {
            reference, failure_type = row.kind, issued_on, due_on, complied_on,
        });
        fill!(held, report_learning as Learning of (of, id), row in rows.learning, {
            learning = row.learning.into(), theme, root_cause,
            improvement = words(&row.improvement_record).unwrap_or_default(), owner, recorded_on, done_on,
            reported_to,
        });
        fill!(held, report_surveys as Survey of (of, id), row in rows.surveys, { stage, answer, answered_on });
        fill!(held, report_risks as Risk of (of, id), row in rows.risks, { risk, kind, aware_on, handed_on });
        fill!(held, report_extensions as Extension of (of, id), row in rows.extensions, {
            stage, number, decided_on, respond_by, ombudsman_details,
        });
        fill!(held, report_restrictions as Restriction of (of, id), row in rows.restrictions, {
            restriction, since_on, review_on, lifted_on,
        });
    }
}

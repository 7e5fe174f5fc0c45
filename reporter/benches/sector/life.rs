//! What becomes of a complaint.

use chrono::{Days, NaiveDate};
use redress_reporter::source::{Case, Category, Escalation, Extension, Refusal, Remedy, Stage, Survey};
use redress_shared::calendar::{Calendar, Convention, Count, due_on};

use super::chance::Chance;
use super::generate::{Rows, as_of};
use super::landlords::Member;

const CHANNELS: &[&str] =
    &["email", "telephone", "web-form", "letter", "in-person", "social-media", "portal", "councillor"];
const SERVICES: &[&str] = &[
    "repairs",
    "planned-works",
    "tenancy",
    "estates",
    "asb",
    "lettings",
    "rents",
    "service-charges",
    "heating",
    "gas-safety",
    "aids-and-adaptations",
    "customer-services",
];
const CONTRACTORS: &[&str] =
    &["Contractor A", "Contractor B", "Contractor C", "Contractor D", "Contractor E", "Contractor F"];
const CATEGORIES: &[&str] = &[
    "repairs",
    "damp-and-mould",
    "communication",
    "staff-conduct",
    "asb",
    "estate-services",
    "policy",
    "charges",
    "missed-appointments",
    "contractor",
    "allocations",
    "tenancy-management",
    "heating",
    "safety",
];
const OUTCOMES: &[&str] = &["upheld", "upheld", "partly-upheld", "not-upheld"];
const OTHER_KINDS: &[&str] = &["service-request", "service-request", "enquiry", "compliment"];

/// A landlord's rows in the making.
pub struct Making<'a> {
    rows: Rows,
    chance: Chance,
    member: &'a Member,
    calendar: Calendar,
    days: u64,
}

impl<'a> Making<'a> {
    /// With these rows to begin with.
    pub fn of(rows: Rows, member: &'a Member, days: u64) -> Self {
        let calendar = Calendar::england_and_wales().expect("the calendar");
        Self { rows, chance: Chance::of(member.rank), member, calendar, days }
    }

    /// The rows, with all complaints and what else comes in.
    pub fn rows(mut self) -> Rows {
        for number in 0..self.member.complaints {
            self.complaint(number);
        }
        for number in 0..self.member.complaints * 15 / 100 {
            let kind = self.chance.one_of(OTHER_KINDS);
            let case = self.case(&format!("o{number:08}"), kind);
            self.rows.cases.push(case);
        }
        self.rows
    }

    fn known(&self, day: NaiveDate) -> Option<NaiveDate> {
        Some(day).filter(|day| *day <= as_of())
    }

    /// The day so many working days later.
    fn later(&self, day: NaiveDate, working_days: u32) -> NaiveDate {
        due_on(&self.calendar, Convention::After, day, Count::working_days(working_days)).expect("a day")
    }

    fn after(&mut self, day: NaiveDate, fewest: u64, most: u64) -> NaiveDate {
        day + Days::new(fewest + self.chance.below(most - fewest + 1))
    }

    fn case(&mut self, number: &str, kind: &str) -> Case {
        let day = as_of() - Days::new(self.chance.below(self.days));
        let chance = &mut self.chance;
        let contractor = chance.percent(40).then(|| chance.one_of(CONTRACTORS).to_owned());
        Case {
            landlord_id: self.member.id.clone(),
            // As long as the ids of the service.
            case_id: format!("{:08x}-0000-4000-8000-{:03}{number}", chance.below(1 << 32), self.member.rank),
            reference: Some(format!("C{:03}/{number}", self.member.rank)),
            kind: kind.to_owned(),
            received_on: day,
            recorded_on: day,
            channel: chance.one_of(CHANNELS).to_owned(),
            stock_type: match chance.below(100) {
                0..=81 => "lcra",
                82..=89 => "lcho",
                90..=97 => "leasehold",
                _ => "other",
            }
            .to_owned(),
            tenure: Some("assured".to_owned()),
            residents: if chance.percent(99) { 1 } else { 3 },
            anonymous: chance.percent(1),
            represented: chance.percent(6),
            service_area: chance.percent(97).then(|| chance.one_of(SERVICES).to_owned()),
            third_party: contractor.is_some(),
            contractor,
            area: Some(format!("Area {}", chance.below(10))),
            phase: "closed".to_owned(),
            triage: "accepted".to_owned(),
            closed_on: None,
            closed_why: None,
            withdrawn_on: None,
            directed_on: None,
            hazard: chance.percent(4),
            adjustments: i64::from(chance.percent(10)),
            vulnerable: chance.percent(12),
            from_service_request: chance.percent(30) && kind == "complaint",
            became_complaint: chance.percent(10) && kind == "service-request",
            reopened: i64::from(chance.percent(1)),
            policy_id: "model-2024".to_owned(),
            code_id: "2024".to_owned(),
            referred_on: None,
            settled_on: None,
            imported: false,
        }
    }

    fn complaint(&mut self, number: u64) {
        let mut case = self.case(&format!("c{number:08}"), "complaint");
        self.categories(&case);
        if self.chance.percent(2) {
            self.refused(&mut case);
            self.rows.cases.push(case);
            return;
        }
        if self.chance.percent(1) {
            case.triage = "not-a-complaint".to_owned();
        }
        if self.chance.percent(2) {
            let day = self.after(case.received_on, 1, 20);
            case.withdrawn_on = self.known(day);
        }
        let first = self.stage(&case, 1, case.received_on);
        let mut last = first.responded_on;
        let answered = first.responded_on.filter(|_| case.withdrawn_on.is_none());
        let is_upheld = first.outcome.as_deref().is_some_and(|outcome| outcome != "not-upheld");
        self.rows.stages.push(first);
        if let Some(answered) = answered {
            self.after_answer(&case, answered, is_upheld);
            if self.chance.percent(20) {
                last = self.escalated(&case, answered);
            }
        }
        if let Some(closed) = last.map(|last| last + Days::new(28)).and_then(|day| self.known(day)) {
            case.closed_on = Some(closed);
            case.closed_why = Some("answered".to_owned());
        }
        self.rows.cases.push(case);
    }

    fn categories(&mut self, case: &Case) {
        let mut categories = vec![self.chance.one_of(CATEGORIES)];
        if self.chance.percent(25) {
            categories.push(self.chance.one_of(CATEGORIES));
        }
        categories.sort_unstable();
        categories.dedup();
        let (landlord_id, case_id) = (&case.landlord_id, &case.case_id);
        let row = |category: &str| Category {
            landlord_id: landlord_id.clone(),
            case_id: case_id.clone(),
            category: category.to_owned(),
        };
        self.rows.categories.extend(categories.into_iter().map(row));
    }

    fn refused(&mut self, case: &mut Case) {
        let day = self.after(case.received_on, 1, 5);
        let Some(refused_on) = self.known(day) else { return case.triage = "pending".to_owned() };
        case.triage = "refused".to_owned();
        case.closed_on = Some(refused_on);
        self.rows.refusals.push(Refusal {
            landlord_id: case.landlord_id.clone(),
            case_id: case.case_id.clone(),
            what: "complaint".to_owned(),
            refused_on,
            ground: self.chance.one_of(&["out-of-time", "legal-proceedings", "considered-before"]).to_owned(),
            clause: "2.2".to_owned(),
            discretion_considered: self.chance.percent(80),
            overturned_on: None,
        });
    }

    fn escalated(&mut self, case: &Case, answered: NaiveDate) -> Option<NaiveDate> {
        let day = self.after(answered, 1, 40);
        let requested = self.known(day)?;
        self.rows.escalations.push(Escalation {
            landlord_id: case.landlord_id.clone(),
            case_id: case.case_id.clone(),
            requested_on: requested,
            reasons_given: self.chance.percent(70),
            outcome: "accepted".to_owned(),
            late: false,
            decided_on: Some(requested),
        });
        let second = self.stage(case, 2, requested);
        let answered = second.responded_on;
        self.rows.stages.push(second);
        answered
    }

    fn after_answer(&mut self, case: &Case, answered: NaiveDate, is_upheld: bool) {
        let (landlord_id, case_id) = (case.landlord_id.clone(), case.case_id.clone());
        if self.chance.percent(8) {
            let (landlord_id, case_id) = (landlord_id.clone(), case_id.clone());
            let answer = i32::try_from(1 + self.chance.below(5)).expect("an answer");
            self.rows.surveys.push(Survey {
                landlord_id,
                case_id,
                stage: Some(1),
                answer,
                answered_on: answered,
            });
        }
        let kinds = [("apology", 100), ("financial", 50), ("repair", 30)];
        for (remedy, (kind, percent)) in (1..).zip(kinds) {
            if !is_upheld || !self.chance.percent(percent) {
                continue;
            }
            let pence = (kind == "financial")
                .then(|| 2_500 * i64::try_from(1 + self.chance.below(20)).expect("pence"));
            let (landlord_id, case_id) = (landlord_id.clone(), case_id.clone());
            let accepted_on = self.known(answered + Days::new(7)).filter(|_| self.chance.percent(70));
            self.rows.remedies.push(Remedy {
                landlord_id,
                case_id,
                stage: Some(1),
                remedy,
                kind: kind.to_owned(),
                pence,
                offered_on: answered,
                accepted_on,
                declined_on: None,
                lapsed_on: None,
                paid_pence: pence.filter(|_| accepted_on.is_some()),
                offset_pence: None,
                basis: None,
                due_on: None,
            });
        }
    }

    fn stage(&mut self, case: &Case, stage: i32, requested_on: NaiveDate) -> Stage {
        let (days, more) = if stage == 1 { (10, 10) } else { (20, 20) };
        let acknowledge_due = self.later(requested_on, 5);
        let acknowledged = if self.chance.percent(93) {
            self.after(requested_on, 0, 6)
        } else {
            self.after(acknowledge_due, 1, 9)
        };
        let due = self.later(acknowledged.min(acknowledge_due), days);
        let extended = self.chance.percent(12).then(|| self.later(due, more));
        let responded = if self.chance.below(100) < self.member.in_time {
            let day = self.after(requested_on, 1, 12);
            day.min(extended.unwrap_or(due))
        } else {
            self.after(extended.unwrap_or(due), 1, 45)
        };
        let responded_on = self.known(responded);
        let policy_days = if self.member.rank.is_multiple_of(3) { days + 5 } else { days };
        let (acknowledged_on, policy_due) = (self.known(acknowledged), self.later(acknowledged, policy_days));
        let logged = self.after(requested_on, 0, 3);
        let logged_on = self.known(logged);
        let extensions = extended.and_then(|extended| self.extension(case, stage, (due, extended)));
        let outcome = responded_on.map(|_| self.chance.one_of(OUTCOMES).to_owned());
        Stage {
            landlord_id: case.landlord_id.clone(),
            case_id: case.case_id.clone(),
            stage,
            requested_on,
            logged_on,
            acknowledged_on,
            responded_on,
            outcome,
            policy_acknowledge_due_on: Some(acknowledge_due),
            policy_respond_due_on: Some(policy_due),
            policy_extended_due_on: extensions,
            code_acknowledge_due_on: Some(acknowledge_due),
            code_respond_due_on: Some(due),
            code_respond_due_as_acknowledged_on: Some(self.later(acknowledged, days)),
            code_extended_due_on: extensions,
            extensions: i64::from(extensions.is_some()),
            updates: 0,
            updates_agreed: self.chance.percent(10),
            updates_late: i64::from(self.chance.percent(20)),
            directed_on: None,
            first_contact: false,
        }
    }

    /// The notice of an extension, and until when it reaches; one in twenty promises a day beyond what the Code permits.
    fn extension(
        &mut self,
        case: &Case,
        stage: i32,
        (due, extended): (NaiveDate, NaiveDate),
    ) -> Option<NaiveDate> {
        let decided = due - Days::new(1 + self.chance.below(5));
        let decided_on = self.known(decided)?;
        let beyond = if self.chance.percent(5) { 14 } else { 0 };
        self.rows.extensions.push(Extension {
            landlord_id: case.landlord_id.clone(),
            case_id: case.case_id.clone(),
            stage,
            number: 1,
            decided_on,
            respond_by: extended + Days::new(beyond),
            ombudsman_details: self.chance.percent(90),
        });
        Some(extended)
    }
}

//! What lists and reports read, written anew from the case whenever its events grow.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use diesel::upsert::excluded;
use redress_shared::calendar::{CalendarError, london};
use redress_shared::case::Rules;
use redress_shared::case::deadline::{
    Clock, Deadline, DeadlineName, Due, Standing, code_response_as_acknowledged, deadlines,
};
use redress_shared::case::state::{Case, Stage};
use redress_shared::case::words::{Satisfaction, StageNumber};
use redress_shared::policy::vocabulary::RiskKind;

use super::schema::{
    case_actions, case_categories, case_deadlines, case_escalations, case_failure_orders, case_findings,
    case_learning, case_orders, case_references, case_refusals, case_remedies, case_stages, case_surveys,
    cases,
};
use super::{Connection, StorageError};

/// Why a case could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A due date lies past the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A sum of money is larger than a column holds; kept smaller, it would be a wrong one.
    #[error("a sum of {0} pence is more than can be kept")]
    Money(u64),
}

impl From<diesel::result::Error> for ProjectError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Storage(error.into())
    }
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    london::date_of(at)
}

fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn money(pence: Option<u64>) -> Result<Option<i64>, ProjectError> {
    pence.map(|pence| i64::try_from(pence).map_err(|_| ProjectError::Money(pence))).transpose()
}

#[derive(Insertable)]
#[diesel(table_name = cases)]
struct CaseRow<'a> {
    id: String,
    landlord_id: &'a str,
    version: i32,
    kind: &'a str,
    phase: &'a str,
    triage: &'a str,
    policy_id: &'a str,
    code_id: &'a str,
    came_from: Option<String>,
    channel: &'a str,
    stock_type: &'a str,
    tenure: Option<&'a str>,
    service_area: Option<&'a str>,
    contractor: Option<&'a str>,
    area: Option<&'a str>,
    residents: i32,
    anonymous: bool,
    represented: bool,
    adjustments: i32,
    vulnerable: bool,
    hazard: bool,
    became_complaint: bool,
    received_on: NaiveDate,
    recorded_on: NaiveDate,
    directed_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    closed_why: Option<&'a str>,
    withdrawn_on: Option<NaiveDate>,
    reopened: i32,
}

impl<'a> CaseRow<'a> {
    fn of(landlord: &'a str, case: &'a Case) -> Self {
        let label = |label: &'a Option<redress_shared::case::record::Label>| {
            label.as_ref().map(|label| label.as_str())
        };
        let hazardous = |kind| matches!(kind, RiskKind::SignificantHazard | RiskKind::EmergencyHazard);
        Self {
            id: case.id.to_string(),
            landlord_id: landlord,
            version: i32::try_from(case.version).unwrap_or(i32::MAX),
            kind: case.kind.as_str(),
            phase: case.phase.as_str(),
            triage: case.triage.as_str(),
            policy_id: &case.policy,
            code_id: &case.code,
            came_from: case.came_from.map(|id| id.to_string()),
            channel: case.channel.as_str(),
            stock_type: case.facts.stock_type.as_str(),
            tenure: label(&case.facts.tenure),
            service_area: label(&case.facts.service_area),
            contractor: label(&case.facts.contractor),
            area: label(&case.facts.area),
            residents: small(case.parties.residents.len()),
            anonymous: case.parties.anonymous,
            represented: case.parties.representative.is_some(),
            adjustments: i32::from(case.parties.adjustments),
            vulnerable: case.parties.vulnerabilities > 0,
            hazard: case.risks.iter().any(|risk| hazardous(risk.kind)),
            became_complaint: !case.led_to.is_empty(),
            received_on: day(case.received_at),
            recorded_on: day(case.recorded_at),
            directed_on: case.directed_at.map(day),
            closed_on: case.closing.as_ref().map(|closing| day(closing.closed_at)),
            closed_why: case.closing.as_ref().map(|closing| closing.reason.as_str()),
            withdrawn_on: case.withdrawn_at.map(day),
            reopened: i32::from(case.reopened),
        }
    }
}

/// Writes the case's own row, before its events refer to it.
///
/// # Errors
/// When the database fails.
pub fn case_row(connection: &mut Connection, landlord: &str, case: &Case) -> Result<(), StorageError> {
    diesel::insert_into(cases::table)
        .values(CaseRow::of(landlord, case))
        .on_conflict(cases::id)
        .do_update()
        .set((
            cases::version.eq(excluded(cases::version)),
            cases::phase.eq(excluded(cases::phase)),
            cases::triage.eq(excluded(cases::triage)),
            cases::channel.eq(excluded(cases::channel)),
            cases::stock_type.eq(excluded(cases::stock_type)),
            cases::service_area.eq(excluded(cases::service_area)),
            cases::contractor.eq(excluded(cases::contractor)),
            cases::represented.eq(excluded(cases::represented)),
            cases::hazard.eq(excluded(cases::hazard)),
            cases::became_complaint.eq(excluded(cases::became_complaint)),
            cases::received_on.eq(excluded(cases::received_on)),
            cases::directed_on.eq(excluded(cases::directed_on)),
            cases::closed_on.eq(excluded(cases::closed_on)),
            cases::closed_why.eq(excluded(cases::closed_why)),
            cases::withdrawn_on.eq(excluded(cases::withdrawn_on)),
            cases::reopened.eq(excluded(cases::reopened)),
        ))
        .execute(connection)?;
    Ok(())
}

macro_rules! clear {
    ($connection:expr, $case:expr, $($table:ident),+) => {
        $(diesel::delete($table::table.filter($table::case_id.eq($case))).execute($connection)?;)+
    };
}

/// Writes everything that hangs on the case.
///
/// # Errors
/// When the database fails, or a due date lies past the calendar.
pub fn details(
    connection: &mut Connection,
    landlord: &str,
    case: &Case,
    rules: &Rules,
) -> Result<(), ProjectError> {
    let id = case.id.to_string();
    clear!(
        connection,
        &id,
        case_categories,
        case_references,
        case_stages,
        case_deadlines,
        case_refusals,
        case_escalations,
        case_remedies,
        case_actions,
        case_findings,
        case_orders,
        case_failure_orders,
        case_learning,
        case_surveys
    );
    let due = deadlines(case, rules)?;
    facts(connection, landlord, &id, case)?;
    for stage in &case.stages {
        self::stage(connection, landlord, &id, (case, rules), stage, &due)?;
    }
    owed(connection, landlord, &id, case, &due)?;
    refusals(connection, landlord, &id, case)?;
    redress(connection, landlord, &id, case)?;
    ombudsman(connection, landlord, &id, case)?;
    learning(connection, landlord, &id, case)?;
    Ok(())
}

fn facts(connection: &mut Connection, landlord: &str, id: &str, case: &Case) -> Result<(), StorageError> {
    let mut categories: Vec<&str> = case.facts.categories.iter().map(|category| category.as_str()).collect();
    categories.sort_unstable();
    categories.dedup();
    for category in categories {
        diesel::insert_into(case_categories::table)
            .values((
                case_categories::case_id.eq(id),
                case_categories::landlord_id.eq(landlord),
                case_categories::category.eq(category),
            ))
            .execute(connection)?;
    }
    // The same reference may have been given twice; it is one reference.
    let references: BTreeSet<_> = case.facts.references.iter().collect();
    for reference in references {
        diesel::insert_into(case_references::table)
            .values((
                case_references::landlord_id.eq(landlord),
                case_references::system.eq(reference.system.as_str()),
                case_references::value.eq(reference.value.as_str()),
                case_references::case_id.eq(id),
            ))
            .execute(connection)?;
    }
    Ok(())
}

fn stage(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    (case, rules): (&Case, &Rules),
    stage: &Stage,
    due: &[Deadline],
) -> Result<(), ProjectError> {
    let (acknowledge, respond) = match stage.number {
        StageNumber::One => (DeadlineName::AcknowledgeOne, DeadlineName::RespondOne),
        StageNumber::Two => (DeadlineName::AcknowledgeTwo, DeadlineName::RespondTwo),
    };
    let find = |clock, name| due.iter().find(|deadline| deadline.clock == clock && deadline.name == name);
    let base = |clock, name| find(clock, name).map(|deadline| deadline.base.date());
    let extended =
        |clock, moved: bool| find(clock, respond).filter(|_| moved).map(|deadline| deadline.due.date());
    let moves_policy = stage.extensions.iter().any(|extension| extension.moves_policy);
    let moves_code = stage.extensions.iter().any(|extension| extension.moves_code);
    diesel::insert_into(case_stages::table)
        .values((
            case_stages::case_id.eq(id),
            case_stages::landlord_id.eq(landlord),
            case_stages::stage.eq(i32::from(stage.number.number())),
            case_stages::requested_on.eq(day(stage.requested_at)),
            case_stages::logged_on.eq(day(stage.logged_at)),
            case_stages::acknowledged_on.eq(stage.acknowledged_at.map(day)),
            case_stages::responded_on.eq(stage.responded_at.map(day)),
            case_stages::outcome.eq(stage.outcome.map(|outcome| outcome.as_str())),
            case_stages::policy_acknowledge_due_on.eq(base(Clock::Policy, acknowledge)),
            case_stages::policy_respond_due_on.eq(base(Clock::Policy, respond)),
            case_stages::policy_extended_due_on.eq(extended(Clock::Policy, moves_policy)),
            case_stages::code_acknowledge_due_on.eq(base(Clock::Code, acknowledge)),
            case_stages::code_respond_due_on.eq(base(Clock::Code, respond)),
            case_stages::code_respond_due_as_acknowledged_on.eq(code_response_as_acknowledged(
                case,
                rules,
                stage.number,
            )?),
            case_stages::code_extended_due_on.eq(extended(Clock::Code, moves_code)),
            case_stages::extensions.eq(small(stage.extensions.len())),
            case_stages::updates.eq(i32::from(stage.updates)),
            case_stages::updates_agreed.eq(stage.update_every_working_days.is_some()),
        ))
        .execute(connection)?;
    Ok(())
}

/// What is still owed, whenever one looks: neither met nor ended.
fn owed(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    case: &Case,
    due: &[Deadline],
) -> Result<(), StorageError> {
    let ever = DateTime::<Utc>::MAX_UTC;
    let open = |deadline: &&Deadline| {
        matches!(deadline.standing(ever), Standing::Overdue | Standing::Open) && !case.is_over()
    };
    for deadline in due.iter().filter(open) {
        let due_at = match deadline.due {
            Due::At(instant) => Some(instant.naive_utc()),
            Due::On(_) => None,
        };
        diesel::insert_into(case_deadlines::table)
            .values((
                case_deadlines::case_id.eq(id),
                case_deadlines::landlord_id.eq(landlord),
                case_deadlines::clock.eq(deadline.clock.as_str()),
                case_deadlines::name.eq(deadline.name.as_str()),
                case_deadlines::due_on.eq(deadline.due.date()),
                case_deadlines::due_at.eq(due_at),
                case_deadlines::projected.eq(deadline.projected),
            ))
            .execute(connection)?;
    }
    Ok(())
}

fn refusals(connection: &mut Connection, landlord: &str, id: &str, case: &Case) -> Result<(), StorageError> {
    // The Ombudsman's direction overturns the refusal that came last: that of stage 2, where there was one.
    let escalation_refused = case.escalation.as_ref().and_then(|asked| asked.refused);
    let directed = case.directed_at.map(day);
    if let Some(refusal) = &case.refusal {
        diesel::insert_into(case_refusals::table)
            .values((
                case_refusals::case_id.eq(id),
                case_refusals::landlord_id.eq(landlord),
                case_refusals::what.eq("complaint"),
                case_refusals::refused_on.eq(day(refusal.refused_at)),
                case_refusals::ground.eq(refusal.ground.as_str()),
                case_refusals::clause.eq(&refusal.clause),
                case_refusals::discretion_considered.eq(refusal.discretion_considered),
                case_refusals::overturned_on.eq(directed.filter(|_| !case.stages.is_empty())),
            ))
            .execute(connection)?;
    }
    let Some(asked) = &case.escalation else { return Ok(()) };
    if let (Some(ground), Some(refused_at)) = (escalation_refused, asked.refused_at) {
        diesel::insert_into(case_refusals::table)
            .values((
                case_refusals::case_id.eq(id),
                case_refusals::landlord_id.eq(landlord),
                case_refusals::what.eq("escalation"),
                case_refusals::refused_on.eq(day(refused_at)),
                case_refusals::ground.eq(ground.as_str()),
                case_refusals::clause.eq(asked.refused_clause.as_deref().unwrap_or("silent")),
                case_refusals::discretion_considered.eq(asked.discretion_considered),
                case_refusals::overturned_on.eq(directed.filter(|_| asked.accepted_at.is_some())),
            ))
            .execute(connection)?;
    }
    let outcome = match (asked.accepted_at, asked.refused, asked.reviewed) {
        (Some(_), _, _) => "accepted",
        (None, Some(_), _) => "refused",
        (None, None, true) => "re-reviewed",
        (None, None, false) => "pending",
    };
    diesel::insert_into(case_escalations::table)
        .values((
            case_escalations::case_id.eq(id),
            case_escalations::landlord_id.eq(landlord),
            case_escalations::requested_on.eq(day(asked.requested_at)),
            case_escalations::reasons_given.eq(asked.reasons_given),
            case_escalations::outcome.eq(outcome),
            case_escalations::late.eq(asked.late),
        ))
        .execute(connection)?;
    Ok(())
}

fn redress(connection: &mut Connection, landlord: &str, id: &str, case: &Case) -> Result<(), ProjectError> {
    for (number, remedy) in (1..).zip(&case.remedies) {
        diesel::insert_into(case_remedies::table)
            .values((
                case_remedies::case_id.eq(id),
                case_remedies::landlord_id.eq(landlord),
                case_remedies::remedy.eq(number),
                case_remedies::stage.eq(remedy.stage.map(|stage| i32::from(stage.number()))),
                case_remedies::kind.eq(remedy.kind.as_str()),
                case_remedies::pence.eq(money(remedy.pence)?),
                case_remedies::offered_on.eq(day(remedy.offered_at)),
                case_remedies::accepted_on.eq(remedy.accepted_at.map(day)),
                case_remedies::lapsed_on.eq(remedy.lapsed_at.map(day)),
                case_remedies::paid_pence.eq(money(remedy.paid_pence)?),
                case_remedies::offset_pence.eq(money(remedy.offset_pence)?),
            ))
            .execute(connection)?;
    }
    for (number, action) in (1..).zip(&case.actions) {
        diesel::insert_into(case_actions::table)
            .values((
                case_actions::case_id.eq(id),
                case_actions::landlord_id.eq(landlord),
                case_actions::action.eq(number),
                case_actions::stage.eq(action.stage.map(|stage| i32::from(stage.number()))),
                case_actions::due_on.eq(action.due_on),
                case_actions::done_on.eq(action.done_at.map(day)),
            ))
            .execute(connection)?;
    }
    Ok(())
}

fn ombudsman(connection: &mut Connection, landlord: &str, id: &str, case: &Case) -> Result<(), ProjectError> {
    for (number, finding) in (1..).zip(&case.ombudsman.findings) {
        diesel::insert_into(case_findings::table)
            .values((
                case_findings::case_id.eq(id),
                case_findings::landlord_id.eq(landlord),
                case_findings::issue.eq(number),
                case_findings::reference.eq(finding.reference.as_str()),
                case_findings::determined_on.eq(day(finding.determined_at)),
                case_findings::finding.eq(finding.finding.as_str()),
            ))
            .execute(connection)?;
    }
    for (number, order) in (1..).zip(&case.ombudsman.orders) {
        diesel::insert_into(case_orders::table)
            .values((
                case_orders::case_id.eq(id),
                case_orders::landlord_id.eq(landlord),
                case_orders::number.eq(number),
                case_orders::reference.eq(order.reference.as_str()),
                case_orders::kind.eq(order.kind.as_str()),
                case_orders::due_on.eq(order.due_on),
                case_orders::complied_on.eq(order.complied_at.map(day)),
                case_orders::pence.eq(money(order.pence)?),
            ))
            .execute(connection)?;
    }
    for (number, order) in (1..).zip(&case.ombudsman.failure_orders) {
        diesel::insert_into(case_failure_orders::table)
            .values((
                case_failure_orders::case_id.eq(id),
                case_failure_orders::landlord_id.eq(landlord),
                case_failure_orders::number.eq(number),
                case_failure_orders::reference.eq(order.reference.as_str()),
                case_failure_orders::kind.eq(i32::from(order.kind)),
                case_failure_orders::issued_on.eq(day(order.issued_at)),
                case_failure_orders::due_on.eq(order.due_on),
                case_failure_orders::complied_on.eq(order.complied_at.map(day)),
            ))
            .execute(connection)?;
    }
    Ok(())
}

fn learning(connection: &mut Connection, landlord: &str, id: &str, case: &Case) -> Result<(), StorageError> {
    for (number, learnt) in (1..).zip(&case.learning) {
        diesel::insert_into(case_learning::table)
            .values((
                case_learning::case_id.eq(id),
                case_learning::landlord_id.eq(landlord),
                case_learning::learning.eq(number),
                case_learning::theme.eq(learnt.theme.as_str()),
                case_learning::root_cause.eq(learnt.root_cause.as_str()),
                case_learning::improvement_record.eq(learnt.improvement.record.to_string()),
                case_learning::owner.eq(learnt.owner.as_str()),
                case_learning::recorded_on.eq(day(learnt.recorded_at)),
                case_learning::done_on.eq(learnt.done_at.map(day)),
                case_learning::reported_to.eq(learnt.reported_to.as_ref().map(|to| to.as_str())),
            ))
            .execute(connection)?;
    }
    for (number, survey) in (1..).zip(&case.surveys) {
        diesel::insert_into(case_surveys::table)
            .values((
                case_surveys::case_id.eq(id),
                case_surveys::landlord_id.eq(landlord),
                case_surveys::number.eq(number),
                case_surveys::stage.eq(survey.stage.map(|stage| i32::from(stage.number()))),
                case_surveys::answer.eq(answer_number(survey.answer)),
                case_surveys::answered_on.eq(day(survey.answered_at)),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// 1 very satisfied to 5 very dissatisfied.
const fn answer_number(answer: Satisfaction) -> i32 {
    match answer {
        Satisfaction::VerySatisfied => 1,
        Satisfaction::FairlySatisfied => 2,
        Satisfaction::Neither => 3,
        Satisfaction::FairlyDissatisfied => 4,
        Satisfaction::VeryDissatisfied => 5,
    }
}

//! What events mean. Total: an event is a fact, and no fact is refused.

use super::CaseId;
use super::command::correction::Fact;
use super::command::intake::{Received, RepresentativeRecorded, ResidentRecorded, RiskRecorded};
use super::command::ombudsman::{DeterminationRecorded, FailureOrderRecorded};
use super::command::redress::{ActionPromised, RemedyOffered};
use super::command::stage::{Acknowledged, Assigned, PointDefined};
use super::event::{Answered, Event, Logged, Opened};
use super::state::{
    ActionState, Case, Closing, Escalation, ExtensionState, Facts, FailureOrderState, FindingState,
    LearningState, OmbudsmanState, OrderState, Parties, PointState, RefusalState, RemedyState,
    RepresentativeState, RestrictionState, RiskState, Stage, StageReview, SurveyState,
};
use super::words::{Kind, Phase, StageNumber, Triage};
use chrono::{DateTime, Utc};

/// The case that an opening event makes; nothing for any other event.
#[must_use]
pub fn opened(id: CaseId, logged: &Logged) -> Option<Case> {
    let Event::Opened(opened) = &logged.event else { return None };
    let Opened { policy, code, came_from, received } = opened.as_ref();
    let complaint = received.kind == Kind::Complaint;
    Some(Case {
        id,
        version: logged.sequence,
        kind: received.kind,
        phase: if complaint { Phase::Received } else { Phase::Open },
        triage: if complaint { Triage::Pending } else { Triage::NotAComplaint },
        policy: policy.clone(),
        code: code.clone(),
        came_from: *came_from,
        led_to: Vec::new(),
        received_at: logged.occurred_at,
        recorded_at: logged.recorded_at,
        channel: received.channel,
        facts: facts(received),
        parties: parties(received),
        risks: received.risks.iter().map(risk).collect(),
        confirmed: false,
        refusal: None,
        directed_at: None,
        stages: Vec::new(),
        escalation: None,
        remedies: Vec::new(),
        actions: Vec::new(),
        remedy_agreed_at: None,
        contact_by: None,
        closing: None,
        withdrawn_at: None,
        reopened: 0,
        surveys: Vec::new(),
        restriction_assessed: false,
        restrictions: Vec::new(),
        learning: Vec::new(),
        contractor_notices: Vec::new(),
        consulted: Vec::new(),
        ombudsman: OmbudsmanState::default(),
        settled_at: None,
    })
}

/// Folds a case's log from its beginning; nothing for a log that does not begin with an opening.
#[must_use]
pub fn replay(id: CaseId, log: &[Logged]) -> Option<Case> {
    let (first, rest) = log.split_first()?;
    let mut case = opened(id, first)?;
    rest.iter().for_each(|logged| evolve(&mut case, logged));
    Some(case)
}

fn facts(received: &Received) -> Facts {
    Facts {
        about: received.about,
        outcome_sought: received.outcome_sought,
        event_on: received.event_on,
        aware_on: received.aware_on,
        property: received.property,
        stock_type: received.stock_type,
        tenure: received.tenure.clone(),
        area: received.area.clone(),
        categories: received.categories.clone(),
        service_area: received.service_area.clone(),
        contractor: received.contractor.clone(),
        references: received.references.clone(),
    }
}

fn parties(received: &Received) -> Parties {
    let total = |count: &dyn Fn(&ResidentRecorded) -> usize| {
        u16::try_from(received.residents.iter().map(count).sum::<usize>()).unwrap_or(u16::MAX)
    };
    Parties {
        residents: received.residents.iter().map(|resident| resident.person).collect(),
        adjustments: total(&|resident| resident.adjustments.len()),
        vulnerabilities: total(&|resident| resident.vulnerabilities.len() + resident.disabilities.len()),
        nominee: received.nominee,
        anonymous: received.anonymous,
        representative: received.representative.as_ref().map(representative),
    }
}

fn representative(recorded: &RepresentativeRecorded) -> RepresentativeState {
    RepresentativeState { kind: recorded.kind, person: recorded.person, consent: recorded.consent }
}

const fn risk(recorded: &RiskRecorded) -> RiskState {
    RiskState { kind: recorded.kind, aware_at: recorded.aware_at, handed_to: None, handed_at: None }
}

/// Takes one event in.
pub fn evolve(case: &mut Case, logged: &Logged) {
    case.version = logged.sequence;
    let at = logged.occurred_at;
    intake(case, &logged.event, at);
    stages(case, &logged.event, at);
    escalation(case, &logged.event, at);
    redress(case, &logged.event, at);
    after(case, &logged.event, at);
    ombudsman(case, &logged.event, at);
}

fn intake(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::Confirmed(_) => case.confirmed = true,
        Event::ConsentRecorded(recorded) => {
            if let Some(new) = &recorded.representative {
                case.parties.representative = Some(representative(new));
            }
            if let Some(known) = &mut case.parties.representative {
                known.consent = Some(recorded.evidence);
            }
        }
        Event::RiskFlagged(flagged) => case.risks.push(risk(&flagged.risk)),
        Event::RiskHandedOff(handed) => {
            for known in case.risks.iter_mut().filter(|known| known.kind == handed.kind) {
                known.handed_to = Some(handed.to.clone());
                known.handed_at = Some(at);
            }
        }
        Event::BecameComplaint(became) => case.led_to.push(became.complaint),
        Event::IssueSetApart(apart) => case.led_to.push(apart.complaint),
        Event::Settled(_) => {
            case.phase = Phase::Settled;
            case.settled_at = Some(at);
        }
        Event::Accepted(_) => accepted(case, at),
        Event::Declined(declined) => {
            case.phase = Phase::Refused;
            case.triage = Triage::Refused;
            case.refusal = Some(RefusalState {
                ground: declined.refused.ground,
                clause: declined.clause.clone(),
                refused_at: at,
                discretion_considered: declined.refused.discretion_considered.is_some(),
            });
        }
        Event::AcceptanceDirected(_) => directed(case, at),
        Event::Corrected(corrected) => correct(case, &corrected.correct),
        _ => {}
    }
}

fn accepted(case: &mut Case, at: DateTime<Utc>) {
    case.phase = Phase::StageOne;
    case.triage = Triage::Accepted;
    case.stages.push(new_stage(StageNumber::One, case.received_at, at));
}

/// The Ombudsman's direction undoes a refusal of the complaint or of stage 2; what was refused stays on record.
fn directed(case: &mut Case, at: DateTime<Utc>) {
    case.directed_at = Some(at);
    match case.escalation.as_mut().filter(|asked| asked.refused.is_some()) {
        Some(asked) => {
            let requested_at = asked.requested_at;
            asked.accepted_at = Some(at);
            case.phase = Phase::StageTwo;
            case.stages.push(new_stage(StageNumber::Two, requested_at, at));
        }
        None => accepted(case, at),
    }
}

fn new_stage(number: StageNumber, requested_at: DateTime<Utc>, logged_at: DateTime<Utc>) -> Stage {
    Stage {
        number,
        requested_at,
        logged_at,
        acknowledged_at: None,
        points: Vec::new(),
        handler: None,
        members: Vec::new(),
        handled_by: Vec::new(),
        reviewer: None,
        extensions: Vec::new(),
        update_every_working_days: None,
        last_told_at: None,
        updates: 0,
        responded_at: None,
        outcome: None,
        first_contact: false,
        review: None,
    }
}

fn stages(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::Consulted(consulted) => case.consulted.push(consulted.body.clone()),
        Event::ContractorNotified(notified) => case.contractor_notices.push(notified.moment),
        Event::Answered(answered) => self::answered(case, answered, at),
        _ => {
            if let Some(stage) = case.stages.last_mut() {
                open_stage(stage, event, at);
            }
        }
    }
}

fn open_stage(stage: &mut Stage, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::Acknowledged(acknowledged) => self::acknowledged(stage, acknowledged, at),
        Event::Assigned(assigned) => self::assigned(stage, assigned),
        Event::IssueJoined(raised) => stage.points.push(PointState {
            understanding: raised.issue,
            responsible: raised.responsible,
            outcome: None,
        }),
        Event::ExtensionGiven(given) => {
            stage.extensions.push(ExtensionState {
                respond_by: given.extended.respond_by,
                moves_policy: given.moves_policy,
                moves_code: given.moves_code,
            });
            if given.extended.update_every_working_days.is_some() {
                stage.update_every_working_days = given.extended.update_every_working_days;
            }
            stage.last_told_at = Some(at);
        }
        Event::ResidentUpdated(_) => {
            stage.updates = stage.updates.saturating_add(1);
            stage.last_told_at = Some(at);
        }
        Event::ResponseReviewed(reviewed) => stage.reviewer = Some(reviewed.reviewer.clone()),
        _ => {}
    }
}

fn acknowledged(stage: &mut Stage, acknowledged: &Acknowledged, at: DateTime<Utc>) {
    stage.acknowledged_at = Some(at);
    stage.points = acknowledged.points.iter().map(point).collect();
    stage.handler = Some(acknowledged.handler.clone());
    stage.handled_by.push(acknowledged.handler.id.clone());
    if acknowledged.update_every_working_days.is_some() {
        stage.update_every_working_days = acknowledged.update_every_working_days;
    }
    stage.last_told_at = Some(at);
}

fn assigned(stage: &mut Stage, assigned: &Assigned) {
    stage.handler = Some(assigned.handler.clone());
    stage.handled_by.push(assigned.handler.id.clone());
    stage.members.extend(assigned.members.iter().cloned());
}

const fn point(defined: &PointDefined) -> PointState {
    PointState { understanding: defined.understanding, responsible: defined.responsible, outcome: None }
}

fn answered(case: &mut Case, answered: &Answered, at: DateTime<Utc>) {
    let reviewing = case.phase == Phase::StageOneReview;
    case.phase = match answered.stage {
        StageNumber::One => Phase::AnsweredAtStageOne,
        StageNumber::Two => Phase::AnsweredAtStageTwo,
    };
    if let Some(stage) = case.stages.iter_mut().find(|stage| stage.number == answered.stage) {
        for decided in &answered.responded.decisions {
            let index = usize::from(decided.point).wrapping_sub(1);
            if let Some(point) = stage.points.get_mut(index) {
                point.outcome = Some(decided.outcome);
            }
        }
        stage.outcome = Some(answered.whole);
        stage.first_contact = answered.responded.resolved_at_first_contact;
        stage.last_told_at = Some(at);
        match stage.review.as_mut().filter(|_| reviewing) {
            Some(review) => review.responded_at = Some(at),
            None => stage.responded_at = Some(at),
        }
    }
    if reviewing {
        // The request led to the review; a request after it is a new one.
        case.escalation = None;
    }
    let stage = Some(answered.stage);
    case.remedies.extend(answered.responded.remedies.iter().map(|offered| remedy(offered, stage, at)));
    case.actions.extend(answered.responded.actions.iter().map(|promised| action(promised, stage)));
}

const fn remedy(offered: &RemedyOffered, stage: Option<StageNumber>, at: DateTime<Utc>) -> RemedyState {
    RemedyState {
        kind: offered.kind,
        stage,
        pence: offered.pence,
        basis: offered.basis,
        offered_at: at,
        due_on: offered.due_on,
        open_until: offered.open_until,
        accepted_at: if offered.agreed { Some(at) } else { None },
        declined_at: None,
        lapsed_at: None,
        paid_pence: None,
        offset_pence: None,
    }
}

fn action(promised: &ActionPromised, stage: Option<StageNumber>) -> ActionState {
    ActionState {
        what: promised.what,
        due_on: promised.due_on,
        owner: promised.owner.clone(),
        stage,
        done_at: None,
    }
}

fn escalation(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::EscalationAsked(asked) => {
            case.phase = Phase::EscalationRequested;
            // A case that was closed is open again: the resident has asked within the policy's rule.
            case.closing = None;
            case.escalation = Some(Escalation {
                requested_at: at,
                late: asked.late,
                reasons_given: asked.requested.reasons.is_some(),
                refused: None,
                refused_clause: None,
                refused_at: None,
                discretion_considered: false,
                accepted_at: None,
                reviewed: false,
            });
        }
        Event::EscalationExplained(_) => {
            if let Some(asked) = &mut case.escalation {
                asked.reasons_given = true;
            }
        }
        Event::EscalationAccepted(_) => {
            let requested_at = case.escalation.as_mut().map_or(at, |asked| {
                asked.accepted_at = Some(at);
                asked.requested_at
            });
            case.phase = Phase::StageTwo;
            case.stages.push(new_stage(StageNumber::Two, requested_at, at));
        }
        Event::EscalationDeclined(declined) => {
            case.phase = Phase::EscalationRefused;
            if let Some(asked) = &mut case.escalation {
                asked.refused = Some(declined.refused.ground);
                asked.refused_clause = Some(declined.clause.clone());
                asked.refused_at = Some(at);
                asked.discretion_considered = declined.refused.discretion_considered.is_some();
            }
        }
        Event::StageOneReviewOpened(opened) => {
            case.phase = Phase::StageOneReview;
            if let Some(asked) = &mut case.escalation {
                asked.reviewed = true;
            }
            if let Some(stage) = case.stages.first_mut() {
                stage.review = Some(StageReview { opened_at: at, responded_at: None });
                stage.handler = Some(opened.handler.clone());
                stage.handled_by.push(opened.handler.id.clone());
            }
        }
        _ => {}
    }
}

fn redress(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::RemedyOffered(made) => {
            let stage = case.stages.last().map(|stage| stage.number);
            case.remedies.push(remedy(&made.remedy, stage, at));
        }
        Event::OfferAnswered(answer) => {
            if let Some(remedy) = numbered(&mut case.remedies, answer.remedy) {
                let moment = if answer.accepted { &mut remedy.accepted_at } else { &mut remedy.declined_at };
                *moment = Some(at);
            }
        }
        Event::OfferLapsed(lapsed) => {
            if let Some(remedy) = numbered(&mut case.remedies, lapsed.remedy) {
                remedy.lapsed_at = Some(at);
            }
        }
        Event::Compensated(paid) => {
            if let Some(remedy) = numbered(&mut case.remedies, paid.payment.remedy) {
                remedy.paid_pence = Some(paid.paid_pence);
                remedy.offset_pence = Some(paid.offset_pence);
            }
        }
        Event::ActionAdded(added) => {
            let stage = case.stages.last().map(|stage| stage.number);
            case.actions.push(action(&added.action, stage));
        }
        Event::ActionRevised(revised) => {
            if let Some(action) = numbered(&mut case.actions, revised.action) {
                action.due_on = revised.due_on;
            }
        }
        Event::ActionCompleted(completed) => {
            if let Some(action) = numbered(&mut case.actions, completed.action) {
                action.done_at = Some(at);
            }
        }
        _ => {}
    }
}

/// The item with that number, counted from 1.
fn numbered<T>(items: &mut [T], number: u16) -> Option<&mut T> {
    items.get_mut(usize::from(number).checked_sub(1)?)
}

fn after(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::RemedyAgreed(_) => case.remedy_agreed_at = Some(at),
        Event::NoContactWarned(warned) => case.contact_by = Some(warned.contact_by),
        Event::Closed(closed) => {
            case.phase = Phase::Closed;
            case.closing = Some(Closing { reason: closed.reason, closed_at: at });
        }
        Event::Reopened(_) => reopened(case),
        Event::Withdrawn(_) => {
            case.phase = Phase::Withdrawn;
            case.withdrawn_at = Some(at);
        }
        Event::SurveyRecorded(survey) => {
            case.surveys.push(SurveyState { stage: survey.stage, answer: survey.answer, answered_at: at });
        }
        Event::RestrictionAssessed(_) => case.restriction_assessed = true,
        Event::ContactRestricted(restricted) => {
            case.restriction_assessed = false;
            case.restrictions.push(RestrictionState {
                since: at,
                review_on: Some(restricted.review_on),
                lifted_at: None,
            });
        }
        Event::RestrictionReviewed(reviewed) => {
            if let Some(restriction) = case.restrictions.last_mut() {
                restriction.review_on = reviewed.review_on.filter(|_| reviewed.stays);
                restriction.lifted_at = if reviewed.stays { None } else { Some(at) };
            }
        }
        Event::LearningRecorded(learnt) => case.learning.push(LearningState {
            theme: learnt.theme.clone(),
            root_cause: learnt.root_cause.clone(),
            improvement: learnt.improvement,
            owner: learnt.owner.clone(),
            recorded_at: at,
            reported_to: None,
            done_at: None,
        }),
        Event::LearningReported(reported) => {
            if let Some(learning) = numbered(&mut case.learning, reported.learning) {
                learning.reported_to = Some(reported.reported_to.clone());
                learning.done_at = if reported.done { Some(at) } else { learning.done_at };
            }
        }
        _ => {}
    }
}

/// A reopened complaint goes back to the stage at which it was decided; that stage's answer stays in the log.
fn reopened(case: &mut Case) {
    case.reopened = case.reopened.saturating_add(1);
    case.closing = None;
    case.phase = match case.stages.last().map(|stage| stage.number) {
        Some(StageNumber::Two) => Phase::AnsweredAtStageTwo,
        _ => Phase::AnsweredAtStageOne,
    };
}

fn ombudsman(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    let state = &mut case.ombudsman;
    match event {
        Event::ReferredToOmbudsman(_) => {
            state.referred_at.get_or_insert(at);
        }
        Event::DeterminationRecorded(determined) => determination(state, determined, at),
        Event::OrderCompliedWith(complied) => {
            if let Some(order) = numbered(&mut state.orders, complied.order) {
                order.complied_at = Some(at);
            }
        }
        Event::FailureOrderRecorded(recorded) => state.failure_orders.push(failure_order(recorded, at)),
        Event::FailureOrderCompliedWith(complied) => {
            if let Some(order) = numbered(&mut state.failure_orders, complied.failure_order) {
                order.complied_at = Some(at);
            }
        }
        _ => {}
    }
}

fn determination(state: &mut OmbudsmanState, determined: &DeterminationRecorded, at: DateTime<Utc>) {
    state.findings.extend(determined.findings.iter().map(|found| FindingState {
        reference: determined.reference.clone(),
        issue: found.issue.clone(),
        finding: found.finding,
        determined_at: at,
    }));
    state.orders.extend(determined.orders.iter().map(|ordered| OrderState {
        reference: determined.reference.clone(),
        kind: ordered.kind,
        due_on: ordered.due_on,
        pence: ordered.pence,
        complied_at: None,
    }));
}

fn failure_order(recorded: &FailureOrderRecorded, at: DateTime<Utc>) -> FailureOrderState {
    FailureOrderState {
        reference: recorded.reference.clone(),
        kind: recorded.kind,
        issued_at: at,
        due_on: recorded.due_on,
        complied_at: None,
    }
}

fn correct(case: &mut Case, fact: &Fact) {
    match fact {
        Fact::ReceivedAt { at } => {
            case.received_at = *at;
            if let Some(stage) = case.stages.first_mut() {
                stage.requested_at = *at;
            }
        }
        Fact::RequestedAt { at } => {
            if let Some(asked) = &mut case.escalation {
                asked.requested_at = *at;
            }
            if let Some(stage) = case.stages.get_mut(1) {
                stage.requested_at = *at;
            }
        }
        Fact::LoggedAt { stage, at } => with_stage(case, *stage, |stage| stage.logged_at = *at),
        Fact::AcknowledgedAt { stage, at } => {
            with_stage(case, *stage, |stage| stage.acknowledged_at = Some(*at))
        }
        Fact::RespondedAt { stage, at } => with_stage(case, *stage, |stage| stage.responded_at = Some(*at)),
        Fact::EventOn { on } => case.facts.event_on = Some(*on),
        Fact::AwareOn { on } => case.facts.aware_on = Some(*on),
        Fact::StockType { is } => case.facts.stock_type = *is,
        Fact::Channel { is } => case.channel = *is,
        Fact::Categories { are } => case.facts.categories.clone_from(are),
        Fact::ServiceArea { is } => case.facts.service_area.clone_from(is),
        Fact::Contractor { is } => case.facts.contractor.clone_from(is),
    }
}

fn with_stage(case: &mut Case, number: StageNumber, change: impl FnOnce(&mut Stage)) {
    if let Some(stage) = case.stages.iter_mut().find(|stage| stage.number == number) {
        change(stage);
    }
}

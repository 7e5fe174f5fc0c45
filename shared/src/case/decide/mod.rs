//! What may happen. Each file holds the commands of one part of a complaint's life; each refusal names its clause and the way out.

mod acknowledge;
mod after;
mod correct;
mod escalate;
mod extend;
mod guard;
mod intake;
mod ombudsman;
mod redress;
mod respond;
mod stage;
mod triage;

use super::CaseId;
use super::command::Command;
use super::context::Context;
use super::event::{Event, Opened};
use super::refusal::{Caution, Refusal, RefusalCode};
use super::state::Case;
use super::words::Phase;

/// What follows from a command that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What happened, in order.
    pub events: Vec<Event>,
    /// What the policy allows and the Code does not.
    pub cautions: Vec<Caution>,
    /// A complaint that came out of this case, to be opened in the same breath.
    pub spawned: Option<Spawned>,
}

/// A complaint that came out of another case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spawned {
    /// Its id, as the context gave it.
    pub id: CaseId,
    /// Its opening.
    pub opened: Box<Opened>,
}

impl From<Event> for Decision {
    fn from(event: Event) -> Self {
        Self { events: vec![event], cautions: Vec::new(), spawned: None }
    }
}

impl Decision {
    fn with_cautions(mut self, cautions: Vec<Caution>) -> Self {
        self.cautions = cautions;
        self
    }

    fn spawning(mut self, spawned: Spawned) -> Self {
        self.spawned = Some(spawned);
        self
    }
}

/// A decision, or a refusal with its clause.
pub type Verdict = Result<Decision, Box<Refusal>>;

/// Decides a command on a case, or on nothing for the one command that opens a case.
///
/// # Errors
/// A [`Refusal`] that names the rule, the clause and the way out. Nothing of a refused command is kept.
pub fn decide(case: Option<&Case>, command: &Command, context: &Context<'_>) -> Verdict {
    decided(case, command, context).map_err(|refusal| refusal.under(context.rules.code))
}

fn decided(case: Option<&Case>, command: &Command, context: &Context<'_>) -> Verdict {
    guard::time(case, context)?;
    let decision = verdict(case, command, context)?;
    guard::dates(case, &decision, context)?;
    Ok(decision)
}

fn verdict(case: Option<&Case>, command: &Command, context: &Context<'_>) -> Verdict {
    match (case, command) {
        (None, Command::Receive(receive)) => intake::receive(receive, context),
        (None, _) => {
            Err(Refusal::new(RefusalCode::WrongPhase, "there is no such case yet", "receive it first"))
        }
        (Some(_), Command::Receive(_)) => Err(Refusal::new(
            RefusalCode::AlreadyDone,
            "this case has been received already",
            "receive a new case",
        )),
        (Some(case), command) => on_case(case, command, context),
    }
}

fn on_case(case: &Case, command: &Command, context: &Context<'_>) -> Verdict {
    match command {
        Command::Receive(_) => guard::wrong_phase(case, "received again"),
        Command::Confirm(command) => intake::confirm(case, command, context),
        Command::RecordConsent(command) => intake::record_consent(case, command, context),
        Command::FlagRisk(command) => intake::flag_risk(case, command, context),
        Command::HandOffRisk(command) => intake::hand_off_risk(case, command, context),
        Command::RaiseComplaint(command) => intake::raise_complaint(case, command, context),
        Command::Settle(command) => intake::settle(case, command, context),
        Command::Accept(command) => triage::accept(case, command, context),
        Command::Refuse(command) => triage::refuse(case, command, context),
        Command::DirectAcceptance(command) => triage::direct_acceptance(case, command, context),
        Command::Acknowledge(command) => acknowledge::acknowledge(case, command, context),
        Command::Assign(command) => stage::assign(case, command, context),
        Command::AddIssue(command) => stage::add_issue(case, command, context),
        Command::Extend(command) => extend::extend(case, command, context),
        Command::UpdateResident(command) => stage::update_resident(case, command, context),
        Command::Consult(command) => stage::consult(case, command, context),
        Command::NotifyContractor(command) => stage::notify_contractor(case, command, context),
        Command::ReviewResponse(command) => stage::review_response(case, command, context),
        Command::Respond(command) => respond::respond(case, command, context),
        Command::RequestEscalation(command) => escalate::request(case, command, context),
        Command::ExplainEscalation(command) => escalate::explain(case, command, context),
        Command::AcceptEscalation(command) => escalate::accept(case, command, context),
        Command::RefuseEscalation(command) => escalate::refuse(case, command, context),
        Command::ReviewStageOne(command) => escalate::review_stage_one(case, command, context),
        _ => afterwards(case, command, context),
    }
}

/// Remedies, closing, learning and the Ombudsman: what can be done beside the stages and after them.
fn afterwards(case: &Case, command: &Command, context: &Context<'_>) -> Verdict {
    match command {
        Command::OfferRemedy(command) => redress::offer_remedy(case, command, context),
        Command::AnswerOffer(command) => redress::answer_offer(case, command, context),
        Command::LapseOffer(command) => redress::lapse_offer(case, command, context),
        Command::PayCompensation(command) => redress::pay_compensation(case, command, context),
        Command::AddAction(command) => redress::add_action(case, command, context),
        Command::ReviseAction(command) => redress::revise_action(case, command, context),
        Command::CompleteAction(command) => redress::complete_action(case, command, context),
        Command::AgreeRemedy(command) => after::agree_remedy(case, command, context),
        Command::WarnNoContact(command) => after::warn_no_contact(case, command, context),
        Command::Close(command) => after::close(case, command, context),
        Command::Reopen(command) => after::reopen(case, command, context),
        Command::Withdraw(command) => after::withdraw(case, command, context),
        Command::RecordSurvey(command) => after::record_survey(case, command, context),
        Command::AssessRestriction(command) => after::assess_restriction(case, command, context),
        Command::RestrictContact(command) => after::restrict_contact(case, command, context),
        Command::ReviewRestriction(command) => after::review_restriction(case, command, context),
        Command::RecordLearning(command) => after::record_learning(case, command, context),
        Command::ReportLearning(command) => after::report_learning(case, command, context),
        Command::ReferToOmbudsman(command) => ombudsman::refer(case, command, context),
        Command::RecordDetermination(command) => ombudsman::determination(case, command, context),
        Command::ComplyWithOrder(command) => ombudsman::comply_with_order(case, command, context),
        Command::RecordFailureOrder(command) => ombudsman::failure_order(case, command, context),
        Command::ComplyWithFailureOrder(command) => {
            ombudsman::comply_with_failure_order(case, command, context)
        }
        Command::Correct(command) => correct::correct(case, command, context),
        Command::CorrectResident(command) => correct::correct_resident(case, command, context),
        _ => guard::wrong_phase(case, command.verb()),
    }
}

/// The phases in which a stage's work can be done.
const OPEN_STAGES: &[Phase] = &[Phase::StageOne, Phase::StageTwo, Phase::StageOneReview];

//! The acknowledgement of a stage: the complaint as it is understood, who deals with it, and when the answer comes.

use std::num::NonZeroU16;

use super::answer::{acknowledgement_clause, how_to_escalate_later, response_date};
use super::content::Content;
use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::{role_words, sentence};
use super::writer::Writer;
use super::{Letter, LetterKind};
use crate::calendar::words::{list, long_date};
use crate::calendar::{CalendarError, Count, london};
use crate::case::Citation;
use crate::case::command::stage::{Acknowledged, PointDefined};
use crate::case::state::Stage;
use crate::case::words::{SentTo, StageNumber};
use crate::policy::vocabulary::AcknowledgementItem;

pub fn acknowledgement(
    mut writer: Writer<'_>,
    acknowledged: &Acknowledged,
) -> Result<Option<Letter>, CalendarError> {
    let Some(stage) = writer.case.current_stage() else { return Ok(None) };
    if acknowledged.sent_to == SentTo::Nobody {
        return Ok(None);
    }
    let number = stage.number;
    where_it_stands(&mut writer, stage);
    understanding(&mut writer, acknowledged, number);
    handler(&mut writer, acknowledged, number);
    members(&mut writer, number);
    next_steps(&mut writer, acknowledged, number);
    let listed = writer.clause(acknowledgement_clause(&writer, number, AcknowledgementItem::ResponseDate));
    response_date(&mut writer, number, listed)?;
    updates(&mut writer, number, stage.update_every_working_days);
    talk(&mut writer, acknowledged, number);
    further(&mut writer, number);
    let (kind, title) = match number {
        StageNumber::One => (LetterKind::Acknowledgement, "We are looking into your complaint"),
        StageNumber::Two => {
            (LetterKind::EscalationAcknowledgement, "We are looking into your complaint at stage 2")
        }
    };
    Ok(Some(writer.letter(kind, Some(number), acknowledged.sent_to, title)))
}

fn where_it_stands(writer: &mut Writer<'_>, stage: &Stage) {
    let asked = long_date(london::date_of(stage.requested_at));
    let limit = writer.stage(stage.number).acknowledge.as_ref();
    let clause = limit.map_or("silent", |limit| limit.clause_or_silent());
    let (text, provision) = match stage.number {
        StageNumber::One => (
            format!(
                "We received your complaint on {asked}. It is at stage 1 of our complaints procedure, which has two stages."
            ),
            "6.2",
        ),
        StageNumber::Two => (
            format!(
                "You asked us on {asked} to look at your complaint again. It is now at stage 2, the last stage of our \
                 complaints procedure."
            ),
            "6.11",
        ),
    };
    let citation = writer.cite(clause, provision);
    writer.say("stage", "Where your complaint stands", text, citation);
}

fn understanding(writer: &mut Writer<'_>, acknowledged: &Acknowledged, number: StageNumber) {
    let clause = |item| acknowledgement_clause(writer, number, item);
    let understood = writer.cite(clause(AcknowledgementItem::Understanding), "5.6");
    let responsible = writer.cite(clause(AcknowledgementItem::Responsibility), "5.7");
    let sought = writer.cite(clause(AcknowledgementItem::OutcomesSought), "5.6");
    let unclear = writer.cite("silent", "5.6");
    let points = writer.each(acknowledged.points.iter().map(|point| point.understanding));
    let lead = match number {
        StageNumber::One => "This is how we understand your complaint:",
        StageNumber::Two => "This is how we understand what is still not settled:",
    };
    writer.say(
        "understanding",
        "What your complaint is about",
        Content::from(lead).numbered(points),
        understood,
    );
    writer.say(
        "responsibility",
        "What we are responsible for",
        responsibility(&acknowledged.points),
        responsible,
    );
    let outcomes = acknowledged.outcomes_sought.map_or_else(
        || "You have not told us yet. Please tell us what would put this right for you.".to_owned(),
        |outcomes| sentence(&writer.words(outcomes)),
    );
    writer.say("outcomes-sought", "What you would like to happen", outcomes, sought);
    writer.say(
        "clarification",
        "If we have it wrong",
        "If any of this is wrong or unclear, or something is left out, please tell us. We will put it right.",
        unclear,
    );
}

/// Which points are the landlord's and which are not (Code 5.7).
fn responsibility(points: &[PointDefined]) -> String {
    let numbers = |responsible: bool| -> Vec<String> {
        let chosen = points.iter().zip(1_u32..).filter(|(point, _)| point.responsible == responsible);
        chosen.map(|(_, number)| number.to_string()).collect()
    };
    let named =
        |numbers: &[String]| format!("point{} {}", if numbers.len() == 1 { "" } else { "s" }, list(numbers));
    let (ours, others) = (numbers(true), numbers(false));
    match (ours.as_slice(), others.as_slice()) {
        (_, []) => "We are responsible for everything listed above.".to_owned(),
        ([], _) => "We are not responsible for what is listed above.".to_owned(),
        (ours, others) => {
            format!("We are responsible for {}. We are not responsible for {}.", named(ours), named(others))
        }
    }
}

fn handler(writer: &mut Writer<'_>, acknowledged: &Acknowledged, number: StageNumber) {
    let clause = |item| writer.clause(acknowledgement_clause(writer, number, item));
    let who = clause(AcknowledgementItem::Handler);
    let title = clause(AcknowledgementItem::HandlerJobTitle);
    let contact = clause(AcknowledgementItem::HandlerContact);
    let handler = &acknowledged.handler;
    let text = format!(
        "{} If you get in touch, give their reference, {}.",
        sentence(&format!("{} deals with your complaint", role_words(handler.role))),
        handler.id.as_str()
    );
    writer.say("handler", "Who deals with it", text, who);
    if let Some(job_title) = &handler.job_title {
        writer.say("handler-job-title", "Their job title", job_title.as_str(), title);
    }
    if let Some(reach) = acknowledged.handler_contact {
        let reach = writer.words(reach);
        writer.say("handler-contact", "How to reach them", reach, contact);
    }
}

/// Whom the resident may choose to add to those who look at it.
fn members(writer: &mut Writer<'_>, number: StageNumber) {
    let offered = &writer.stage(number).handlers.resident_may_add;
    let Some(first) = offered.first() else { return };
    let citation = writer.clause(first.clause_or_silent());
    let who: Vec<&str> = offered.iter().map(|role| role_words(role.value)).collect();
    let text = format!(
        "If you wish, {} can look at it too. Please tell us if you would like that.",
        who.join(" or ")
    );
    writer.say("members", "Who else can look at it", text, citation);
}

fn next_steps(writer: &mut Writer<'_>, acknowledged: &Acknowledged, number: StageNumber) {
    let clause = acknowledgement_clause(writer, number, AcknowledgementItem::NextSteps);
    let citation = writer.clause(clause);
    let steps = acknowledged.next_steps.map_or_else(
        || {
            "We look into each point. We may get in touch to ask you more. Then we write to you with our decision and the \
             reasons for it."
                .to_owned()
        },
        |steps| sentence(&writer.words(steps)),
    );
    writer.say("next-steps", "What happens next", steps, citation);
}

/// How often the resident hears, where that was agreed.
pub fn updates(writer: &mut Writer<'_>, number: StageNumber, every: Option<NonZeroU16>) {
    let Some(days) = every else { return };
    let agreed = writer.stage(number).contact_frequency_agreed.as_ref();
    let citation = writer.cite(agreed.map_or("silent", |rule| rule.clause_or_silent()), "5.9");
    let text = format!(
        "As agreed with you, we tell you how it goes every {}.",
        every_words(Count::working_days(u32::from(days.get())))
    );
    writer.say("updates", "How often you hear from us", text, citation);
}

fn every_words(count: Count) -> String {
    if count.count == 1 { "working day".to_owned() } else { count.to_string() }
}

fn talk(writer: &mut Writer<'_>, acknowledged: &Acknowledged, number: StageNumber) {
    if !acknowledged.offered_to_discuss {
        return;
    }
    let citation = writer.clause(acknowledgement_clause(writer, number, AcknowledgementItem::OfferToDiscuss));
    let text = "Would you like to talk your complaint over with us? Get in touch, and we will arrange it.";
    writer.say("offer-to-discuss", "Talk to us", text, citation);
}

fn further(writer: &mut Writer<'_>, number: StageNumber) {
    let clause = acknowledgement_clause(writer, number, AcknowledgementItem::HowToEscalate);
    match number {
        StageNumber::One => how_to_escalate_later(writer, clause),
        StageNumber::Two => {
            let citation = writer.clause(clause);
            let text = "Stage 2 is our last. If our answer does not settle the matter, you can take it to the Housing \
                        Ombudsman.";
            writer.say("how-to-escalate", "If you are not satisfied with our answer", text, citation);
        }
    }
    how_to_ombudsman(writer, Standpoint::Meanwhile, Citation::default());
}

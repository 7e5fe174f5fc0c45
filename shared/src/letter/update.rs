//! How it goes: while a stage is open, when somebody else takes it over, and when it is looked at again.

use super::acknowledgement::updates;
use super::answer::{acknowledgement_clause, response_date};
use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::{role_words, sentence};
use super::writer::Writer;
use super::{Letter, LetterKind};
use crate::calendar::CalendarError;
use crate::case::Citation;
use crate::case::command::after::Reopened;
use crate::case::command::escalation::StageOneReviewOpened;
use crate::case::command::stage::{Assigned, ResidentUpdated};
use crate::case::words::{Phase, SentTo, StageNumber};
use crate::policy::vocabulary::AcknowledgementItem;

/// What the resident is told meanwhile.
pub fn update(mut writer: Writer<'_>, updated: &ResidentUpdated) -> Result<Option<Letter>, CalendarError> {
    let Some(stage) = writer.case.current_stage() else { return Ok(None) };
    if updated.sent_to == SentTo::Nobody {
        return Ok(None);
    }
    let text = sentence(&writer.words(updated.note));
    let citation = writer.cite("silent", "5.9");
    writer.say("progress", "How it goes", text, citation);
    if matches!(writer.case.phase, Phase::StageOne | Phase::StageTwo | Phase::StageOneReview) {
        response_date(&mut writer, stage.number, Citation::default())?;
        updates(&mut writer, stage.number, stage.update_every_working_days);
    }
    Ok(Some(finish(writer, Some(stage.number), updated.sent_to, "How your complaint is going")))
}

/// Stage 1 is looked at again.
pub fn review(
    mut writer: Writer<'_>,
    opened: &StageOneReviewOpened,
    to: SentTo,
) -> Result<Letter, CalendarError> {
    let rule = writer.clause(writer.rules.profile.after.reopening.clause_or_silent());
    let text = format!(
        "You told us something new, so we look at stage 1 of your complaint again before we go further. What is new: {}",
        sentence(&writer.words(opened.new_information))
    );
    writer.say("progress", "What we do now", text, rule);
    let who = sentence(&format!("{} looks at it", role_words(opened.handler.role)));
    writer.say("handler", "Who deals with it", who, Citation::default());
    response_date(&mut writer, StageNumber::One, Citation::default())?;
    let text = "If this does not settle the matter, you can ask for stage 2 afterwards.";
    writer.say("how-to-escalate", "If you are not satisfied with our answer", text, Citation::default());
    Ok(finish(writer, Some(StageNumber::One), to, "We are looking at stage 1 of your complaint again"))
}

/// A complaint that was closed is opened again.
pub fn reopened(
    mut writer: Writer<'_>,
    reopened: &Reopened,
    to: SentTo,
) -> Result<Option<Letter>, CalendarError> {
    let Some(stage) = writer.case.current_stage() else { return Ok(None) };
    let rule = writer.clause(writer.rules.profile.after.reopening.clause_or_silent());
    let text = format!(
        "We have opened your complaint again, because of what is new: {}",
        sentence(&writer.words(reopened.new_evidence))
    );
    writer.say("progress", "What we do now", text, rule);
    response_date(&mut writer, stage.number, Citation::default())?;
    Ok(Some(finish(writer, Some(stage.number), to, "We are looking at your complaint again")))
}

/// Who deals with it from now on, where the policy has the resident told and an acknowledgement has named somebody before.
pub fn assigned(mut writer: Writer<'_>, assigned: &Assigned, to: SentTo) -> Option<Letter> {
    let stage = writer.case.current_stage()?;
    let number = stage.number;
    let clause = acknowledgement_clause(&writer, number, AcknowledgementItem::Handler);
    if stage.acknowledged_at.is_none() || clause == "silent" {
        return None;
    }
    let citation = writer.clause(clause);
    let handler = &assigned.handler;
    let title = handler.job_title.as_ref().map(|title| format!(" ({})", title.as_str())).unwrap_or_default();
    let text = format!(
        "{} If you get in touch, give their reference, {}.",
        sentence(&format!("{}{title} now deals with your complaint", role_words(handler.role))),
        handler.id.as_str()
    );
    writer.say("progress", "Who deals with your complaint", text, citation);
    Some(finish(writer, Some(number), to, "Who deals with your complaint now"))
}

/// The letter, with the way to the Ombudsman.
pub fn finish(mut writer: Writer<'_>, stage: Option<StageNumber>, to: SentTo, title: &str) -> Letter {
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, Citation::default());
    writer.letter(LetterKind::Update, stage, to, title)
}

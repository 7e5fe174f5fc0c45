//! How it goes: while a stage is open, when it is looked at again, and when an offer or a promised action changes.

use super::acknowledgement::updates;
use super::answer::response_date;
use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::{role_words, sentence};
use super::remedies::remedies;
use super::writer::Writer;
use super::{Letter, LetterKind};
use crate::calendar::CalendarError;
use crate::calendar::words::weekday_date;
use crate::case::Citation;
use crate::case::command::after::Reopened;
use crate::case::command::escalation::StageOneReviewOpened;
use crate::case::command::redress::{ActionCompleted, ActionRevised, RemedyOffered};
use crate::case::command::stage::ResidentUpdated;
use crate::case::record::RecordRef;
use crate::case::words::{Phase, SentTo, StageNumber};

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

/// An offer outside a response.
pub fn offer(mut writer: Writer<'_>, offered: &RemedyOffered, to: SentTo) -> Letter {
    let stage = writer.case.current_stage().map(|stage| stage.number);
    let citation = writer.cite("silent", "5.13");
    remedies(&mut writer, std::slice::from_ref(offered), None, "silent", citation);
    finish(writer, stage, to, "An offer to put things right")
}

/// A promised action gets another date.
pub fn action_revised(mut writer: Writer<'_>, revised: &ActionRevised, to: SentTo) -> Option<Letter> {
    let what = promised(&writer, revised.action)?;
    let text = format!(
        "{what}\nWe will now do this by {}. The reason: {}",
        weekday_date(revised.due_on),
        sentence(&writer.words(revised.reason))
    );
    let citation = tracked(&writer);
    writer.say("progress", "What we promised, and when it will be done", text, citation);
    let stage = writer.case.current_stage().map(|stage| stage.number);
    Some(finish(writer, stage, to, "What we promised will be done on another date"))
}

/// A promised action is done.
pub fn action_completed(mut writer: Writer<'_>, completed: &ActionCompleted, to: SentTo) -> Option<Letter> {
    let what = promised(&writer, completed.action)?;
    let note = completed.note.map(|note| format!("\n{}", sentence(&writer.words(note)))).unwrap_or_default();
    let text = format!("{what}\nThis is now done.{note}");
    let citation = tracked(&writer);
    writer.say("progress", "What we promised", text, citation);
    let stage = writer.case.current_stage().map(|stage| stage.number);
    Some(finish(writer, stage, to, "What we promised is done"))
}

fn promised(writer: &Writer<'_>, number: u16) -> Option<String> {
    let action = writer.case.actions.get(usize::from(number).checked_sub(1)?)?;
    let what: RecordRef = action.what;
    Some(sentence(&writer.words(what)))
}

fn tracked(writer: &Writer<'_>) -> Citation {
    let stage = writer.case.current_stage().map(|stage| stage.number);
    let provision = if stage == Some(StageNumber::Two) { "6.17" } else { "6.6" };
    writer.cite(writer.rules.profile.after.actions_tracked.clause_or_silent(), provision)
}

fn finish(mut writer: Writer<'_>, stage: Option<StageNumber>, to: SentTo, title: &str) -> Letter {
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, Citation::default());
    writer.letter(LetterKind::Update, stage, to, title)
}

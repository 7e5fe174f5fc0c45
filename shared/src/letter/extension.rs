//! The notice that the answer will take longer.

use super::acknowledgement::updates;
use super::answer::{answer_due, derivation, told_date};
use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::{due_words, sentence, stage_words};
use super::writer::{Listed, Writer};
use super::{Letter, LetterKind};
use crate::calendar::CalendarError;
use crate::calendar::words::weekday_date;
use crate::case::deadline::{Clock, Due, response_dates};
use crate::case::event::ExtensionGiven;
use crate::case::words::{SentTo, StageNumber};
use crate::policy::vocabulary::ExtensionNeed;

/// The provisions of the Code on an extension: the reasons and date, and the Ombudsman's details.
pub const fn provisions(number: StageNumber) -> (&'static str, &'static str) {
    match number {
        StageNumber::One => ("6.4", "6.5"),
        StageNumber::Two => ("6.15", "6.16"),
    }
}

pub fn extension(
    mut writer: Writer<'_>,
    given: &ExtensionGiven,
    to: SentTo,
) -> Result<Option<Letter>, CalendarError> {
    let (limit, details) = provisions(given.stage);
    let needs = &writer.stage(given.stage).extend.needs;
    let expected = writer.cite(ExtensionNeed::ExpectedDate.clause_in(needs), limit);
    let reason = writer.cite(ExtensionNeed::Reason.clause_in(needs), limit);
    let ombudsman = writer.cite(ExtensionNeed::OmbudsmanDetails.clause_in(needs), details);
    let text = format!(
        "We need more time for our answer at {}. You can now expect it by {}.",
        stage_words(given.stage),
        weekday_date(given.extended.respond_by)
    );
    writer.say("expected-date", "When you can expect our answer", text, expected);
    previous_date(&mut writer, given.stage)?;
    let why = sentence(&writer.words(given.extended.reason));
    writer.say("reason", "Why it takes longer", why, reason);
    good_reason(&mut writer, given);
    code_limit(&mut writer, given)?;
    agreement(&mut writer, given);
    updates(&mut writer, given.stage, given.extended.update_every_working_days);
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, ombudsman);
    let title = "Our answer to your complaint will take longer";
    Ok(Some(writer.letter(LetterKind::Extension, Some(given.stage), to, title)))
}

/// The date that the new one takes the place of: as it stood without this extension.
fn previous_date(writer: &mut Writer<'_>, number: StageNumber) -> Result<(), CalendarError> {
    let mut before = writer.case.clone();
    if let Some(stage) = before.stages.iter_mut().find(|stage| stage.number == number) {
        stage.extensions.pop();
    }
    let Some(deadline) = answer_due(writer, &before, number)? else { return Ok(()) };
    let told = told_date(&before, number);
    let text = match told {
        Some(date) => {
            format!(
                "Our answer was due by {}, the later date that we told you of before.",
                weekday_date(date)
            )
        }
        None => {
            let when = due_words(deadline.due);
            format!("Our answer was due by {when}. {}", derivation(writer, &deadline, number)?)
        }
    };
    let citation = deadline.citation;
    writer.say("previous-date", "When it was due before", text, citation);
    Ok(())
}

fn good_reason(writer: &mut Writer<'_>, given: &ExtensionGiven) {
    let Some(reason) = given.extended.good_reason else { return };
    let rules = &writer.stage(given.stage).extend;
    let clause = rules.beyond_cap.clause_or_silent();
    let citation = writer.cite(clause, provisions(given.stage).0);
    let text = format!("This is longer than usual. The reason is: {}", sentence(&writer.words(reason)));
    writer.say("good-reason", "Why we go past the usual limit", text, citation);
}

/// Where the new date is past the one that the Code allows, the letter says so.
fn code_limit(writer: &mut Writer<'_>, given: &ExtensionGiven) -> Result<(), CalendarError> {
    let Some((_, due)) = response_dates(writer.case, writer.rules, Clock::Code, given.stage)? else {
        return Ok(());
    };
    if given.extended.respond_by <= due {
        return Ok(());
    }
    let provision = provisions(given.stage).0;
    let citation = writer.cite("silent", provision);
    let text = format!(
        "The Housing Ombudsman's Code has us answer by {}. Our new date is later than that.",
        due_words(Due::On(due))
    );
    writer.say("code-limit", "What the Code allows", text, citation);
    Ok(())
}

fn agreement(writer: &mut Writer<'_>, given: &ExtensionGiven) {
    let needs = &writer.stage(given.stage).extend.needs;
    let agreed = writer.clause(ExtensionNeed::Agreement.clause_in(needs));
    let discussed = writer.clause(ExtensionNeed::Discussion.clause_in(needs));
    if given.extended.agreed {
        writer.say("agreement", "What we agreed", "You agreed to this new date.", agreed);
    }
    if given.extended.discussed {
        let text = "We have talked the reasons over with you.";
        writer.say("discussion", "What we talked over", text, discussed);
    }
}

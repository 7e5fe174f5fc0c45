//! What was said aloud, in writing: first to be agreed, then as it was agreed.

use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::{came_by, sentence, ways_to_reach};
use super::writer::Writer;
use super::{Letter, LetterKind};
use crate::calendar::london;
use crate::calendar::words::long_date;
use crate::case::Citation;
use crate::case::command::intake::{Confirmed, Received};
use crate::case::words::SentTo;
use crate::policy::vocabulary::SpokenHandling;

/// The letter to a resident who complained aloud, where the policy has it agreed in writing before it goes on.
pub fn to_be_confirmed(mut writer: Writer<'_>, received: &Received, to: SentTo) -> Option<Letter> {
    let rule = &writer.rules.profile.intake.spoken;
    if rule.value != SpokenHandling::ConfirmInWriting || !received.channel.is_spoken() {
        return None;
    }
    let citation = writer.clause(rule.clause_or_silent());
    let date = long_date(london::date_of(writer.case.received_at));
    let said = writer.words(received.about);
    let lead = format!("You complained {} on {date}. This is what we wrote down:", came_by(received.channel));
    writer.say("understanding", "What you told us", format!("{lead}\n{said}"), citation.clone());
    if let Some(sought) = received.outcome_sought {
        let text = sentence(&writer.words(sought));
        writer.say("outcomes-sought", "What you would like to happen", text, citation.clone());
    }
    let text = format!(
        "Is this right? Please tell us that you agree, or what to change. You can tell us {}. Once you agree, we go on with \
         your complaint.",
        ways_to_reach(&writer.rules.profile)
    );
    writer.say("agreement", "Please tell us if this is right", text, citation);
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, Citation::default());
    Some(writer.letter(LetterKind::Confirmation, None, to, "What you complained about, in writing"))
}

/// The letter once it is agreed, where what was agreed differs from what was taken down.
pub fn confirmed(mut writer: Writer<'_>, confirmed: &Confirmed, to: SentTo) -> Option<Letter> {
    let text = writer.words(confirmed.text?);
    let citation = writer.clause(writer.rules.profile.intake.spoken.clause_or_silent());
    writer.say("understanding", "What we agreed that you told us", text, citation.clone());
    let text = "Thank you for telling us what to put right. We have changed what we wrote down, and now go on with your \
                complaint.";
    writer.say("agreement", "What happens now", text, citation);
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, Citation::default());
    Some(writer.letter(LetterKind::Confirmation, None, to, "Your complaint, as we agreed it with you"))
}

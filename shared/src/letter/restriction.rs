//! Contact is restricted, and a restriction is looked at again: why, for how long, and what stays open to the resident.

use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::{role_words, sentence};
use super::writer::Writer;
use super::{Letter, LetterKind};
use crate::calendar::words::weekday_date;
use crate::case::Citation;
use crate::case::command::after::{ContactRestricted, RestrictionReviewed};
use crate::case::words::SentTo;

/// The provision on restrictions, their reasons and their reviews.
pub const PROVISION: &str = "5.14";

/// Contact is restricted.
pub fn restriction(mut writer: Writer<'_>, restricted: &ContactRestricted, to: SentTo) -> Letter {
    let behaviour = &writer.rules.profile.behaviour;
    let citation = writer.cite(behaviour.governed_by.clause_or_silent(), PROVISION);
    let what = sentence(&writer.words(restricted.restriction));
    let text = format!("We have decided to limit how you can get in touch with us.\n{what}");
    writer.say("restriction", "What we have decided", text, citation.clone());
    let why = sentence(&writer.words(restricted.evidence));
    writer.say("reasons", "Our reasons", why, citation);
    let approver = &restricted.approved_by;
    let title = approver.job_title.as_ref().map(|title| format!(" ({})", title.as_str())).unwrap_or_default();
    let text = sentence(&format!("{}{title} agreed to this decision", role_words(approver.role)));
    writer.say("approval", "Who agreed to it", text, Citation::default());
    goes_on(&mut writer);
    review(&mut writer, Some(restricted.review_on));
    appeal(&mut writer);
    finish(writer, LetterKind::Restriction, to, "How you can get in touch with us from now on")
}

/// A restriction was looked at again.
pub fn reviewed(mut writer: Writer<'_>, reviewed: &RestrictionReviewed, to: SentTo) -> Letter {
    let behaviour = &writer.rules.profile.behaviour;
    let citation = writer.cite(behaviour.governed_by.clause_or_silent(), PROVISION);
    let (title, text) = if reviewed.stays {
        (
            "The limits on how you get in touch with us stay",
            "We have looked again at the limits on how you get in touch with us. They stay for now.",
        )
    } else {
        (
            "You can get in touch with us as before",
            "We have looked again at the limits on how you get in touch with us, and have ended them. You can get in touch as \
             before.",
        )
    };
    writer.say("decision", "What we have decided", text, citation.clone());
    let why = sentence(&writer.words(reviewed.reason));
    writer.say("reasons", "Our reasons", why, citation);
    if reviewed.stays {
        review(&mut writer, reviewed.review_on);
        appeal(&mut writer);
    }
    finish(writer, LetterKind::RestrictionReview, to, title)
}

/// Complaints are looked into all the same.
fn goes_on(writer: &mut Writer<'_>) {
    let afresh = &writer.rules.profile.behaviour.each_case_afresh;
    let citation = if afresh.value { writer.clause(afresh.clause_or_silent()) } else { Citation::default() };
    let text = "We go on dealing with your complaint. You can still make a new complaint, and we look at each one by itself. If \
                you report something that puts anybody in danger, we act on it.";
    writer.say("complaint-goes-on", "What does not change", text, citation);
}

/// When it is looked at next.
fn review(writer: &mut Writer<'_>, on: Option<chrono::NaiveDate>) {
    let Some(on) = on else { return };
    let citation = writer.cite("silent", PROVISION);
    let text = format!(
        "We look at this again by {}, and write to you with what we decide then. It ends sooner if there is no more need for it.",
        weekday_date(on)
    );
    writer.say("review", "When we look at this again", text, citation);
}

/// What a resident can do who does not agree.
fn appeal(writer: &mut Writer<'_>) {
    let governed_by = &writer.rules.profile.behaviour.governed_by;
    let citation = writer.clause(governed_by.clause_or_silent());
    let text = format!(
        "Please tell us why, and ask us to look at it again. Tell us too if a disability or an illness makes it hard for you to \
         get in touch in this way: we can change it. You can find our rules on this here: {}",
        sentence(&governed_by.value)
    );
    writer.say("appeal", "If you do not agree", text, citation);
}

fn finish(mut writer: Writer<'_>, kind: LetterKind, to: SentTo, title: &str) -> Letter {
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, Citation::default());
    let stage = writer.case.current_stage().map(|stage| stage.number);
    writer.letter(kind, stage, to, title)
}

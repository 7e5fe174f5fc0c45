//! Stage 2 is asked for without reasons; or it is declined: the landlord's last word, with the way to the Ombudsman.

use super::content::Content;
use super::ombudsman::{Standpoint, how_to_ombudsman, tribunal};
use super::phrases::{sentence, ways_to_reach};
use super::refusal::{approval, discretion, may_direct, reasons};
use super::writer::{Listed, Writer};
use super::{Letter, LetterKind};
use crate::calendar::london;
use crate::calendar::words::long_date;
use crate::case::Citation;
use crate::case::event::{EscalationAsked, EscalationDeclined};
use crate::case::words::{SentTo, StageNumber};
use crate::policy::vocabulary::{EscalationGround, EscalationReasons, RefusalNeed};

pub fn refusal(mut writer: Writer<'_>, declined: &EscalationDeclined, to: SentTo) -> Letter {
    let refused = &declined.refused;
    let needs = &writer.rules.profile.escalation.needs;
    let asked = writer.case.escalation.as_ref().map(|asked| long_date(london::date_of(asked.requested_at)));
    let when = asked.map(|date| format!("On {date} you asked")).unwrap_or_else(|| "You asked".to_owned());
    let text = format!("{when} us to take your complaint to stage 2. We have decided not to.");
    let decision = writer.cite("silent", "5.11");
    writer.say("decision", "Our decision", text, decision);
    ground(&mut writer, refused.ground, &declined.clause);
    reasons(&mut writer, needs, refused.reasons, "5.11");
    discretion(&mut writer, needs, refused.discretion_considered, "2.5");
    approval(&mut writer, needs, refused.approved_by.as_ref());
    let last = writer.clause(&declined.clause);
    let text = "This is our final decision on your complaint. There is no further stage with us.";
    writer.say("final-decision", "This is our last word", text, last);
    may_direct(&mut writer, "2.4");
    let right = writer.cite(RefusalNeed::OmbudsmanRight.clause_in(needs), "2.4");
    how_to_ombudsman(&mut writer, Standpoint::Final, right);
    tribunal(&mut writer);
    let title = "We are not taking your complaint to stage 2";
    writer.letter(LetterKind::EscalationRefusal, Some(StageNumber::Two), to, title)
}

fn ground(writer: &mut Writer<'_>, ground: EscalationGround, clause: &str) {
    let rule = writer.rules.profile.escalation.grounds.iter().find(|rule| rule.ground == ground);
    let covers =
        rule.map(|rule| format!("\nWhat this covers: {}", sentence(&rule.covers))).unwrap_or_default();
    let text = format!("Our policy lets us decline stage 2 where {}.{covers}", ground_words(ground));
    let citation = writer.cite(clause, "5.11");
    writer.say("ground", "The ground in our policy", text, citation);
}

/// What is asked of a resident who asked for stage 2 and gave no reasons; nothing where there are reasons.
pub fn reasons_wanted(mut writer: Writer<'_>, asked: &EscalationAsked, to: SentTo) -> Option<Letter> {
    if asked.requested.reasons.is_some() {
        return None;
    }
    let rule = &writer.rules.profile.escalation.reasons;
    // The Code has reasons asked after and never required: where a policy requires them, it stands for that alone.
    let citation = match rule.value {
        EscalationReasons::Required => writer.clause(rule.clause_or_silent()),
        EscalationReasons::NotRequired | EscalationReasons::Asked => {
            writer.cite(rule.clause_or_silent(), "6.12")
        }
    };
    let text = format!("You asked us on {} to take your complaint to stage 2.", long_date(writer.today()));
    writer.say("request", "What you asked for", text, Citation::default());
    let content = Content::from("These questions help us to look into it:").numbered(
        [
            "What is not settled?",
            "Why are you not satisfied with our answer?",
            "What would you like to happen?",
        ]
        .map(str::to_owned)
        .to_vec(),
    );
    writer.say(
        "reasons-wanted",
        "What we would like to know",
        content.and(must_answer(rule.value)),
        citation,
    );
    let text = format!("You can tell us {}.", ways_to_reach(&writer.rules.profile));
    writer.say("how-to-answer", "How to tell us", text, Citation::default());
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, Citation::default());
    let title = "You asked us to look at your complaint again";
    Some(writer.letter(LetterKind::EscalationReasons, Some(StageNumber::Two), to, title))
}

const fn must_answer(reasons: EscalationReasons) -> &'static str {
    match reasons {
        EscalationReasons::NotRequired | EscalationReasons::Asked => "You do not have to answer them.",
        EscalationReasons::Required => "We need your answers before we can look at your complaint again.",
    }
}

const fn ground_words(ground: EscalationGround) -> &'static str {
    match ground {
        EscalationGround::NoSufficientGrounds => "there is not enough left to look into",
        EscalationGround::OutcomeDelivered => "what was asked for has been done",
        EscalationGround::NotAppropriate => "we find that looking at it further is not appropriate",
        EscalationGround::BasisChanged => "the complaint has become a different one on the way",
        EscalationGround::TooEarly => "it is asked for before our stage 1 answer is due",
        EscalationGround::OutOfTime => "it is asked for after the time allowed",
        EscalationGround::NotCooperating => "the resident does not take part in looking into it",
        EscalationGround::NotUpheld => "no part of the complaint was upheld at stage 1",
    }
}

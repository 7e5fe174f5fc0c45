//! Stage 2 is declined: the landlord's last word, with the way to the Ombudsman.

use super::ombudsman::{Standpoint, how_to_ombudsman, tribunal};
use super::phrases::sentence;
use super::refusal::{approval, discretion, may_direct, reasons};
use super::writer::{Listed, Writer};
use super::{Letter, LetterKind};
use crate::calendar::london;
use crate::calendar::words::long_date;
use crate::case::event::EscalationDeclined;
use crate::case::words::{SentTo, StageNumber};
use crate::policy::vocabulary::{EscalationGround, RefusalNeed};

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

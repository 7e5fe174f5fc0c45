//! The words that letters have in common.

use chrono::{DateTime, Utc};

use crate::calendar::words::{list, weekday_date};
use crate::case::deadline::Due;
use crate::case::words::StageNumber;
use crate::policy::profile::Profile;
use crate::policy::vocabulary::{Channel, LateTest, Outcome, RiskKind, StaffRole};

/// An amount in pence as pounds: `£1,250.00`.
pub fn pounds(pence: u64) -> String {
    let digits = (pence / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("£{grouped}.{:02}", pence % 100)
}

/// Text as a sentence of its own: a capital at its start, a full stop at its end.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return String::new() };
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), characters.as_str())
}

/// `Tuesday 6 May 2025`, or `14:05 on Tuesday 6 May 2025` where hours are counted.
pub fn due_words(due: Due) -> String {
    match due {
        Due::On(date) => weekday_date(date),
        Due::At(instant) => clock_time(instant),
    }
}

/// `14:05 on Tuesday 6 May 2025`, in London.
pub fn clock_time(instant: DateTime<Utc>) -> String {
    let local = instant.with_timezone(&chrono_tz::Europe::London);
    format!("{} on {}", local.format("%H:%M"), weekday_date(local.date_naive()))
}

/// The risk for which there is a shorter time. A concern for somebody's safety is not named: others may read the letter.
pub const fn risk_words(risk: RiskKind) -> &'static str {
    match risk {
        RiskKind::RiskToLife => "somebody's life may be at risk",
        RiskKind::BuildingSafety => "a building may not be safe",
        RiskKind::Safeguarding => "our policy has a shorter time",
        RiskKind::HealthAndSafety => "somebody's health or safety may be at risk",
        RiskKind::SignificantHazard => "there may be a significant hazard",
        RiskKind::EmergencyHazard => "there may be an emergency hazard",
    }
}

/// `stage 1` or `stage 2`.
pub const fn stage_words(number: StageNumber) -> &'static str {
    match number {
        StageNumber::One => "stage 1",
        StageNumber::Two => "stage 2",
    }
}

/// A decision.
pub const fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "upheld",
        Outcome::PartlyUpheld => "partly upheld",
        Outcome::NotUpheld => "not upheld",
    }
}

/// What a decision means.
pub const fn outcome_meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "This means that we agree that something went wrong.",
        Outcome::PartlyUpheld => "This means that we agree with a part of it.",
        Outcome::NotUpheld => "This means that we did not find that we were at fault.",
    }
}

/// A part that somebody plays, with its article.
pub const fn role_words(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Officer => "a complaints officer",
        StaffRole::Manager => "a manager",
        StaffRole::SeniorManager => "a senior manager",
        StaffRole::Director => "a director",
        StaffRole::ComplaintsLead => "our lead for complaints",
        StaffRole::BusinessSupport => "our business support team",
        StaffRole::BoardMember => "a member of our board",
        StaffRole::ResidentMember => "a resident who sits on reviews",
    }
}

/// The ways to reach the landlord that a resident can choose from, as the policy names them.
pub fn ways_to_reach(profile: &Profile) -> String {
    let ways: Vec<&str> = profile.intake.channels.iter().filter_map(|rule| way(rule.channel)).collect();
    match ways.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => list(&ways),
    }
}

const fn way(channel: Channel) -> Option<&'static str> {
    match channel {
        Channel::Form => Some("on our form"),
        Channel::Letter => Some("by letter"),
        Channel::Email => Some("by email"),
        Channel::Text => Some("by text message"),
        Channel::Telephone => Some("by telephone"),
        Channel::InPerson => Some("in person"),
        Channel::Webchat => Some("by webchat"),
        Channel::Portal => Some("through your online account"),
        Channel::SocialMedia | Channel::Contractor | Channel::ElectedMember | Channel::Other => None,
    }
}

/// How a complaint came.
pub const fn came_by(channel: Channel) -> &'static str {
    match channel {
        Channel::Telephone => "by telephone",
        Channel::InPerson => "in person",
        Channel::Form => "on our form",
        Channel::Letter => "by letter",
        Channel::Email => "by email",
        Channel::Text => "by text message",
        Channel::Webchat => "by webchat",
        Channel::Portal => "through your online account",
        Channel::SocialMedia => "on social media",
        Channel::Contractor => "through our contractor",
        Channel::ElectedMember => "through an elected member",
        Channel::Other => "another way",
    }
}

/// What becomes of a request that comes after its time.
pub const fn late_words(late: LateTest) -> &'static str {
    match late {
        LateTest::GoodReason => "If you ask later, we can still look at it where there is a good reason.",
        LateTest::ExceptionalCircumstances => {
            "If you ask later, we can still look at it in exceptional circumstances."
        }
        LateTest::Discretion => {
            "If you ask later, we can still decide to look at it: tell us why it is late."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{pounds, sentence};

    #[test]
    fn money_is_exact_to_the_penny() {
        let amounts = [0, 5, 99, 100, 12_345, 99_999, 100_000, 123_456_789, u64::MAX];
        assert_eq!(
            amounts.map(pounds).join(" "),
            "£0.00 £0.05 £0.99 £1.00 £123.45 £999.99 £1,000.00 £1,234,567.89 £184,467,440,737,095,516.15"
        );
    }

    #[test]
    fn a_phrase_becomes_a_sentence_and_a_sentence_stays_one() {
        assert_eq!(sentence("a claim at court"), "A claim at court.");
        assert_eq!(sentence("It was late. "), "It was late.");
        assert_eq!(sentence(""), "");
    }
}

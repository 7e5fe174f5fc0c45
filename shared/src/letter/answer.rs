//! What letters say again and again: when the answer comes, and how to take the complaint further.

use chrono::{DateTime, NaiveDate, Utc};

use super::phrases::{clock_time, due_words, late_words, risk_words, stage_words, ways_to_reach};
use super::writer::{Listed, Writer};
use crate::calendar::words::weekday_date;
use crate::calendar::{CalendarError, london};
use crate::case::deadline::{
    CountedHours, Deadline, DeadlineName, Due, StartNote, deadlines, escalation_window, shorter_time_for,
};
use crate::case::words::StageNumber;
use crate::case::{Case, Citation};
use crate::code::StartPoint;
use crate::policy::vocabulary::{AcknowledgementItem, EscalationReasons, ExtensionNeed, ResponseItem};

/// The earlier of the two dates on which a stage's answer is due: the one that is promised.
pub fn answer_due(
    writer: &Writer<'_>,
    case: &Case,
    number: StageNumber,
) -> Result<Option<Deadline>, CalendarError> {
    let name = answer_name(case, number);
    let found = deadlines(case, writer.rules)?.into_iter().filter(|deadline| deadline.name == name);
    // A time of day on a date comes before the end of that date.
    Ok(found.min_by_key(|deadline| (deadline.due.date(), matches!(deadline.due, Due::On(_)))))
}

/// The name, among the deadlines, of the answer that a stage owes: its second one where it is looked at again.
fn answer_name(case: &Case, number: StageNumber) -> DeadlineName {
    let review = case.stage(number).and_then(|stage| stage.review.as_ref());
    match (number, review.is_some_and(|review| review.responded_at.is_none())) {
        (StageNumber::One, false) => DeadlineName::RespondOne,
        (StageNumber::One, true) => DeadlineName::ReviewOne,
        (StageNumber::Two, false) => DeadlineName::RespondTwo,
        (StageNumber::Two, true) => DeadlineName::ReviewTwo,
    }
}

/// Where a date comes from, in a sentence.
///
/// # Errors
/// When counting leaves the years that can be told.
pub fn derivation(
    writer: &Writer<'_>,
    deadline: &Deadline,
    number: StageNumber,
) -> Result<String, CalendarError> {
    Ok(match (&deadline.reckoning, deadline.hours) {
        (Some(reckoning), _) => {
            let start = start_words(writer, deadline, number);
            format!("We count from the day {start}: {reckoning}.")
        }
        (None, Some(CountedHours { count: hours, from })) => {
            let risk = shorter_time_for(writer.case, writer.rules, number)?;
            let why = risk.map_or("our policy has a shorter time", risk_words);
            format!("Where {why}, we answer within {hours} hours: we count from {}.", clock_time(from))
        }
        (None, None) => String::new(),
    })
}

fn start_words(writer: &Writer<'_>, deadline: &Deadline, number: StageNumber) -> &'static str {
    let start = deadline.reckoning.as_ref().map(|reckoning| reckoning.start);
    let stage = writer.case.stage(number);
    let as_it_was = |at: Option<DateTime<Utc>>| at.map(london::date_of) == start;
    if deadline.start_note == Some(StartNote::Direction) {
        return "the Ombudsman told us to take this on";
    }
    match deadline.from {
        _ if matches!(deadline.name, DeadlineName::ReviewOne | DeadlineName::ReviewTwo) => {
            "we began to look at it again"
        }
        Some(StartPoint::Receipt) if as_it_was(stage.map(|stage| stage.requested_at)) => {
            "we received your complaint"
        }
        Some(StartPoint::Receipt) => "on which your complaint counts as received",
        Some(StartPoint::Logging) => "we logged your complaint",
        Some(StartPoint::Acknowledgement) if as_it_was(stage.and_then(|stage| stage.acknowledged_at)) => {
            match number {
                StageNumber::One => "we acknowledged your complaint",
                StageNumber::Two => "we acknowledged your request for stage 2",
            }
        }
        Some(StartPoint::Acknowledgement) => "our acknowledgement was due",
        Some(StartPoint::Request) if as_it_was(stage.map(|stage| stage.requested_at)) => {
            "you asked for stage 2"
        }
        Some(StartPoint::Request) => "on which your request for stage 2 counts as received",
        Some(StartPoint::RequestLogging) => "we logged your request for stage 2",
        None => "we answered you",
    }
}

/// When to expect the answer of a stage: the date that the resident was told when it was extended, else the earlier of both
/// clocks. A day that has gone by is not promised.
pub fn response_date(
    writer: &mut Writer<'_>,
    number: StageNumber,
    listed: Citation,
) -> Result<(), CalendarError> {
    let Some(deadline) = answer_due(writer, writer.case, number)? else { return Ok(()) };
    let told = told_date(writer.case, number);
    let (due, derivation) = match told {
        Some(date) => (Due::On(date), "This is the later date that we told you of.".to_owned()),
        None => (deadline.due, derivation(writer, &deadline, number)?),
    };
    let when = due_words(due);
    let text = if due.is_met_by(writer.at) {
        format!("You can expect our answer by {when}. {derivation}")
    } else {
        format!(
            "Our answer was due by {when}, and that has passed. {derivation} We are sorry that we are late. We will answer \
             you as soon as we can."
        )
    };
    let source = match told {
        Some(_) => {
            let needs = &writer.stage(number).extend.needs;
            let clause = ExtensionNeed::ExpectedDate.clause_in(needs);
            writer.cite(clause, super::extension::provisions(number).0)
        }
        None => deadline.citation,
    };
    let citation = writer.both(listed, source);
    writer.say("response-date", "When you can expect our answer", text, citation);
    Ok(())
}

/// The date that the resident was last told with an extension of the answer that is owed. An extension of the first answer says
/// nothing of a second.
pub fn told_date(case: &Case, number: StageNumber) -> Option<NaiveDate> {
    let stage = case.stage(number)?;
    let since = stage.review.as_ref().map(|review| review.opened_at);
    let owed =
        stage.extensions.iter().rfind(|extension| since.is_none_or(|since| extension.decided_at >= since));
    owed.map(|extension| extension.respond_by)
}

/// How to ask for stage 2, while stage 1 is not answered.
pub fn how_to_escalate_later(writer: &mut Writer<'_>, clause: &str) {
    let escalation = &writer.rules.profile.escalation;
    let time = match &escalation.window {
        Some(window) => format!("You have {} from our answer to ask.", window.amount()),
        None => "There is no time limit for asking.".to_owned(),
    };
    let text = format!(
        "If our answer does not settle the matter for you, you can ask us to take it to stage 2, where somebody else looks at \
         it. {time} {}",
        reasons_words(escalation.reasons.value)
    );
    let window = escalation.window.as_ref().map_or("silent", |window| window.clause_or_silent());
    let citation = writer.both(writer.clause(clause), writer.clause(window));
    writer.say("how-to-escalate", "If you are not satisfied with our answer", text, citation);
}

/// How to ask for stage 2 and by when, once stage 1 is answered.
pub fn how_to_escalate(writer: &mut Writer<'_>) -> Result<(), CalendarError> {
    let profile = &writer.rules.profile;
    let listed = |item: ResponseItem| item.clause_in(&profile.stage_1.response_says);
    let citation = writer.both(
        writer.cite(listed(ResponseItem::HowToEscalate), "6.9(g)"),
        writer.clause(profile.escalation.reasons.clause_or_silent()),
    );
    let text = format!(
        "If this does not settle the matter for you, ask us to take your complaint to {}. You can ask {}. Somebody who did not \
         answer you at stage 1 will look at it. {}",
        stage_words(StageNumber::Two),
        ways_to_reach(profile),
        reasons_words(profile.escalation.reasons.value)
    );
    writer.say("how-to-escalate", "How to go to stage 2", text, citation);
    accept_by(writer)
}

fn accept_by(writer: &mut Writer<'_>) -> Result<(), CalendarError> {
    let profile = &writer.rules.profile;
    let clause = ResponseItem::AcceptBy.clause_in(&profile.stage_1.response_says);
    let to_accept = if clause == "silent" { "" } else { "accept our answer or " };
    let (text, source) = match escalation_window(writer.case, writer.rules)? {
        Some(window) => {
            let reckoning = window.reckoning.as_ref().map(ToString::to_string).unwrap_or_default();
            let late = profile.escalation.late.as_ref().map_or("", |late| late_words(late.value));
            let text = format!(
                "You have until {} to {to_accept}ask for stage 2: {reckoning}, the day of this answer. {late}",
                weekday_date(window.due.date())
            );
            (text.trim_end().to_owned(), window.citation)
        }
        None => ("There is no time limit for asking us to go to stage 2.".to_owned(), Citation::default()),
    };
    let citation = writer.both(writer.clause(clause), source);
    writer.say("accept-by", "How long you have", text, citation);
    Ok(())
}

/// Whether reasons are wanted.
pub const fn reasons_words(reasons: EscalationReasons) -> &'static str {
    match reasons {
        EscalationReasons::NotRequired => "You do not have to give a reason.",
        EscalationReasons::Asked => {
            "We will ask what you think is still not settled. It helps us, but you do not have to say."
        }
        EscalationReasons::Required => {
            "Please tell us what is still not settled, why you are not satisfied, and what you hope for. We need to know this \
             to look at it again."
        }
    }
}

/// The clause that wants an item in the acknowledgement of a stage.
pub fn acknowledgement_clause<'a>(
    writer: &Writer<'a>,
    number: StageNumber,
    item: AcknowledgementItem,
) -> &'a str {
    item.clause_in(&writer.stage(number).acknowledgement_says)
}

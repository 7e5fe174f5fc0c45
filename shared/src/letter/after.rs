//! Not reached, withdrawn, closed.

use super::actions::{Action, actions};
use super::answer::reasons_words;
use super::content::Content;
use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::{late_words, sentence, ways_to_reach};
use super::writer::Writer;
use super::{Letter, LetterKind};
use crate::calendar::words::{long_date, weekday_date};
use crate::calendar::{CalendarError, london};
use crate::case::Citation;
use crate::case::command::after::{Closed, NoContactWarned, Withdrawn};
use crate::case::deadline::escalation_window;
use crate::case::words::{ClosingReason, ConcernsAfterWithdrawal, Satisfaction, SentTo, StageNumber};

/// Nobody could be reached: a date by which to get in touch.
pub fn no_contact(mut writer: Writer<'_>, warned: &NoContactWarned, to: SentTo) -> Letter {
    let rule = writer.rules.profile.after.no_contact_letter.as_ref();
    let citation = writer.clause(rule.map_or("silent", |rule| rule.clause_or_silent()));
    let text = format!(
        "We have tried to reach you about your complaint and could not. Please get in touch by {}. You can reach us {}.",
        weekday_date(warned.contact_by),
        ways_to_reach(&writer.rules.profile)
    );
    writer.say("contact-by", "Please get in touch", text, citation.clone());
    let text = "If we have not heard from you by then, we may close your complaint.";
    writer.say("consequence", "What happens if we do not hear from you", text, citation);
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, Citation::default());
    let stage = writer.case.current_stage().map(|stage| stage.number);
    writer.letter(LetterKind::NoContact, stage, to, "We cannot reach you about your complaint")
}

/// The resident has withdrawn the complaint.
pub fn withdrawal(mut writer: Writer<'_>, withdrawn: &Withdrawn, to: SentTo) -> Letter {
    let rule = &writer.rules.profile.after.withdrawal_considers_concerns;
    let citation = writer.clause(rule.clause_or_silent());
    let text = format!(
        "You withdrew your complaint on {}. We no longer deal with it as a complaint.",
        long_date(writer.today())
    );
    writer.say("decision", "Your complaint is withdrawn", text, citation.clone());
    let becomes = match withdrawn.concerns {
        Some(ConcernsAfterWithdrawal::Continue) => {
            Some("What you raised matters all the same. We go on looking into it.")
        }
        Some(ConcernsAfterWithdrawal::End) => Some("We do not go on looking into what you raised."),
        None => None,
    };
    if let Some(becomes) = becomes {
        let why = withdrawn.concerns_reason.map(|reason| format!(" {}", sentence(&writer.words(reason))));
        let text = format!("{becomes}{}", why.unwrap_or_default());
        writer.say("concerns", "What becomes of what you raised", text, citation.clone());
    }
    // Said to everybody: to say it only where such a concern is known would give it away.
    if rule.value {
        let text = "Where there is a concern for somebody's safety, we act on it, whether or not there is a complaint.";
        writer.say("safeguarding", "Somebody's safety", text, citation);
    }
    how_to_ombudsman(&mut writer, Standpoint::Ended, Citation::default());
    let stage = writer.case.current_stage().map(|stage| stage.number);
    writer.letter(LetterKind::Withdrawal, stage, to, "You have withdrawn your complaint")
}

/// The complaint is closed.
pub fn closing(mut writer: Writer<'_>, closed: &Closed, to: SentTo) -> Result<Letter, CalendarError> {
    why_closed(&mut writer, closed.reason);
    outstanding(&mut writer);
    let stage = writer.case.current_stage().map(|stage| stage.number);
    let over = writer.case.escalation.as_ref().is_some_and(|asked| asked.refused.is_some());
    let last = stage == Some(StageNumber::Two) || over;
    let unanswered = matches!(closed.reason, ClosingReason::NoContact | ClosingReason::Unanswered);
    if stage == Some(StageNumber::One) && !over && !unanswered {
        still_to_stage_two(&mut writer)?;
    }
    survey(&mut writer);
    let standpoint = if last { Standpoint::Final } else { Standpoint::Ended };
    how_to_ombudsman(&mut writer, standpoint, Citation::default());
    Ok(writer.letter(LetterKind::Closing, stage, to, "Your complaint is closed"))
}

fn why_closed(writer: &mut Writer<'_>, reason: ClosingReason) {
    let after = &writer.rules.profile.after;
    let today = long_date(writer.today());
    let rule = match reason {
        ClosingReason::NoContact => {
            after.no_contact_letter.as_ref().map_or("silent", |rule| rule.clause_or_silent())
        }
        _ => after.closing.clause_or_silent(),
    };
    let why = match reason {
        ClosingReason::Answered => "because we have answered it".to_owned(),
        ClosingReason::Unanswered => "though we have not answered it".to_owned(),
        ClosingReason::WindowPassed => {
            "because we have answered it, and the time to ask for stage 2 has passed".to_owned()
        }
        ClosingReason::RemedyAgreed => match writer.case.remedy_agreed_at {
            Some(at) => format!(
                "because on {} we agreed with you how things are put right and by when",
                long_date(london::date_of(at))
            ),
            None => "because we agreed with you how things are put right and by when".to_owned(),
        },
        ClosingReason::NoContact => match writer.case.contact_by {
            Some(by) => {
                format!("because we could not reach you, and did not hear from you by {}", weekday_date(by))
            }
            None => "because we could not reach you".to_owned(),
        },
    };
    let citation = writer.clause(rule);
    writer.say("why", "Why it is closed", format!("We closed your complaint on {today}, {why}."), citation);
}

/// The actions that are not done yet.
fn outstanding(writer: &mut Writer<'_>) {
    let case = writer.case;
    let open: Vec<Action<'_>> = case
        .actions
        .iter()
        .filter(|action| action.done_at.is_none())
        .map(|action| Action { what: action.what, due_on: action.due_on, owner: action.owner.as_str() })
        .collect();
    let two = case.current_stage().is_some_and(|stage| stage.number == StageNumber::Two);
    let provision = if two { "6.17" } else { "6.6" };
    actions(writer, &open, "Nothing that we promised is left to be done.", provision, Citation::default());
}

/// What is still open to a resident whose complaint is closed after stage 1.
fn still_to_stage_two(writer: &mut Writer<'_>) -> Result<(), CalendarError> {
    let escalation = &writer.rules.profile.escalation;
    let reasons = reasons_words(escalation.reasons.value);
    let late = escalation.late.as_ref().map_or("", |late| late_words(late.value));
    let (text, citation) = match escalation_window(writer.case, writer.rules)? {
        Some(window) if window.due.is_met_by(writer.at) => {
            let date = weekday_date(window.due.date());
            (format!("You can still ask for stage 2, until {date}. {reasons} {late}"), window.citation)
        }
        Some(window) => {
            let date = weekday_date(window.due.date());
            (format!("The time to ask for stage 2 ended on {date}. {late}"), window.citation)
        }
        None => {
            (format!("You can still ask for stage 2; there is no time limit. {reasons}"), Citation::default())
        }
    };
    writer.say("how-to-escalate", "If you are not satisfied with our answer", text.trim_end(), citation);
    Ok(())
}

fn survey(writer: &mut Writer<'_>) {
    let rule = writer.rules.profile.after.survey.as_ref();
    let Some(rule) = rule.filter(|rule| rule.value) else { return };
    let citation = writer.clause(rule.clause_or_silent());
    let text = "We would like to know how satisfied you are with how we dealt with your complaint. We will ask you in a short \
                survey. Answering it is up to you.";
    writer.say("survey", "Tell us how we did", text, citation);
}

/// The invitation to say how satisfied they are; nothing where the policy does not ask.
pub fn survey_invitation(mut writer: Writer<'_>, to: SentTo) -> Option<Letter> {
    let rule = writer.rules.profile.after.survey.as_ref().filter(|rule| rule.value)?;
    let citation = writer.clause(rule.clause_or_silent());
    let content = Content::from(
        "Your complaint is closed. How satisfied or dissatisfied are you with how we dealt with it? Please choose one answer:",
    )
    .numbered(Satisfaction::ALL.iter().map(|answer| satisfaction_words(*answer).to_owned()).collect());
    writer.say("survey", "Our question to you", content, citation.clone());
    let text = "You can add what we did well, and what we should do better. We use it to improve how we deal with complaints.";
    writer.say("comment", "Anything else you would like to say", text, citation);
    let text = format!(
        "You can send us your answer {}. Please give the reference of this letter. You do not have to answer, and what you \
         answer changes nothing in how we treat you.",
        ways_to_reach(&writer.rules.profile)
    );
    writer.say("how-to-answer", "How to answer", text, Citation::default());
    how_to_ombudsman(&mut writer, Standpoint::Ended, Citation::default());
    let stage = writer.case.current_stage().map(|stage| stage.number);
    Some(writer.letter(LetterKind::Survey, stage, to, "How did we deal with your complaint?"))
}

const fn satisfaction_words(answer: Satisfaction) -> &'static str {
    match answer {
        Satisfaction::VerySatisfied => "Very satisfied",
        Satisfaction::FairlySatisfied => "Fairly satisfied",
        Satisfaction::Neither => "Neither satisfied nor dissatisfied",
        Satisfaction::FairlyDissatisfied => "Fairly dissatisfied",
        Satisfaction::VeryDissatisfied => "Very dissatisfied",
    }
}

//! What is offered, promised, paid and learnt outside an answer.

use super::Letter;
use super::phrases::{pounds, sentence};
use super::remedies::{basis_words, kind_words, remedies};
use super::update::finish;
use super::writer::{Listed, Writer};
use crate::calendar::london;
use crate::calendar::words::{long_date, weekday_date};
use crate::case::Citation;
use crate::case::command::after::LearningReported;
use crate::case::command::redress::{
    ActionAdded, ActionCompleted, ActionRevised, OfferAnswered, OfferLapsed, RemedyOffered,
};
use crate::case::event::{Compensated, Event};
use crate::case::state::RemedyState;
use crate::case::words::{SentTo, StageNumber};
use crate::policy::vocabulary::ResponseItem;

/// The letter about what is offered, promised, paid or learnt; nothing for other events.
pub fn redress(writer: Writer<'_>, event: &Event, to: SentTo) -> Option<Letter> {
    match event {
        Event::RemedyOffered(made) => Some(offer(writer, &made.remedy, to)),
        Event::OfferAnswered(answered) => offer_answered(writer, answered, to),
        Event::OfferLapsed(lapsed) => offer_lapsed(writer, lapsed, to),
        Event::Compensated(paid) => compensated(writer, paid, to),
        Event::ActionAdded(added) => Some(action_added(writer, added, to)),
        Event::ActionRevised(revised) => action_revised(writer, revised, to),
        Event::ActionCompleted(completed) => action_completed(writer, completed, to),
        Event::LearningReported(reported) => learnt(writer, reported, to),
        _ => None,
    }
}

/// An offer outside a response.
fn offer(mut writer: Writer<'_>, offered: &RemedyOffered, to: SentTo) -> Letter {
    let stage = current(&writer);
    let citation = writer.cite("silent", "5.13");
    remedies(&mut writer, std::slice::from_ref(offered), None, "silent", citation);
    finish(writer, stage, to, "An offer to put things right")
}

/// A promised action gets another date.
fn action_revised(mut writer: Writer<'_>, revised: &ActionRevised, to: SentTo) -> Option<Letter> {
    let what = promised(&writer, revised.action)?;
    let text = format!(
        "{what}\nWe will now do this by {}. The reason: {}",
        weekday_date(revised.due_on),
        sentence(&writer.words(revised.reason))
    );
    let citation = tracked(&writer);
    writer.say("progress", "What we promised, and when it will be done", text, citation);
    let stage = current(&writer);
    Some(finish(writer, stage, to, "What we promised will be done on another date"))
}

/// A promised action is done.
fn action_completed(mut writer: Writer<'_>, completed: &ActionCompleted, to: SentTo) -> Option<Letter> {
    let what = promised(&writer, completed.action)?;
    let note = completed.note.map(|note| format!("\n{}", sentence(&writer.words(note)))).unwrap_or_default();
    let text = format!("{what}\nThis is now done.{note}");
    let citation = tracked(&writer);
    writer.say("progress", "What we promised", text, citation);
    let stage = current(&writer);
    Some(finish(writer, stage, to, "What we promised is done"))
}

fn promised(writer: &Writer<'_>, number: u16) -> Option<String> {
    let action = numbered(&writer.case.actions, number)?;
    Some(sentence(&writer.words(action.what)))
}

fn tracked(writer: &Writer<'_>) -> Citation {
    let provision = if current(writer) == Some(StageNumber::Two) { "6.17" } else { "6.6" };
    writer.cite(writer.rules.profile.after.actions_tracked.clause_or_silent(), provision)
}

fn current(writer: &Writer<'_>) -> Option<StageNumber> {
    writer.case.current_stage().map(|stage| stage.number)
}

fn numbered<T>(items: &[T], number: u16) -> Option<&T> {
    items.get(usize::from(number).checked_sub(1)?)
}

/// What an offer was, in a few words: `a payment of £125.00 for distress, inconvenience, time and trouble`.
fn offer_words(remedy: &RemedyState) -> String {
    let kind = kind_words(remedy.kind);
    let small: String =
        kind.chars().take(1).flat_map(char::to_lowercase).chain(kind.chars().skip(1)).collect();
    let amount = remedy.pence.map(|pence| format!(" of {}", pounds(pence))).unwrap_or_default();
    let basis = remedy.basis.map(|basis| format!(" for {}", basis_words(basis))).unwrap_or_default();
    format!("{small}{amount}{basis}, offered on {}", long_date(london::date_of(remedy.offered_at)))
}

/// The resident has accepted an offer, or has not.
fn offer_answered(mut writer: Writer<'_>, answered: &OfferAnswered, to: SentTo) -> Option<Letter> {
    let remedy = numbered(&writer.case.remedies, answered.remedy)?;
    let what = offer_words(remedy);
    let (text, title) = if answered.accepted {
        let by = remedy.due_on.map(|by| format!("\nWe will do this by {}.", weekday_date(by)));
        let text = format!("You have accepted our offer: {what}.{}", by.unwrap_or_default());
        (text, "You have accepted our offer")
    } else {
        let text =
            format!("You have not accepted our offer: {what}. This changes nothing in your complaint.");
        (text, "You have not accepted our offer")
    };
    let citation = writer.cite("silent", "7.3");
    writer.say("progress", "What you told us", text, citation);
    let stage = current(&writer);
    Some(finish(writer, stage, to, title))
}

/// The time of an offer has run out.
fn offer_lapsed(mut writer: Writer<'_>, lapsed: &OfferLapsed, to: SentTo) -> Option<Letter> {
    let remedy = numbered(&writer.case.remedies, lapsed.remedy)?;
    let until = remedy.open_until.map(|until| format!(" It was open until {}.", weekday_date(until)));
    let text = format!(
        "Our offer has ended: {}.{} If something kept you from answering, please tell us.",
        offer_words(remedy),
        until.unwrap_or_default()
    );
    let stage = current(&writer);
    let listed = ResponseItem::OfferOpenUntil
        .clause_in(&writer.stage(remedy.stage.unwrap_or(StageNumber::One)).response_says);
    let limit = writer.rules.profile.remedies.offer_open_at_most.as_ref();
    let limit = limit.map_or("silent", |span| span.clause_or_silent());
    let citation = writer.both(writer.clause(listed), writer.clause(limit));
    writer.say("progress", "An offer that has ended", text, citation);
    Some(finish(writer, stage, to, "Our offer has ended"))
}

/// Money was paid, to the resident or to what the resident owes.
fn compensated(mut writer: Writer<'_>, paid: &Compensated, to: SentTo) -> Option<Letter> {
    let remedy = numbered(&writer.case.remedies, paid.payment.remedy)?;
    let mut text = format!("This is about {}.", offer_words(remedy));
    let arrears = writer.rules.profile.remedies.arrears_first.as_ref();
    let mut citation = writer.cite("silent", "7.3");
    match (paid.paid_pence, paid.offset_pence) {
        (to_you, 0) => text.push_str(&format!(" We have paid you {}.", pounds(to_you))),
        (to_you, owed) => {
            text.push_str(&format!(
                " We have put {} towards what you owe us, and paid you {}.",
                pounds(owed),
                pounds(to_you)
            ));
            let clause = arrears.map_or("silent", |rule| rule.clause_or_silent());
            citation = writer.both(writer.clause(clause), citation);
        }
    }
    writer.say("progress", "What we have paid", text, citation);
    let stage = current(&writer);
    Some(finish(writer, stage, to, "We have paid what we offered"))
}

/// Something more is promised.
fn action_added(mut writer: Writer<'_>, added: &ActionAdded, to: SentTo) -> Letter {
    let action = &added.action;
    let text = format!(
        "{}\nWe will do this by {}. Who does it: {}.",
        sentence(&writer.words(action.what)),
        weekday_date(action.due_on),
        action.owner.as_str()
    );
    let citation = tracked(&writer);
    writer.say("progress", "What we promise", text, citation);
    let stage = current(&writer);
    finish(writer, stage, to, "What we will do")
}

/// What was learnt of the complaint is in place, where the policy has residents told of changes: once, to however many bodies it is
/// reported afterwards.
fn learnt(mut writer: Writer<'_>, reported: &LearningReported, to: SentTo) -> Option<Letter> {
    let learning = numbered(&writer.case.learning, reported.learning)?;
    let stage = current(&writer)?;
    let clause = ResponseItem::Changes.clause_in(&writer.stage(stage).response_says);
    if !reported.done || learning.reported_done != 1 || clause == "silent" {
        return None;
    }
    let citation: Citation = writer.clause(clause);
    let text = format!(
        "Your complaint has shown us what we can do better. This is now in place:\n{}",
        sentence(&writer.words(learning.improvement))
    );
    writer.say("progress", "What we have changed", text, citation);
    Some(finish(writer, Some(stage), to, "What we changed because of your complaint"))
}

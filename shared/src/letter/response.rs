//! The answer at a stage: the decision on every point with its reasons, what is done about it, and the way on.

use super::actions::{Action, actions};
use super::answer::how_to_escalate;
use super::content::{Content, Detail};
use super::ombudsman::{Standpoint, how_to_ombudsman, tribunal};
use super::phrases::{outcome_meaning, outcome_words, sentence};
use super::remedies::{offer_clause, remedies};
use super::writer::{Listed, Writer};
use super::{Letter, LetterKind};
use crate::calendar::CalendarError;
use crate::case::Citation;
use crate::case::command::stage::{PointDecided, Responded};
use crate::case::event::Answered;
use crate::case::words::{SentTo, StageNumber};
use crate::policy::vocabulary::{ResponseItem, WholeRule};

pub fn response(mut writer: Writer<'_>, answered: &Answered) -> Result<Option<Letter>, CalendarError> {
    let responded = &answered.responded;
    if responded.sent_to == SentTo::Nobody || !responded.in_writing {
        return Ok(None);
    }
    stage(&mut writer, answered);
    definition(&mut writer, answered.stage);
    decision(&mut writer, answered);
    reasons(&mut writer, answered);
    grounds(&mut writer, answered.stage, responded);
    put_right(&mut writer, answered);
    changes(&mut writer, answered.stage, responded);
    let (kind, title) = match answered.stage {
        StageNumber::One => (LetterKind::Response, "Our answer to your complaint"),
        StageNumber::Two => (LetterKind::FinalResponse, "Our final answer to your complaint"),
    };
    way_on(&mut writer, answered.stage)?;
    Ok(Some(writer.letter(kind, Some(answered.stage), responded.sent_to, title)))
}

/// The provision that lists what the response says, and the one on reasons and sources.
const fn provisions(number: StageNumber) -> (&'static str, &'static str) {
    match number {
        StageNumber::One => ("6.9", "6.7"),
        StageNumber::Two => ("6.19", "6.18"),
    }
}

/// The clause that wants an item said, with the provision and letter of the Code.
fn wants(writer: &Writer<'_>, number: StageNumber, item: ResponseItem, letter: Option<char>) -> Citation {
    let clause = item.clause_in(&writer.stage(number).response_says);
    match letter {
        Some(letter) => writer.cite(clause, &format!("{}({letter})", provisions(number).0)),
        None => writer.clause(clause),
    }
}

fn stage(writer: &mut Writer<'_>, answered: &Answered) {
    let citation = wants(writer, answered.stage, ResponseItem::Stage, Some('a'));
    let review = writer.case.stage(answered.stage).and_then(|stage| stage.review.as_ref());
    let again = review.is_some_and(|review| review.responded_at == Some(writer.at));
    let text = match answered.stage {
        StageNumber::One if again => {
            "We have looked at stage 1 of your complaint again, because of what you told us that was new. This is our answer."
        }
        StageNumber::One => {
            "This is our answer at stage 1 of our complaints procedure, which has two stages."
        }
        StageNumber::Two if again => {
            "We have looked at your complaint again at stage 2, because of what was new. This is our final answer."
        }
        StageNumber::Two => {
            "This is our final answer, at stage 2. It is the last stage of our complaints procedure."
        }
    };
    writer.say("stage", "Where your complaint stands", text, citation);
}

fn definition(writer: &mut Writer<'_>, number: StageNumber) {
    let citation = wants(writer, number, ResponseItem::Definition, Some('b'));
    let points = writer.case.stage(number).map(|stage| stage.points.as_slice()).unwrap_or_default();
    let points = writer.each(points.iter().map(|point| point.understanding));
    let content = Content::default().numbered(points);
    writer.say("definition", "What your complaint is about", content, citation);
}

fn decision(writer: &mut Writer<'_>, answered: &Answered) {
    let rule = &writer.rules.profile.remedies.whole;
    let decided = in_order(&answered.responded.decisions);
    let whole =
        format!("Your complaint is {}. {}", outcome_words(answered.whole), outcome_meaning(answered.whole));
    let mut content = Content::from(whole);
    if decided.len() > 1 {
        content = content.details(by_point(&decided, |one| format!("{}.", outcome_words(one.outcome))));
    }
    let mut citation = wants(writer, answered.stage, ResponseItem::Decision, Some('c'));
    let mixed = decided.iter().any(|one| one.outcome != answered.whole);
    if rule.value == WholeRule::AnyPartUpholdsTheWhole && mixed {
        content =
            content.and("Under our policy, the whole complaint is upheld as soon as any part of it is.");
        citation = writer.both(citation, writer.clause(rule.clause_or_silent()));
    }
    writer.say("decision", "Our decision", content, citation);
}

/// What is said of each point, by its number.
fn by_point(decided: &[&PointDecided], said: impl Fn(&PointDecided) -> String) -> Vec<Detail> {
    decided.iter().map(|one| Detail::plain(format!("Point {}", one.point), said(one))).collect()
}

fn in_order(decisions: &[PointDecided]) -> Vec<&PointDecided> {
    let mut decided: Vec<&PointDecided> = decisions.iter().collect();
    decided.sort_by_key(|one| one.point);
    decided
}

fn reasons(writer: &mut Writer<'_>, answered: &Answered) {
    let citation = wants(writer, answered.stage, ResponseItem::Reasons, Some('d'));
    let decided = in_order(&answered.responded.decisions);
    let content = match decided.as_slice() {
        [only] => Content::from(sentence(&writer.words(only.reasons))),
        several => {
            let why = by_point(several, |one| sentence(&writer.words(one.reasons)));
            Content::default().details(why)
        }
    };
    writer.say("reasons", "Our reasons", content, citation);
}

/// What the decision rests on: sources, steps, the standard by which facts are decided.
fn grounds(writer: &mut Writer<'_>, number: StageNumber, responded: &Responded) {
    let clause = ResponseItem::Sources.clause_in(&writer.stage(number).response_says);
    let sources = writer.cite(clause, provisions(number).1);
    if let Some(text) = responded.sources {
        let text = sentence(&writer.words(text));
        writer.say("sources", "What we relied on", text, sources);
    }
    if let Some(text) = responded.steps_taken {
        let citation = wants(writer, number, ResponseItem::StepsTaken, None);
        let text = sentence(&writer.words(text));
        writer.say("steps-taken", "What we did to look into it", text, citation);
    }
    if let Some(standard) = &writer.rules.profile.remedies.standard_of_proof {
        let text =
            format!("Where accounts differ, we decide on {}: what is more likely than not.", standard.value);
        let citation = writer.clause(standard.clause_or_silent());
        writer.say("standard-of-proof", "How we decide what happened", text, citation);
    }
}

fn put_right(writer: &mut Writer<'_>, answered: &Answered) {
    let responded = &answered.responded;
    let remedy = wants(writer, answered.stage, ResponseItem::Remedy, Some('e'));
    let clause = offer_clause(&writer.stage(answered.stage).response_says);
    remedies(writer, &responded.remedies, Some(answered.whole), clause, remedy);
    let outstanding: Vec<Action<'_>> = responded
        .actions
        .iter()
        .map(|promised| Action {
            what: promised.what,
            due_on: promised.due_on,
            owner: promised.owner.as_str(),
        })
        .collect();
    let citation = wants(writer, answered.stage, ResponseItem::Actions, Some('f'));
    let tracking = if answered.stage == StageNumber::One { "6.6" } else { "6.17" };
    actions(writer, &outstanding, "There is nothing left for us to do.", tracking, citation);
}

/// Changes that come of it; where the policy has them told, also that there are none.
fn changes(writer: &mut Writer<'_>, number: StageNumber, responded: &Responded) {
    let citation = wants(writer, number, ResponseItem::Changes, None);
    let text = match responded.changes {
        Some(changes) => sentence(&writer.words(changes)),
        None if citation == Citation::default() => return,
        None => "We are not changing a policy or the way we work because of this complaint.".to_owned(),
    };
    writer.say("changes", "What we change", text, citation);
}

fn way_on(writer: &mut Writer<'_>, number: StageNumber) -> Result<(), CalendarError> {
    let (standpoint, letter) = match number {
        StageNumber::One => {
            how_to_escalate(writer)?;
            (Standpoint::Meanwhile, None)
        }
        StageNumber::Two => (Standpoint::Final, Some('g')),
    };
    let citation = wants(writer, number, ResponseItem::HowToOmbudsman, letter);
    how_to_ombudsman(writer, standpoint, citation);
    if number == StageNumber::Two {
        tribunal(writer);
    }
    Ok(())
}

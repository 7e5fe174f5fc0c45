//! Which event calls for which letters, and to whom it goes.

use super::writer::Writer;
use super::{
    Letter, Words, acknowledgement, after, consent, escalation, extension, intake, redress, refusal,
    response, restriction, update,
};
use crate::calendar::CalendarError;
use crate::case::Rules;
use crate::case::words::{Kind, SentTo};
use crate::case::{Case, Event, Logged};

/// The letters that an event calls for, the one that it is about first; none for an event that calls for none, and for a complaint
/// that was made anonymously, whose maker cannot be written to. None either for an event that came with a history: its letter went out,
/// or did not, elsewhere and long ago, in words that the history does not bring.
///
/// `case` is the case right after the event: a letter written from a later state would say what was not known then. For a letter that
/// is still to go out, both are [`put_right`](crate::case::put_right()) first, so that it says nothing that is known to be wrong.
///
/// # Errors
/// When a date in it would fall in a year whose bank holidays are not known.
pub fn compose(
    case: &Case,
    logged: &Logged,
    rules: &Rules,
    words: &dyn Words,
) -> Result<Vec<Letter>, CalendarError> {
    if logged.imported || case.kind != Kind::Complaint || case.parties.anonymous {
        return Ok(Vec::new());
    }
    let writer = || Writer::new(case, rules, logged.occurred_at, words);
    let to = addressee(case, rules);
    let first = main(writer(), &logged.event, to)?;
    let besides = match &logged.event {
        Event::Opened(_) => consent::request(writer()),
        Event::Closed(_) => after::survey_invitation(writer(), to),
        _ => None,
    };
    Ok(first.into_iter().chain(besides).collect())
}

/// The letter that the event is about.
fn main(writer: Writer<'_>, event: &Event, to: SentTo) -> Result<Option<Letter>, CalendarError> {
    Ok(match event {
        Event::Opened(opened) => intake::to_be_confirmed(writer, &opened.received, to),
        Event::Confirmed(confirmed) => intake::confirmed(writer, confirmed, to),
        Event::Declined(declined) => Some(refusal::refusal(writer, declined, to)),
        Event::Acknowledged(acknowledged) => acknowledgement::acknowledgement(writer, acknowledged)?,
        Event::Assigned(assigned) => update::assigned(writer, assigned, to),
        Event::ExtensionGiven(given) => extension::extension(writer, given, to)?,
        Event::ResidentUpdated(updated) => update::update(writer, updated)?,
        Event::Answered(answered) => response::response(writer, answered)?,
        Event::EscalationAsked(asked) => escalation::reasons_wanted(writer, asked, to),
        Event::EscalationDeclined(declined) => Some(escalation::refusal(writer, declined, to)),
        Event::StageOneReviewOpened(opened) => Some(update::review(writer, opened, to)?),
        Event::Reopened(reopened) => update::reopened(writer, reopened, to)?,
        Event::NoContactWarned(warned) => Some(after::no_contact(writer, warned, to)),
        Event::Withdrawn(withdrawn) => Some(after::withdrawal(writer, withdrawn, to)),
        Event::Closed(closed) => Some(after::closing(writer, closed, to)?),
        Event::ContactRestricted(restricted) => Some(restriction::restriction(writer, restricted, to)),
        Event::RestrictionReviewed(reviewed) => Some(restriction::reviewed(writer, reviewed, to)),
        other => redress::redress(writer, other, to),
    })
}

/// To whom a letter goes where the event does not say: a representative with consent, the nominee of a group, each resident.
fn addressee(case: &Case, rules: &Rules) -> SentTo {
    let assumed = &rules.profile.intake.consent_assumed_for;
    let speaks = case.parties.representative.as_ref().is_some_and(|representative| {
        representative.consent.is_some() || assumed.iter().any(|kind| kind.value == representative.kind)
    });
    if speaks {
        SentTo::Representative
    } else if case.parties.nominee.is_some() {
        SentTo::Nominee
    } else {
        SentTo::EachResident
    }
}

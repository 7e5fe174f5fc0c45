//! Whom a letter is for, where that does not go without saying: a group, or somebody who speaks for another.

use super::writer::Writer;
use crate::calendar::words::list;
use crate::case::words::SentTo;

/// Says it, as the first thing in a letter. One who complains alone and is written to needs no explanation.
pub fn say(writer: &mut Writer<'_>, sent_to: SentTo) {
    let intake = &writer.rules.profile.intake;
    let parties = &writer.case.parties;
    let together = parties.residents.len();
    let group = intake.groups.clause_or_silent();
    let (text, citation) = match sent_to {
        SentTo::Representative => {
            let names: Vec<String> = parties.residents.iter().map(|record| writer.name(*record)).collect();
            let acts = match list(&names).as_str() {
                "" => "somebody else".to_owned(),
                names => names.to_owned(),
            };
            let text = format!(
                "We write to you because you act for {acts}. Where this letter says “you” or “your”, it means the person you act for."
            );
            (text, writer.cite(intake.consent.clause_or_silent(), "3.6"))
        }
        SentTo::Nominee if together > 1 => {
            let text = format!(
                "{together} people made this complaint together, and you were chosen to hear from us for all of them. Where this \
                 letter says “you” or “your”, it means all of you. Please pass on to the others what it says."
            );
            (text, writer.clause(group))
        }
        SentTo::EachResident if together > 1 => {
            let text = format!(
                "You are one of {together} people who made this complaint together. We look into it once, and write to each of \
                 you. Where this letter says “you” or “your”, it means all of you."
            );
            (text, writer.clause(group))
        }
        _ => return,
    };
    writer.say("written-to", "Who this letter is for", text, citation);
}

//! Somebody speaks for a resident, and has not shown that they may.

use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::ways_to_reach;
use super::writer::Writer;
use super::{Letter, LetterKind};
use crate::case::Citation;
use crate::case::words::SentTo;
use crate::policy::vocabulary::ConsentRule;

/// The resident is asked for consent; nothing where none is missing, or there is no resident to be asked.
pub fn request(mut writer: Writer<'_>) -> Option<Letter> {
    let intake = &writer.rules.profile.intake;
    let parties = &writer.case.parties;
    let asks = parties.representative.as_ref().filter(|known| known.consent.is_none())?;
    let assumed = intake.consent_assumed_for.iter().any(|kind| kind.value == asks.kind);
    if assumed || parties.residents.is_empty() {
        return None;
    }
    let citation = writer.cite(intake.consent.clause_or_silent(), "3.6");
    let text = format!(
        "{} got in touch with us about a complaint, and said that they act for you.",
        writer.name(asks.person)
    );
    writer.say("representative", "Who got in touch", text, citation.clone());
    let how = match intake.consent.value {
        ConsentRule::Written => {
            "Please tell us in writing if they may act for you, and if we may share with them what we hold about the complaint. A \
             letter or an email is enough."
                .to_owned()
        }
        ConsentRule::WrittenOrEvidence => {
            "Please tell us in writing if they may act for you, and if we may share with them what we hold about the complaint. A \
             letter or an email is enough. They can also show us that they may, for example with a power of attorney."
                .to_owned()
        }
        ConsentRule::Permission => format!(
            "Please tell us if they may act for you, and if we may share with them what we hold about the complaint. You can \
             tell us {}.",
            ways_to_reach(&writer.rules.profile)
        ),
    };
    writer.say("consent", "What we need from you", how, citation.clone());
    let text = "Until we have heard from you, we tell them nothing, and write to you alone. Your complaint does not wait for this.";
    writer.say("meanwhile", "What happens meanwhile", text, citation);
    how_to_ombudsman(&mut writer, Standpoint::Meanwhile, Citation::default());
    let to = if parties.nominee.is_some() { SentTo::Nominee } else { SentTo::EachResident };
    Some(writer.letter(LetterKind::ConsentRequest, None, to, "May somebody act for you in your complaint?"))
}

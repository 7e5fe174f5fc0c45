//! What is offered to put things right, and what goes with an offer of money.

use super::content::Content;
use super::phrases::{pounds, sentence};
use super::writer::{Listed, Writer};
use crate::calendar::words::weekday_date;
use crate::case::Citation;
use crate::case::command::redress::RemedyOffered;
use crate::policy::vocabulary::{CompensationBasis, Outcome, RemedyKind, ResponseItem};

/// The remedies, until when they stand, and the conditions of money.
///
/// `listed` is what a stage's response says by the policy; `citation` is what wants the remedy told.
pub fn remedies(
    writer: &mut Writer<'_>,
    offered: &[RemedyOffered],
    whole: Option<Outcome>,
    offer_clause: &str,
    citation: Citation,
) {
    let content = if offered.is_empty() {
        Content::from(none_offered(whole))
    } else {
        Content::default().numbered(offered.iter().map(|one| remedy(writer, one)).collect())
    };
    writer.say("remedy", "How we put things right", content, citation);
    if !offered.is_empty() {
        open_until(writer, offered, offer_clause);
    }
    if offered.iter().any(|one| one.kind == RemedyKind::Financial) {
        no_admission(writer);
        arrears(writer, offered);
    }
}

const fn none_offered(whole: Option<Outcome>) -> &'static str {
    match whole {
        Some(Outcome::NotUpheld) => {
            "We do not offer a remedy, because we did not find that we were at fault."
        }
        _ => "We do not offer a remedy beyond this letter.",
    }
}

fn remedy(writer: &Writer<'_>, offered: &RemedyOffered) -> String {
    let mut text = kind_words(offered.kind).to_owned();
    if let Some(pence) = offered.pence {
        text.push_str(&format!(" of {}", pounds(pence)));
    }
    if let Some(basis) = offered.basis {
        text.push_str(&format!(" for {}", basis_words(basis)));
    }
    text.push_str(&format!(". {}", sentence(&writer.words(offered.detail))));
    if let Some(due_on) = offered.due_on {
        text.push_str(&format!(" We will do this by {}.", weekday_date(due_on)));
    }
    if offered.agreed {
        text.push_str(" You have agreed to this.");
    }
    text
}

/// How long each offer stands.
fn open_until(writer: &mut Writer<'_>, offered: &[RemedyOffered], clause: &str) {
    let span = writer.rules.profile.remedies.offer_open_at_most.as_ref();
    let wanted = clause != "silent" || span.is_some();
    let dated: Vec<String> = offered
        .iter()
        .zip(1_u32..)
        .filter_map(|(one, number)| Some((number, one.open_until?)))
        .map(|(number, until)| format!("Offer {number} stays open until {}.", weekday_date(until)))
        .collect();
    let text = match (dated.is_empty(), wanted) {
        (true, false) => return,
        (true, true) => "What we offer has no end date.".to_owned(),
        (false, _) => format!("{} Please tell us by then if you accept it.", dated.join(" ")),
    };
    let limit = span.map_or("silent", |span| span.clause_or_silent());
    let citation = writer.both(writer.clause(clause), writer.clause(limit));
    writer.say("offer-open-until", "How long the offer stays open", text, citation);
}

fn no_admission(writer: &mut Writer<'_>) {
    let rule = writer.rules.profile.remedies.no_admission.as_ref();
    let Some(rule) = rule.filter(|rule| rule.value) else { return };
    let citation = writer.clause(rule.clause_or_silent());
    let text = "When we offer you money, we do not by that accept liability in law.";
    writer.say("no-admission", "What the payment does not mean", text, citation);
}

/// Arrears come first, save for what the policy pays out in full.
fn arrears(writer: &mut Writer<'_>, offered: &[RemedyOffered]) {
    let Some(rule) = &writer.rules.profile.remedies.arrears_first else { return };
    let full = |one: &RemedyOffered| one.basis.is_some_and(|basis| rule.except.contains(&basis));
    let mut money = offered.iter().filter(|one| one.kind == RemedyKind::Financial);
    let excepted: Vec<&str> = rule.except.iter().map(|basis| basis_words(*basis)).collect();
    let text = if money.all(full) {
        "This payment goes to you in full, also if you owe us money.".to_owned()
    } else {
        let except = if excepted.is_empty() {
            String::new()
        } else {
            format!(" A payment for {} goes to you in full all the same.", excepted.join(" or "))
        };
        format!(
            "If you owe us rent or other charges, the payment goes to your account first, and you get what is left.{except}"
        )
    };
    let citation = writer.clause(rule.clause_or_silent());
    writer.say("arrears", "If you owe us money", text, citation);
}

/// The clause that has the end of an offer told in a response.
pub fn offer_clause(list: &[crate::policy::cited::Cited<ResponseItem>]) -> &str {
    ResponseItem::OfferOpenUntil.clause_in(list)
}

/// What is offered, as the beginning of a sentence.
pub const fn kind_words(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "An apology",
        RemedyKind::Acknowledgement => "What went wrong",
        RemedyKind::Explanation => "An explanation or help",
        RemedyKind::ActionOnDelay => "Action on the delay",
        RemedyKind::ReconsideredDecision => "A decision looked at again",
        RemedyKind::CorrectedRecord => "A record put right",
        RemedyKind::Financial => "A payment",
        RemedyKind::ChangedPractice => "A change in how we work",
    }
}

/// What money or a benefit is for.
pub const fn basis_words(basis: CompensationBasis) -> &'static str {
    match basis {
        CompensationBasis::DistressAndInconvenience => "distress, inconvenience, time and trouble",
        CompensationBasis::LossOfService => "a service that you did not get",
        CompensationBasis::FinancialLoss => "money that you lost",
        CompensationBasis::NonMonetaryBenefit => "goodwill",
        CompensationBasis::GiftVoucher => "goodwill, as a gift voucher",
        CompensationBasis::InsuredBelongings => "belongings that insurance covers",
        CompensationBasis::PersonalInjury => "a personal injury",
        CompensationBasis::ExtremeCircumstances => "what extreme circumstances led to",
    }
}

//! The complaint is not taken on: why, under which clause, and the right to the Ombudsman.

use super::ombudsman::{Standpoint, how_to_ombudsman};
use super::phrases::{role_words, sentence};
use super::writer::{Listed, Writer};
use super::{Letter, LetterKind};
use crate::calendar::london;
use crate::calendar::words::long_date;
use crate::case::command::intake::Staff;
use crate::case::event::Declined;
use crate::case::record::RecordRef;
use crate::case::words::SentTo;
use crate::policy::cited::Cited;
use crate::policy::vocabulary::{RefusalGround, RefusalNeed};

pub fn refusal(mut writer: Writer<'_>, declined: &Declined, to: SentTo) -> Letter {
    let received = long_date(london::date_of(writer.case.received_at));
    let refused = &declined.refused;
    let needs = &writer.rules.profile.refusal.needs;
    let text = format!("We have decided not to take on the complaint that we received on {received}.");
    let decision = writer.cite("silent", "2.4");
    writer.say("decision", "Our decision", text, decision);
    ground(&mut writer, refused.ground, &declined.clause);
    behaviour(&mut writer, refused.ground);
    reasons(&mut writer, needs, refused.reasons, "2.4");
    if let Some(evidence) = refused.evidence {
        let text = sentence(&writer.words(evidence));
        let citation = writer.cite(RefusalNeed::Evidence.clause_in(needs), "2.1");
        writer.say("evidence", "What we based it on", text, citation);
    }
    discretion(&mut writer, needs, refused.discretion_considered, "2.5");
    approval(&mut writer, needs, refused.approved_by.as_ref());
    let right = writer.cite(RefusalNeed::OmbudsmanRight.clause_in(needs), "2.4");
    may_direct(&mut writer, "2.4");
    how_to_ombudsman(&mut writer, Standpoint::Declined, right);
    writer.letter(LetterKind::Refusal, None, to, "We are not taking on your complaint")
}

fn ground(writer: &mut Writer<'_>, ground: RefusalGround, clause: &str) {
    let rule = writer.rules.profile.refusal.grounds.iter().find(|rule| rule.ground == ground);
    let mut text = format!("Our policy lets us decline a complaint where {}.", ground_words(ground));
    if let Some(rule) = rule {
        text.push_str(&format!("\nWhat this covers: {}", sentence(&rule.covers)));
        if let Some(unless) = &rule.unless {
            text.push_str(&format!("\nWhen we cannot use it: {}", sentence(unless)));
        }
    }
    let citation = writer.cite(clause, "2.2");
    writer.say("ground", "The ground in our policy", text, citation);
}

/// Where the landlord's rules on behaviour are, to somebody whose complaint is declined for it.
fn behaviour(writer: &mut Writer<'_>, ground: RefusalGround) {
    if !matches!(ground, RefusalGround::UnacceptableBehaviour | RefusalGround::PersistentOrVexatious) {
        return;
    }
    let governed_by = &writer.rules.profile.behaviour.governed_by;
    let text = format!("You can find how we deal with behaviour here: {}", sentence(&governed_by.value));
    let citation = writer.clause(governed_by.clause_or_silent());
    writer.say("behaviour", "Our rules on behaviour", text, citation);
}

/// The reasons, as the resident is told.
pub fn reasons(writer: &mut Writer<'_>, needs: &[Cited<RefusalNeed>], reasons: RecordRef, provision: &str) {
    let text = sentence(&writer.words(reasons));
    let citation = writer.cite(RefusalNeed::Reasons.clause_in(needs), provision);
    writer.say("reasons", "Our reasons", text, citation);
}

/// How the circumstances were weighed.
pub fn discretion(
    writer: &mut Writer<'_>,
    needs: &[Cited<RefusalNeed>],
    considered: Option<RecordRef>,
    provision: &str,
) {
    let Some(considered) = considered else { return };
    let text = sentence(&writer.words(considered));
    let citation = writer.cite(RefusalNeed::Discretion.clause_in(needs), provision);
    writer.say("discretion", "How we weighed your circumstances", text, citation);
}

/// Who agreed to it, by part and title and never by name.
pub fn approval(writer: &mut Writer<'_>, needs: &[Cited<RefusalNeed>], approver: Option<&Staff>) {
    let Some(approver) = approver else { return };
    let title = approver.job_title.as_ref().map(|title| format!(" ({})", title.as_str())).unwrap_or_default();
    let text = sentence(&format!("{}{title} agreed to this decision", role_words(approver.role)));
    let citation = writer.clause(RefusalNeed::Approval.clause_in(needs));
    writer.say("approval", "Who agreed to it", text, citation);
}

/// That the Ombudsman may tell the landlord to take it on.
pub fn may_direct(writer: &mut Writer<'_>, provision: &str) {
    let rule = &writer.rules.profile.refusal.ombudsman_may_direct;
    if !rule.value {
        return;
    }
    let citation = writer.cite(rule.clause_or_silent(), provision);
    let text = "The Housing Ombudsman can look at our decision. If the Ombudsman does not agree with it, we may be told to take \
                your complaint on, and then we will.";
    writer.say("ombudsman-may-direct", "What the Ombudsman can do", text, citation);
}

const fn ground_words(ground: RefusalGround) -> &'static str {
    match ground {
        RefusalGround::OutOfTime => "it comes too long after what it is about",
        RefusalGround::LegalProceedingsFiled => "a claim about the matter has been filed at court",
        RefusalGround::LegalProceedings => "the matter is before a court, or has been",
        RefusalGround::LegalActionPlanned => "legal action on the matter has been taken or is planned",
        RefusalGround::LegalProcessOrSolicitor => {
            "the matter is in the legal process, or a solicitor is instructed for disrepair"
        }
        RefusalGround::AlreadyConsidered => "we have dealt with the matter as a complaint before",
        RefusalGround::NotItsService => "it is about a service that is not ours",
        RefusalGround::NotLandlordMatter => "the matter has nothing to do with us as your landlord",
        RefusalGround::AboutPolicy => "it is about what a policy says, and not about how we followed it",
        RefusalGround::BeyondControl => "what went wrong was outside our control",
        RefusalGround::UnacceptableBehaviour => "the behaviour of the person who complains is unacceptable",
        RefusalGround::PersistentOrVexatious => "it is persistent, vexatious or unreasonable",
        RefusalGround::ExcessiveDemands => "it makes excessive or unreasonable demands",
        RefusalGround::AntiSocialBehaviour => {
            "it is about anti-social behaviour, and not about how we dealt with it"
        }
        RefusalGround::ServiceRequest => {
            "it asks us for a service, and we have not yet had the chance to give it"
        }
        RefusalGround::CompensationOnly => "it asks for compensation and nothing else",
        RefusalGround::AppealRoute => "the decision that it is about can be appealed against",
        RefusalGround::InsuranceClaim => "the matter is with an insurer",
        RefusalGround::StaffMatter => "it is about staff, and is dealt with under other rules",
        RefusalGround::ProviderNotCommissioned => {
            "it is about a care or support provider that does not work for us"
        }
    }
}

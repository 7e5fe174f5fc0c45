//! What acknowledgements and responses say, and who considers stage 2.

use super::{Findings, PointKind, written};
use crate::code::{ContentList, Item};
use crate::policy::Profile;
use crate::policy::cited::Cited;
use crate::policy::profile::StageRules;
use crate::policy::vocabulary::{AcknowledgementItem, RemedyKind, ResponseItem, WrittenRule};

pub(super) fn check(profile: &Profile, findings: &mut Findings<'_>) {
    acknowledgements(profile, findings);
    let contents = &findings.code.contents;
    response(1, &profile.stage_1, contents.list(ContentList::Stage1Response), findings);
    response(2, &profile.stage_2, contents.list(ContentList::Stage2Response), findings);
    let another = &profile.stage_2.handlers.no_previous_involvement;
    if !another.value {
        let sentence = "Whoever considered stage 1 may consider stage 2 as well.";
        findings.departs("6.13", written!(another), sentence);
    }
    findings.ambiguous(None, "6.13", "Who may consider stage 2", written!(another));
    remedies(profile, findings);
}

/// The acknowledgement defines the complaint. A policy need not say how it is worded, so that its silence is a gap.
fn acknowledgements(profile: &Profile, findings: &mut Findings<'_>) {
    let wanted = [
        (AcknowledgementItem::Understanding, "5.6", "what the landlord understands the complaint to be"),
        (AcknowledgementItem::OutcomesSought, "5.6", "the outcomes that the resident seeks"),
        (
            AcknowledgementItem::Responsibility,
            "5.7",
            "what the landlord is responsible for and what it is not",
        ),
    ];
    for (item, provision, what) in wanted {
        let lacks = |stage: &StageRules| {
            !stage.acknowledgement_says.iter().any(|said| said.value == item && said.clause.is_some())
        };
        let stages = match (lacks(&profile.stage_1), lacks(&profile.stage_2)) {
            (false, false) => continue,
            (true, false) => "at stage 1",
            (false, true) => "at stage 2",
            (true, true) => "at either stage",
        };
        let sentence = format!("Nothing says that the acknowledgement {stages} gives {what}.");
        findings.add(PointKind::Gap, provision, None, sentence);
    }
}

fn response(number: u8, stage: &StageRules, wanted: &[Item], findings: &mut Findings<'_>) {
    let written = stage.response_says.iter().find_map(|said| said.clause.as_deref());
    for item in wanted {
        let Some(kind) = response_item(&item.id, number) else { continue };
        let said = stage.response_says.iter().find(|said| said.value == kind);
        let letter = item.letter.map(|letter| format!(" ({letter})")).unwrap_or_default();
        match said {
            Some(said) if said.clause.is_some() => {}
            // Filled by a reading, or no list at all: the text is silent.
            Some(_) => lacks(number, PointKind::Gap, None, item, &letter, findings),
            None if written.is_none() => lacks(number, PointKind::Gap, None, item, &letter, findings),
            None => lacks(number, PointKind::Departure, written, item, &letter, findings),
        }
    }
    let provision = if number == 1 { "6.9" } else { "6.19" };
    if stage.written.value == WrittenRule::UnlessFirstContact {
        let sentence = format!(
            "The stage {number} response is not written where the matter was put right at first contact; the Code wants it in \
             writing whenever the stage is complete."
        );
        findings.departs(provision, written!(stage.written), &sentence);
    }
    findings.ambiguous(
        None,
        provision,
        &format!("Whether the stage {number} response is written"),
        written!(stage.written),
    );
}

fn lacks(
    number: u8,
    kind: PointKind,
    clause: Option<&str>,
    item: &Item,
    letter: &str,
    findings: &mut Findings<'_>,
) {
    let sentence = format!("What the stage {number} response says does not include {}{letter}.", item.text);
    findings.add_numbered(None, kind, item.provision, clause, sentence);
}

/// The profile's word for an item of the Code's list.
fn response_item(id: &str, stage: u8) -> Option<ResponseItem> {
    match id {
        "stage" => Some(ResponseItem::Stage),
        "definition" => Some(ResponseItem::Definition),
        "decision" => Some(ResponseItem::Decision),
        "reasons" => Some(ResponseItem::Reasons),
        "remedy" => Some(ResponseItem::Remedy),
        "outstanding-actions" => Some(ResponseItem::Actions),
        "next-step" if stage == 1 => Some(ResponseItem::HowToEscalate),
        "next-step" => Some(ResponseItem::HowToOmbudsman),
        _ => None,
    }
}

/// A kind of remedy that the profile leaves out cannot be offered.
fn remedies(profile: &Profile, findings: &mut Findings<'_>) {
    let kinds = &profile.remedies.kinds;
    let clause = kinds.iter().find_map(|kind: &Cited<RemedyKind>| kind.clause.as_deref());
    for kind in RemedyKind::ALL {
        if !kinds.iter().any(|listed| listed.value == *kind) {
            let sentence = format!("The remedies do not include {}.", remedy(*kind));
            let found = if clause.is_some() { PointKind::Departure } else { PointKind::Gap };
            findings.add_on(Some("kinds-of-remedy"), found, "7.1", clause, sentence);
        }
    }
}

const fn remedy(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "an apology",
        RemedyKind::Acknowledgement => "acknowledging what went wrong",
        RemedyKind::Explanation => "an explanation, assistance or reasons",
        RemedyKind::ActionOnDelay => "action on a delay",
        RemedyKind::ReconsideredDecision => "looking at a decision again",
        RemedyKind::CorrectedRecord => "correcting a record",
        RemedyKind::Financial => "money",
        RemedyKind::ChangedPractice => "changing a policy or practice",
    }
}

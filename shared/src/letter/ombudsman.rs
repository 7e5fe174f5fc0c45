//! The way to the Housing Ombudsman, and for a leaseholder to the First-tier Tribunal.

use super::content::{Content, Detail};
use super::writer::Writer;
use crate::case::Citation;
use crate::case::words::StockType;

/// Where the resident stands with the Housing Ombudsman at this point.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Standpoint {
    /// While the complaint is being dealt with.
    Meanwhile,
    /// The landlord has given its last word.
    Final,
    /// The complaint was not taken on.
    Declined,
    /// The complaint is closed or withdrawn before it went through both stages.
    Ended,
}

/// The right to go to the Housing Ombudsman and how, in every letter (Code 3.7).
pub fn how_to_ombudsman(writer: &mut Writer<'_>, standpoint: Standpoint, citation: Citation) {
    let right = match standpoint {
        Standpoint::Meanwhile => {
            "You can turn to the Housing Ombudsman at any time for advice and help with your complaint, also while we are \
             dealing with it."
        }
        Standpoint::Final => {
            "If you are not satisfied, you have the right to take your complaint to the Housing Ombudsman now, and ask for it \
             to be looked into."
        }
        Standpoint::Declined => {
            "If you do not agree with this decision, you have the right to take it to the Housing Ombudsman."
        }
        Standpoint::Ended => "You can still turn to the Housing Ombudsman for advice and help.",
    };
    let ombudsman = &writer.rules.profile.ombudsman;
    let mut details = Vec::new();
    if !ombudsman.address.is_empty() {
        details.push(Detail::plain("Post", ombudsman.address.join(", ")));
    }
    details.push(Detail::telephone(&ombudsman.telephone));
    details.extend(ombudsman.email.as_deref().map(Detail::email));
    details.push(Detail::website(&ombudsman.website));
    let content = Content::from(format!(
        "{right} The Ombudsman is independent of us, and it costs you nothing to go there."
    ))
    .details(details);
    let own = writer.cite(ombudsman.clause_or_silent(), "3.7");
    let citation = writer.both(citation, own);
    writer.say("how-to-ombudsman", "Your right to go to the Housing Ombudsman", content, citation);
}

/// The First-tier Tribunal, for a leaseholder, where the policy has it.
pub fn tribunal(writer: &mut Writer<'_>) {
    let Some(tribunal) = &writer.rules.profile.ombudsman.tribunal else { return };
    if writer.case.facts.stock_type != StockType::Leasehold {
        return;
    }
    let text = format!("As a leaseholder, you can also take the matter to the {}.", tribunal.value);
    let citation = writer.clause(tribunal.clause_or_silent());
    writer.say("tribunal", "The First-tier Tribunal", text, citation);
}

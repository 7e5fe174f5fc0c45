//! What people answered, beside what was proposed.

use redress_shared::assessment::Comply;
use redress_shared::assessment::answers::Answer;
use redress_shared::calendar::words::long_date;

use super::{Filled, Filling};
use crate::error::{Error, Result};
use crate::form::ProvisionRow;
use crate::request::Variant;

/// What stands where nobody has answered.
pub const TO_BE_CONFIRMED: &str = "To be confirmed";

impl Filling<'_> {
    /// What people gave as evidence. Words carried over say of which year they are.
    pub(super) fn given_evidence(&self, provision: &ProvisionRow) -> Vec<String> {
        let Some(answer) = self.answer(provision) else { return Vec::new() };
        let lead = carried(answer);
        let evidence = answer.evidence.iter().map(|evidence| format!("{lead}{}", evidence.trim()));
        // The page goes anywhere a file goes and leads nowhere: an address is printed and not linked.
        let address = answer.web_address.iter().map(|address| format!("{lead}See {address}"));
        evidence.chain(address).collect()
    }

    /// The landlord's own words, and what it will do by when about a no.
    pub(super) fn commentary(&self, provision: &ProvisionRow) -> Vec<String> {
        let Some(answer) = self.answer(provision) else { return Vec::new() };
        let lead = carried(answer);
        let words = answer.commentary.iter().flat_map(|text| text.split("\n\n"));
        let mut paragraphs: Vec<String> = words.map(|text| format!("{lead}{}", text.trim())).collect();
        if let (Some(action), Some(by), Some(Comply::No)) = (&answer.action, answer.action_by, answer.comply)
        {
            paragraphs.push(format!("What will be done, by {}: {action}", long_date(by)));
        }
        paragraphs
    }

    /// What was proposed, by which rule, and what became of it. Only for those who work on the answers.
    pub(super) fn proposed(&self, filled: &Filled<'_>) -> Vec<String> {
        if self.report.variant == Variant::Published {
            return Vec::new();
        }
        let proposed = match &filled.proposal {
            Some(proposal) => format!(
                "Proposed: {}, by the rule {}, because {}.",
                proposal.comply, proposal.rule, proposal.because
            ),
            None => "Nothing is proposed: there is no evidence here that would decide it.".to_owned(),
        };
        let answered = self.answer(filled.provision).and_then(|answer| {
            let comply = self.confirmed(filled.provision)?;
            let by = answer.confirmed_by.as_ref()?;
            let on = long_date(answer.confirmed_on?);
            Some(match (&filled.proposal, &answer.overrules) {
                (None, _) => format!("Answered by {by} on {on}."),
                (Some(proposal), _) if proposal.comply == comply => format!("Confirmed by {by} on {on}."),
                (Some(_), Some(reason)) => format!("Overruled by {by} on {on}: {reason}"),
                (Some(_), None) => format!("Overruled by {by} on {on}."),
            })
        });
        std::iter::once(proposed).chain(answered).collect()
    }

    /// Refuses confirmed answers other than those proposed that give no reason.
    pub(super) fn overruled_without_reason(&self, filled: &[Filled<'_>]) -> Result<()> {
        let problems: Vec<String> = filled.iter().filter_map(|row| self.without_reason(row)).collect();
        if problems.is_empty() { Ok(()) } else { Err(Error::Given(problems.join("\n"))) }
    }

    fn without_reason(&self, filled: &Filled<'_>) -> Option<String> {
        let (answer, proposal) = (self.answer(filled.provision)?, filled.proposal.as_ref()?);
        let comply = self.confirmed(filled.provision)?;
        let unexplained = comply != proposal.comply && answer.overrules.is_none();
        unexplained.then(|| {
            format!(
                "answers: provisions.{}.overrules: {comply} is confirmed and {} is proposed (rule {}: {}). Say in `overrules` why, or \
                 change `comply`",
                filled.provision.number(),
                proposal.comply,
                proposal.rule,
                proposal.because
            )
        })
    }
}

fn carried(answer: &Answer) -> String {
    answer.carried_from.as_ref().map(|year| format!("From {year}, not read again yet: ")).unwrap_or_default()
}

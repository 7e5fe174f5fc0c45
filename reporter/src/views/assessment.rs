//! The self-assessment form, as far as measured figures and the policy can fill it. Whether the landlord complies is for
//! a person to say: nothing is claimed here.

use redress_shared::measure::{Rate, thousands};
use serde::Serialize;

use super::Report;
use super::cells::{counted, discreet};
use crate::frames::NOW;

/// A provision of the Code, as the caller knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionRow {
    /// Its number in the Code: "6.2".
    pub number: String,
    /// What it asks, in the product's words or, if the landlord supplies it, in the official ones.
    pub summary: String,
    /// What the landlord's policy says to it, with the clause; empty where the profile is silent.
    pub policy_evidence: Vec<String>,
    /// What the rules of the policy answer to it: whole bullets, which say of themselves where they are a reading alone.
    pub rule_evidence: Vec<String>,
}

/// A row of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssessmentRow {
    /// The provision's number.
    pub number: String,
    /// What it asks.
    pub requirement: String,
    /// Yes or No, once a person has said so.
    pub comply: String,
    /// What was measured and what the policy says.
    pub evidence: Vec<String>,
    /// The landlord's own words; left to it.
    pub commentary: String,
}

impl Report<'_> {
    /// The form, one row to a provision.
    #[must_use]
    pub fn assessment(&self, provisions: &[ProvisionRow]) -> Vec<AssessmentRow> {
        provisions.iter().map(|provision| self.assess(provision)).collect()
    }

    fn assess(&self, provision: &ProvisionRow) -> AssessmentRow {
        let mut evidence = Vec::new();
        evidence.extend(self.measured(&provision.number).map(|figure| format!("Measured: {figure}.")));
        evidence.extend(provision.policy_evidence.iter().map(|said| format!("Policy, {said}")));
        evidence.extend(provision.rule_evidence.iter().cloned());
        AssessmentRow {
            number: provision.number.clone(),
            requirement: provision.summary.clone(),
            comply: "To be confirmed".to_owned(),
            evidence,
            commentary: String::new(),
        }
    }

    /// What the cases say to a provision; `None` where they say nothing.
    fn measured(&self, number: &str) -> Option<String> {
        self.measured_intake(number)
            .or_else(|| self.measured_stages(number))
            .or_else(|| self.measured_after(number))
    }

    fn measured_intake(&self, number: &str) -> Option<String> {
        let cases = |kind| self.tables.kinds.sum(&[("window", NOW), ("kind", kind)]);
        let of_complaints =
            |remark| format!("{} of {}", discreet(self.remark(remark)), thousands(cases("complaint")));
        let overturned =
            self.tables.refusals.sum(&[("window", NOW), ("what", "complaint"), ("overturned", "yes")]);
        let refused = self.refusals_in(NOW, "complaint");
        let discretion =
            self.tables.refusals.sum(&[("window", NOW), ("what", "complaint"), ("discretion", "yes")]);
        let channels = self.tables.channels.words("channel", &[("window", NOW), ("stage", "1")]).len();
        Some(match number {
            "1.3" | "3.6" => {
                format!("{} complaints were made through a representative", of_complaints("represented"))
            }
            "1.4" => format!("{} service requests were recorded", cases("service-request")),
            "1.5" => format!(
                "{} complaints were raised out of a service request",
                self.remark("from-service-request")
            ),
            "2.1" | "2.2" => format!(
                "{} complaints received were refused, each with ground and clause (see Refusals)",
                Rate::new(refused, cases("complaint")).of()
            ),
            "2.3" | "2.5" => {
                format!("discretion was considered in {} refusals", Rate::new(discretion, refused).of())
            }
            "2.4" => format!(
                "{} refusals were overturned, and {} complaints accepted at the Ombudsman's direction",
                Rate::new(overturned, refused).of(),
                discreet(self.remark("directed"))
            ),
            "3.1" => format!(
                "stage 1 complaints came through {channels} channels; {} complaints have adjustments recorded",
                of_complaints("adjustments")
            ),
            "3.2" => format!("stage 1 complaints came through {channels} channels"),
            "3.3" => {
                format!("{} stage 1 complaints (see the measures per 1,000 homes)", self.made_in(NOW, "1"))
            }
            "5.4" => format!(
                "{} complaints are about a service run by a third party",
                of_complaints("third-party")
            ),
            "5.10" => format!("{} complaints have adjustments recorded", of_complaints("adjustments")),
            _ => return None,
        })
    }

    fn measured_stages(&self, number: &str) -> Option<String> {
        let handled = |stage, column, word| {
            self.tables.handling.sum(&[("window", NOW), ("stage", stage), (column, word)])
        };
        let acknowledged = |stage| self.acknowledged_rate(NOW, stage, "acknowledged").of();
        let answered = |stage| self.answered_rate(NOW, stage, "in_time").of();
        let extended = |stage| {
            let (permitted, other) =
                (handled(stage, "extension", "permitted"), handled(stage, "extension", "not-permitted"));
            format!("{} extensions were as the Code permits", Rate::new(permitted, permitted + other).of())
        };
        Some(match number {
            "5.9" => {
                let count = |word| handled("1", "updates", word) + handled("2", "updates", word);
                let (kept, not_kept) = (count("kept"), count("not-kept"));
                format!(
                    "{} stages with agreed updates had all of them",
                    Rate::new(kept, kept + not_kept).of()
                )
            }
            "5.11" => {
                let requests = self.tables.escalations.sum(&[("window", NOW)]);
                let refused = self.tables.escalations.sum(&[("window", NOW), ("outcome", "refused")]);
                format!("{} requests to escalate were refused", Rate::new(refused, requests).of())
            }
            "6.1" => format!(
                "{} complaints concern a recorded vulnerability and {} a hazard",
                discreet(self.remark("vulnerable")),
                discreet(self.remark("hazard"))
            ),
            "6.2" => format!("{} stage 1 complaints were acknowledged in time", acknowledged("1")),
            "6.3" => format!(
                "{} stage 1 complaints were answered in time, permitted extensions included",
                answered("1")
            ),
            "6.4" | "6.5" => extended("1"),
            "6.10" => format!(
                "{} stage 2 complaints beside {} stage 1 complaints",
                self.made_in(NOW, "2"),
                self.made_in(NOW, "1")
            ),
            "6.11" => format!("{} stage 2 complaints were acknowledged in time", acknowledged("2")),
            "6.14" => format!(
                "{} stage 2 complaints were answered in time, permitted extensions included",
                answered("2")
            ),
            "6.15" | "6.16" => extended("2"),
            _ => return None,
        })
    }

    fn measured_after(&self, number: &str) -> Option<String> {
        let remedies =
            |stage: &[(&str, &str)]| self.tables.remedies.sum(&[&[("window", NOW)], stage].concat());
        let learnt = |more: &[(&str, &str)]| self.tables.learning.sum(&[&[("window", NOW)], more].concat());
        Some(match number {
            "5.13" => format!(
                "{} remedies were offered at stage 1 and {} at stage 2",
                remedies(&[("stage", "1")]),
                remedies(&[("stage", "2")])
            ),
            "6.6" | "6.17" | "7.3" => {
                format!("{} actions that fell due were done on time", self.actions_rate(NOW).of())
            }
            "7.1" => format!(
                "{} remedies were offered, of {} kinds",
                remedies(&[]),
                self.tables.remedies.words("kind", &[("window", NOW)]).len()
            ),
            "8.4" => format!("the Ombudsman made {}", counted(self.determinations(NOW), "determination")),
            "9.1" | "9.2" => format!(
                "{} improvements were recorded and {} carried out",
                learnt(&[]),
                learnt(&[("state", "done")])
            ),
            "9.3" => format!(
                "{} improvements were reported on",
                Rate::new(learnt(&[("reported", "yes")]), learnt(&[])).of()
            ),
            "9.4" => format!(
                "{} themes in the learning register",
                self.tables.learning.words("theme", &[("window", NOW)]).len()
            ),
            _ => return None,
        })
    }
}

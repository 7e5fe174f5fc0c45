//! What each published figure means, with a number that changes when the meaning does.

use super::rate::Scale;

/// A measure: what it is called, what is divided by what, and where that is laid down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// The name others know it by: `CH01(1)`, or a word of our own.
    pub id: &'static str,
    /// Goes up by one whenever the meaning changes.
    pub version: u32,
    /// A reader's name for it.
    pub name: &'static str,
    /// What is counted.
    pub numerator: &'static str,
    /// Out of what.
    pub denominator: &'static str,
    /// In a hundred or in a thousand.
    pub scale: Scale,
    /// Where it comes from.
    pub source: &'static str,
}

const REGULATOR: &str = "Regulator of Social Housing, Tenant Satisfaction Measures";
const CODE: &str = "Housing Ombudsman, Complaint Handling Code";
const OWN: &str = "this product's own definition";

macro_rules! definitions {
    ($($(#[$doc:meta])* $constant:ident = ($id:literal, $version:literal, $name:literal, $numerator:literal,
        $denominator:literal, $scale:ident, $source:expr);)*) => {
        $($(#[$doc])* pub const $constant: Definition = Definition {
            id: $id, version: $version, name: $name, numerator: $numerator, denominator: $denominator,
            scale: Scale::$scale, source: $source,
        };)*
        /// Every definition, in the order of the method note.
        pub const DEFINITIONS: &[Definition] = &[$($constant),*];
    };
}

definitions! {
    /// Stage 1 complaints for each thousand homes.
    CH01_STAGE_1 = ("CH01(1)", 1, "Stage 1 complaints per 1,000 homes",
        "stage 1 complaints received in the year from tenants of that type of home",
        "homes of that type owned at the year's end", PerThousand, REGULATOR);
    /// Stage 2 complaints for each thousand homes.
    CH01_STAGE_2 = ("CH01(2)", 1, "Stage 2 complaints per 1,000 homes",
        "requests to escalate to stage 2 received in the year, whatever the year of their stage 1",
        "homes of that type owned at the year's end", PerThousand, REGULATOR);
    /// Stage 1 complaints answered in time.
    CH02_STAGE_1 = ("CH02(1)", 1, "Stage 1 complaints answered within the Code's time",
        "those answered by the first due date, plus those answered within a permitted extension",
        "all stage 1 complaints of CH01(1), unanswered ones included", PerCent, REGULATOR);
    /// Stage 2 complaints answered in time.
    CH02_STAGE_2 = ("CH02(2)", 1, "Stage 2 complaints answered within the Code's time",
        "those answered by the first due date, plus those answered within a permitted extension",
        "all stage 2 complaints of CH01(2), unanswered ones included", PerCent, REGULATOR);
    /// Satisfaction with complaint handling.
    TP09 = ("TP09", 1, "Satisfaction with the handling of complaints",
        "very and fairly satisfied answers", "all five answers, from residents who complained", PerCent, REGULATOR);
    /// Acknowledged in time.
    ACKNOWLEDGED = ("acknowledged", 2, "Acknowledged in time",
        "stages acknowledged by the due date",
        "all stages requested in the period, open ones included, save those withdrawn or closed by their due date unacknowledged",
        PerCent, CODE);
    /// Acknowledged in the policy's time.
    ACKNOWLEDGED_BY_POLICY = ("acknowledged-policy", 1, "Acknowledged in the policy's time",
        "stages acknowledged by the policy's date",
        "all stages requested in the period for which the policy sets a date, open ones included, save those withdrawn or closed by it \
         unacknowledged",
        PerCent, OWN);
    /// Responded to in the Code's time.
    RESPONDED = ("responded", 2, "Responded to in time",
        "stages answered by the Code's date or within an extension that it permits",
        "all stages requested in the period, those open, withdrawn or closed unanswered included", PerCent, CODE);
    /// Responded to in the policy's time.
    RESPONDED_BY_POLICY = ("responded-policy", 1, "Responded to in the policy's time",
        "stages answered by the policy's date or within an extension by it",
        "all stages requested in the period, those open, withdrawn or closed unanswered included, save those answered for which the \
         policy sets no date",
        PerCent, OWN);
    /// Stage 1 complaints of all residents for each thousand homes.
    COMPLAINTS_PER_THOUSAND = ("per-1000", 1, "Complaints per 1,000 homes",
        "complaints of that stage made in the period by residents of that type of home",
        "homes of that type owned at the end of the year that the period lies in", PerThousand, OWN);
    /// A row's share of the complaints made at a stage.
    SHARE_OF_MADE = ("share-of-made", 1, "Share of complaints made",
        "complaints of the row made at that stage in the period", "all complaints made at that stage in the period",
        PerCent, OWN);
    /// A row's share of the complaints received.
    SHARE_OF_RECEIVED = ("share-of-received", 1, "Share of complaints received",
        "complaints of the row received in the period", "all complaints received in the period, refused ones included",
        PerCent, OWN);
    /// A row's share of the residents who complained.
    SHARE_OF_RESIDENTS = ("share-of-residents", 1, "Share of residents who complained",
        "residents of the row", "all residents behind the complaints received in the period", PerCent, OWN);
    /// The share that went on to stage 2.
    ESCALATION = ("escalation", 1, "Escalation rate",
        "stage 2 complaints requested in the period", "stage 1 complaints received in the period", PerCent, OWN);
    /// A result's share of the requests to escalate.
    SHARE_OF_REQUESTS = ("share-of-requests", 1, "Share of requests to escalate",
        "requests to escalate with that result", "all requests to escalate made in the period", PerCent, OWN);
    /// An outcome's share of the answers.
    OUTCOME = ("outcome", 1, "Share of answers", "answers with that outcome", "all answers with an outcome", PerCent, OWN);
    /// The share found right, wholly or in part.
    UPHELD = ("upheld", 1, "Upheld share",
        "answers that upheld the complaint wholly or in part", "all answers with an outcome", PerCent, OWN);
    /// Stages that were extended.
    EXTENDED = ("extended", 3, "Extended",
        "stages of which every extension is one that the Code permits; or of which at least one is not", "all stages requested in the period", PerCent, OWN);
    /// Updates kept.
    UPDATES_GIVEN = ("updates-given", 1, "Agreed updates all given",
        "stages of which every agreed update was given on time", "stages for which updates were agreed", PerCent, CODE);
    /// Notices that say where the Ombudsman is.
    NOTICES_WITH_DETAILS = ("notices-with-details", 1, "Notices with the Ombudsman's details",
        "notices of an extension that carry the Ombudsman's details", "all notices of an extension decided in the period",
        PerCent, CODE);
    /// Refusals with discretion considered.
    DISCRETION = ("discretion", 1, "Discretion considered",
        "refusals before which the landlord considered making an exception", "all refusals of the row", PerCent, CODE);
    /// Refusals that did not last.
    OVERTURNED = ("overturned", 1, "Refusals overturned",
        "refusals overturned by the report's date", "all refusals of the row", PerCent, OWN);
    /// A finding's share.
    FINDING = ("finding", 1, "Share of findings",
        "findings of that kind", "all findings save outside jurisdiction and withdrawn", PerCent,
        "Housing Ombudsman, annual complaints review");
    /// The Ombudsman's rate.
    MALADMINISTRATION = ("maladministration", 1, "Maladministration rate",
        "findings of service failure, maladministration and severe maladministration",
        "all findings save outside jurisdiction and withdrawn", PerCent, "Housing Ombudsman, annual complaints review");
    /// Orders complied with in time.
    ORDERS = ("orders-in-time", 2, "Orders complied with in time",
        "orders complied with by their due date", "orders complied with, or due before the report's date", PerCent, OWN);
    /// Remedies taken up.
    ACCEPTED = ("accepted", 1, "Remedies accepted",
        "remedies that the resident accepted by the report's date", "all remedies offered in the period", PerCent, OWN);
    /// Promised actions done on time.
    ACTIONS = ("actions-in-time", 2, "Promised actions done on time",
        "actions done by their due date", "actions done, or due before the report's date", PerCent, CODE);
    /// Determinations that found a failing.
    DETERMINED_AGAINST = ("determinations-with-failing", 1, "Determinations with a failing",
        "determinations with at least one finding of service failure, maladministration or severe maladministration",
        "determinations with at least one finding that is neither outside jurisdiction nor withdrawn", PerCent, OWN);
    /// Cases of which every promise was kept.
    CASES_ACTED_ON = ("cases-acted-on", 2, "Cases with every promised action done on time",
        "cases with every action that fell due in the period done by its due date",
        "cases with an action that fell due in the period, and was done or due before the report's date", PerCent, OWN);
    /// Satisfied after a stage.
    SATISFIED = ("satisfied", 1, "Satisfied with the handling of the complaint",
        "very and fairly satisfied answers given in the period after a stage was closed",
        "all such answers, of which one complaint can have several", PerCent, OWN);
    /// An answer's share of the survey.
    ANSWER = ("answer", 1, "Share of survey answers",
        "answers of the row", "all five answers given in the period", PerCent, OWN);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_definitions_share_an_id() {
        let ids: BTreeSet<&str> = DEFINITIONS.iter().map(|definition| definition.id).collect();
        assert_eq!(ids.len(), DEFINITIONS.len());
    }
}

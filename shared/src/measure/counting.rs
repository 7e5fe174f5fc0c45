//! What the plain counts, amounts and ranks of each table are of, with a number that changes when the meaning does. Rates have definitions
//! of their own: [`super::DEFINITIONS`].

use super::definition::DEFINITIONS;

/// What the figures of a table count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// The table's id in reports.
    pub table: &'static str,
    /// Goes up by one whenever the meaning changes.
    pub version: u32,
    /// What is counted, each of it once unless it says otherwise.
    pub counted: &'static str,
    /// The day that puts it in a period, or that it was counted on.
    pub by: &'static str,
}

impl Counting {
    /// The id by which a figure names it: `counted-months`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("counted-{}", self.table)
    }

    /// That of a table.
    #[must_use]
    pub fn of(table: &str) -> Option<&'static Self> {
        COUNTINGS.iter().find(|counting| counting.table == table)
    }
}

/// The version of a definition or of what a table counts, by the id that a figure names it by.
#[must_use]
pub fn version_of(id: &str) -> Option<u32> {
    let definition =
        DEFINITIONS.iter().find(|definition| definition.id == id).map(|definition| definition.version);
    definition
        .or_else(|| COUNTINGS.iter().find(|counting| counting.id() == id).map(|counting| counting.version))
}

const ASKED: &str = "the receipt, at stage 1; the request to escalate, at stage 2";
const RECEIVED: &str = "the day of receipt";
const OFFERED: &str = "the day of the offer";
const REFUSED: &str = "the day of the refusal";
const REPORT: &str = "none: of any period, as it stands on the report's date";
const ROW: &str = "each row's own day";

macro_rules! counted {
    ($($table:literal = ($version:literal, $by:expr, $counted:literal);)*) => {
        /// What the figures of every table count that has others than rates and averages, in the order of their ids.
        pub const COUNTINGS: &[Counting] =
            &[$(Counting { table: $table, version: $version, counted: $counted, by: $by }),*];
    };
}

counted! {
    "acknowledged" = (1, ASKED, "Complaints made, by whether and when each stage was acknowledged: once by the Code's due date and once by the \
        policy's.");
    "actions" = (1, "the day on which each fell due", "Actions promised in answers, by whether each was done by its due date, later, or not yet.");
    "areas" = (1, ASKED, "Complaints made, by the area in which the home is.");
    "categories" = (1, RECEIVED, "Categories of stage 1 complaints made: a complaint given two stands in two rows and is two of the total.");
    "causes" = (1, "the day of the entry", "Entries of the learning register, by root cause.");
    "channels" = (1, RECEIVED, "Stage 1 complaints made, by the channel that each came through.");
    "compared" = (1, ASKED, "Complaints made whose last day, or whose being in time, the other rules change.");
    "contractors" = (1, RECEIVED, "Stage 1 complaints made, by who provided the service; how many stand under each share.");
    "control-days" = (1, RECEIVED, "The median of the working days that the stage 1 complaints of each period had to wait for an answer.");
    "control-volume" = (1, RECEIVED, "Stage 1 complaints made in each period.");
    "days" = (1, ASKED, "Complaints made that were acknowledged, or answered, by the report's date; and, by rank, the working days that it took.");
    "derived" = (1, ROW, "What figures count besides whole rows: stages still open, waits, remarks, amounts of money, things still to be done.");
    "equality" = (1, RECEIVED, "Residents behind the complaints received, by what each told of themselves, in one row or in several.");
    "escalation" = (1, ASKED, "Complaints made at each stage: at stage 2, whatever the period of their stage 1.");
    "escalation-requests" = (1, "the day of the request", "Requests to escalate, by what became of each; and those with reasons, or after the \
        policy's time for one.");
    "findings" = (1, "the day of the determination", "Findings of the Ombudsman: one for each issue that a determination decides.");
    "kinds" = (1, RECEIVED, "Cases recorded, whatever their kind and whatever was decided on them later.");
    "left-out" = (1, ROW, "Rows read, and what is counted out of them, that none of the report's figures holds, each for one reason.");
    "money" = (1, OFFERED, "Amounts above nothing in remedies: how many, their sum, and the middle one by rank. An amount paid, or set off, goes \
        with its offer.");
    "months" = (1, ASKED, "Complaints made, month by month. Answered late: after the last day that the Code allows, a permitted extension \
        included; what is still open is not among them.");
    "open" = (1, REPORT, "Stages of complaints with no answer, neither withdrawn nor closed, by days since each was asked for; and those past the \
        last day by either clock.");
    "orders" = (1, "the day of the determination; of issue, for a failure order", "Orders, recommendations and failure orders of the Ombudsman, by \
        compliance on the report's date; and the money in them.");
    "outcomes" = (1, ASKED, "Complaints made, by the outcome of each stage's answer; the others by why they have none.");
    "outstanding" = (1, REPORT, "Orders, recommendations, failure orders and promised actions not carried out yet.");
    "peers" = (1, "the year of the file that was given", "Peers of like size that have a figure, and what theirs are.");
    "per-1000" = (1, ASKED, "Homes owned, and complaints made by residents of each type of home.");
    "populations" = (1, ASKED, "Complaints made, by type of home; those that the regulator's return takes by themselves.");
    "providers" = (1, ASKED, "Complaints made, by who provided the service that each is about.");
    "quarters" = (1, ASKED, "Complaints made, quarter by quarter; answered late as by month.");
    "reconciliation" = (1, ROW, "Rows read of each kind, each once: in a period's figures, or left out.");
    "recorded" = (1, RECEIVED, "Stage 1 complaints made, with and without each thing recorded; how many stand under each share.");
    "refusals" = (1, REFUSED, "Refusals to consider a complaint, by ground; those overturned since are among them.");
    "refused-escalations" = (1, REFUSED, "Refusals to escalate, by ground; those overturned since are among them.");
    "remarks" = (1, RECEIVED, "Complaints received of which each remark holds: one or several for the same complaint.");
    "remedies" = (1, OFFERED, "Remedies offered, by kind and by the stage of the offer.");
    "responses" = (1, ASKED, "Complaints made, by how each stage's answer stands by the Code's last day and by the policy's.");
    "return" = (1, "the regulator's year, as for its measures", "What the regulator's return asks for besides rates: homes, complaints made and those answered in time.");
    "risks" = (1, "the day on which the landlord came to know", "Hazards and other risks flagged on cases, by whether each was handed on.");
    "satisfaction" = (1, "the day of the answer", "Answers to the survey that residents get after their complaint.");
    "sector" = (1, "the year of the publication", "Landlords with a published figure, and what theirs are.");
    "services" = (1, ASKED, "Complaints made, by the service that each is about.");
    "tp09" = (1, "the time of the survey", "Answers to the perception survey, with the weights that it was given with.");
    "trend-groups" = (1, "as in the table of each group", "Stage 1 complaints made, and entries of the learning register, of each group in each period compared.");
    "trends" = (1, "as in the table of each subject", "Complaints made, refusals, service requests and compliments in each period compared.");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_stands_once_and_in_order() {
        assert!(COUNTINGS.is_sorted_by(|one, other| one.table < other.table));
        assert_eq!(Counting::of("months").map(Counting::id).as_deref(), Some("counted-months"));
        assert_eq!(Counting::of("no-table"), None);
        assert_eq!(
            [version_of("counted-months"), version_of("escalation"), version_of("")],
            [Some(1), Some(1), None]
        );
    }
}

//! The Code's limits of time.

use serde::{Deserialize, Serialize};

use super::{ProvisionNumber, Unit};

/// The event that a limit is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StartPoint {
    /// The complaint reached the landlord.
    Receipt,
    /// The landlord logged the complaint.
    Logging,
    /// The landlord acknowledged, at the stage in question.
    Acknowledgement,
    /// The resident's request for stage 2 reached the landlord.
    Request,
    /// The landlord logged the request for stage 2.
    RequestLogging,
}

/// A limit: so many units from an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CodeLimit")]
pub struct Limit {
    /// How many units.
    pub count: u32,
    /// What is counted.
    pub unit: Unit,
    /// The event that it counts from.
    pub from: StartPoint,
    /// The provision that sets it.
    pub provision: ProvisionNumber,
    /// How an ambiguous provision was read, where it is.
    #[serde(default)]
    pub reading: Option<String>,
}

/// A length of time that is not tied to one event of the case, such as an extension, counted from the date it extends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CodeAllowance")]
pub struct Allowance {
    /// How many units, at most.
    pub count: u32,
    /// What is counted.
    pub unit: Unit,
    /// The provision that sets it.
    pub provision: ProvisionNumber,
    /// How an ambiguous provision was read, where it is.
    #[serde(default)]
    pub reading: Option<String>,
    /// What the Code asks for beyond the allowance, where it says.
    #[serde(default)]
    pub beyond: Option<String>,
}

/// The limits of one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageClocks {
    /// To acknowledge; absent where the edition sets no time for it.
    #[serde(default)]
    pub acknowledge: Option<Limit>,
    /// To respond in full.
    pub respond: Limit,
    /// The most that a response may be extended by without good reason.
    pub extend: Allowance,
}

/// How many stages a procedure may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageMaximum {
    /// The most stages that are allowed, or tolerated.
    pub maximum: u8,
    /// The provision that says so.
    pub provision: ProvisionNumber,
}

/// Every limit of an edition of the Code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CodeClocks")]
pub struct Clocks {
    /// How long after the issue, or after becoming aware of it, a complaint has to be accepted.
    pub accept_within: Allowance,
    /// How many stages there may be.
    pub stages: StageMaximum,
    /// Stage 1.
    pub stage_1: StageClocks,
    /// Stage 2.
    pub stage_2: StageClocks,
}

impl Clocks {
    /// The provision behind each limit, with the limit's name as the data file has it.
    pub fn citations(&self) -> Vec<(&'static str, ProvisionNumber)> {
        let mut cited =
            vec![("accept_within", self.accept_within.provision), ("stages", self.stages.provision)];
        cited.extend(self.stage_1.acknowledge.iter().map(|limit| ("stage_1.acknowledge", limit.provision)));
        cited.push(("stage_1.respond", self.stage_1.respond.provision));
        cited.push(("stage_1.extend", self.stage_1.extend.provision));
        cited.extend(self.stage_2.acknowledge.iter().map(|limit| ("stage_2.acknowledge", limit.provision)));
        cited.push(("stage_2.respond", self.stage_2.respond.provision));
        cited.push(("stage_2.extend", self.stage_2.extend.provision));
        cited
    }
}

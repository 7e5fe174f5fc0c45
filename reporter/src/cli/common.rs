//! What every command that reads cases is told: which landlords, as of when, from where, and by which readings.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use redress_shared::measure::{Choices, Extensions, Group, ResponseClock, Withdrawn};

use super::cases::Cases;
use super::policies::Policies;
use super::shown::Shown;
use super::writing::Writing;
use crate::Variant;

/// Whose cases, and how they are counted and written.
#[derive(Debug, Args)]
pub(super) struct Common {
    #[command(flatten)]
    pub(super) cases: Cases,
    /// The report's date: what is dated later has not happened yet.
    #[arg(long)]
    pub(super) as_of: NaiveDate,
    #[command(flatten)]
    pub(super) policies: Policies,
    #[command(flatten)]
    pub(super) writing: Writing,
    /// For whom the report is.
    #[arg(long, value_enum, default_value = "published")]
    variant: VariantChoice,
    /// Write the cases behind every figure beside the report as well: a CSV file for each. Only with `--variant committee`.
    #[arg(long)]
    pub(super) evidence: bool,
    #[command(flatten)]
    pub(super) shown: Shown,
    /// Let a late acknowledgement start the time to respond late.
    #[arg(long)]
    clock_as_acknowledged: bool,
    /// Count no answer within an extension as in time.
    #[arg(long)]
    disregard_extensions: bool,
    /// Whether complaints withdrawn before an answer count as made.
    #[arg(long, value_enum, default_value = "stay")]
    withdrawn: WithdrawnChoice,
    /// Count a group's complaint once for each resident.
    #[arg(long)]
    count_each_resident: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum VariantChoice {
    /// For everybody: no references of cases, small counts masked.
    Published,
    /// For the landlord's own committee: exact, with references; "-with-references" is added to the name of the files.
    Committee,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum WithdrawnChoice {
    Stay,
    LeaveOut,
}

impl Common {
    /// For whom the report is.
    pub(super) const fn variant(&self) -> Variant {
        match self.variant {
            VariantChoice::Published => Variant::Published,
            VariantChoice::Committee => Variant::Committee,
        }
    }

    /// The readings asked for.
    pub(super) fn choices(&self) -> Choices {
        let mut choices = Choices::default();
        if self.clock_as_acknowledged {
            choices.response_clock = ResponseClock::AsAcknowledged;
        }
        if self.disregard_extensions {
            choices.extensions = Extensions::Disregarded;
        }
        if matches!(self.withdrawn, WithdrawnChoice::LeaveOut) {
            choices.withdrawn = Withdrawn::LeftOut;
        }
        if self.count_each_resident {
            choices.group = Group::EachResident;
        }
        choices
    }
}

//! What every command that reads cases is told: which landlords, as of when, from where, and by which readings.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use redress_shared::measure::{Choices, Extensions, Group, ResponseClock, Withdrawn};

use crate::Variant;
use crate::output::Format;

/// Whose cases, and how they are counted and written.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// The landlord's id.
    #[arg(long, required_unless_present = "all")]
    pub(super) landlord: Option<String>,
    /// Every landlord of the database.
    #[arg(long, conflicts_with = "landlord")]
    pub(super) all: bool,
    /// The report's date: what is dated later has not happened yet.
    #[arg(long)]
    pub(super) as_of: NaiveDate,
    /// The SQLite file; it is opened for reading only.
    #[arg(long)]
    pub(super) database: PathBuf,
    /// The folder the reports go to.
    #[arg(long)]
    pub(super) out: PathBuf,
    /// What is written: a page, a folder with a CSV file for each table, the whole as JSON; several with commas between.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html")]
    format: Vec<Format>,
    /// For whom the report is.
    #[arg(long, value_enum, default_value = "published")]
    variant: VariantChoice,
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
    /// The formats asked for, each once.
    pub(super) fn formats(&self) -> Vec<Format> {
        let mut formats = self.format.clone();
        formats.sort_unstable();
        formats.dedup();
        formats
    }

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

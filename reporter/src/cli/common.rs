//! What every command that reads cases is told: which landlords, as of when, from where, and by which readings.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use redress_shared::measure::{Choices, Extensions, Group, ResponseClock, Withdrawn};

use super::cases::Cases;
use super::policies::Policies;
use super::writing::Writing;
use crate::scan::Screen;
use crate::{Result, Variant};

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
    /// A file of names, addresses and the like that must not be published, a line each. What is published is looked through for them
    /// besides what looks personal, what the case data calls its cases, and the residents of a database.
    #[arg(long)]
    known: Option<PathBuf>,
    /// What names nobody, though it looks as if it did: an office's telephone number, say; may be given again.
    #[arg(long)]
    passed_over: Vec<String>,
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
    /// Say on every page that the cases are made up: for a database of simulated cases under a real landlord's name.
    #[arg(long, env = "REDRESS_DEMONSTRATION", value_parser = clap::builder::FalseyValueParser::new())]
    pub(super) demonstration: bool,
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

    /// What is looked for in what is published.
    ///
    /// # Errors
    /// When the file of what must not appear cannot be read.
    pub(super) fn screen(&self) -> Result<Screen> {
        let known = self.known.as_deref().map(Screen::known).transpose()?.unwrap_or_default();
        Ok(Screen { known, passed_over: self.passed_over.clone(), ..Screen::default() })
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

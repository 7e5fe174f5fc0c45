//! What every command that reads cases is told: which landlords, as of when, from where, and by which readings.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use redress_shared::database::NoAddress;
use redress_shared::measure::{Choices, Extensions, Group, ResponseClock, Withdrawn};

use super::policies::Policies;
use super::writing::Writing;
use crate::source::Address;
use crate::{Error, Result, Variant};

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
    /// The service's database, or a copy or replica of it, which is only read: sqlite:redress.db or its path, or
    /// postgres://user@host/database with libpq's parameters. All landlords are read as they stood at one moment.
    #[arg(long, env = "REDRESS_DATABASE_URL", hide_env_values = true)]
    database: String,
    #[command(flatten)]
    pub(super) policies: Policies,
    #[command(flatten)]
    pub(super) writing: Writing,
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
    /// Where the database is. What is written as no address at all is a file's path; an address is not repeated, since it may hold a
    /// password.
    ///
    /// # Errors
    /// When it is an address of no database that Redress knows.
    pub(super) fn database(&self) -> Result<Address> {
        match self.database.parse() {
            Err(NoAddress::Scheme) if !self.database.contains("://") && !self.database.contains('=') => {
                Ok(Address::Sqlite(self.database.clone()))
            }
            address => address.map_err(|error| Error::Request(format!("--database: {error}"))),
        }
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

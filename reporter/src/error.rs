//! What can go wrong with a report. Each error says what to do about it; none of them leaves a half-written file.

use std::path::PathBuf;

use thiserror::Error;

use crate::scan::Find;

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a report could not be made.
#[derive(Debug, Error)]
pub enum Error {
    /// The database could not be opened.
    #[error("cannot read the database {address}: {reason}")]
    Database {
        /// Where it is, without secrets.
        address: String,
        /// What the database said.
        reason: String,
    },
    /// The database's views are not those this program was built for.
    #[error("the database lacks columns the reports need, {} in all: {}. Migrate it to this version first", .0.len(), .0.join(", "))]
    Schema(Vec<String>),
    /// A file or folder of an extract is not what it should be.
    #[error("cannot use {} as part of an extract: {reason}", path.display())]
    Extract {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A running service does not give its cases.
    #[error("cannot read the cases from {address}: {reason}")]
    Service {
        /// Its address.
        address: String,
        /// Why.
        reason: String,
    },
    /// A row of a view could not be read.
    #[error("{view} holds a value that cannot be read: {error}")]
    View {
        /// The view.
        view: &'static str,
        /// What was wrong with it.
        error: diesel::result::Error,
    },
    /// The calendar that the service keeps cannot be read.
    #[error("the calendar that the landlord's dates were counted on cannot be used: {0}")]
    Calendar(String),
    /// Reading failed.
    #[error("reading the database failed: {0}")]
    Query(#[from] diesel::result::Error),
    /// The request asks for something no report is about.
    #[error("{0}")]
    Request(String),
    /// A file that was given says what it must not; each problem on a line of its own, with the file's name.
    #[error("{0}")]
    Given(String),
    /// The landlord is not in the database.
    #[error("there is no landlord \"{0}\" in the database")]
    NoSuchLandlord(String),
    /// Rows that are in no figure and no exclusion, or totals that differ.
    #[error("the figures do not add up, so no report was written:\n- {}", .0.join("\n- "))]
    Unreconciled(Vec<String>),
    /// What would be published has something personal in it.
    #[error("something personal would be published, so nothing was written:\n- {}", listed(.0))]
    Personal(Vec<Find>),
    /// What is wanted before a year can be published.
    #[error("it cannot be published yet:\n- {}", .0.join("\n- "))]
    Unpublishable(Vec<String>),
    /// A period that cannot be reported on.
    #[error(transparent)]
    Period(#[from] redress_shared::measure::PeriodError),
    /// The Code, a policy or the calendar built into the program is damaged.
    #[error("the rules built into the program cannot be used: {0}")]
    Code(String),
    /// The tables could not be computed.
    #[error("computing the tables failed: {0}")]
    Tables(#[from] polars::error::PolarsError),
    /// A template is broken.
    #[error("a report template is broken: {0}")]
    Template(String),
    /// A document could not be put into a format.
    #[error("a report cannot be written out: {0}")]
    Unwritable(String),
    /// The paths of what was written could not be printed.
    #[error("the report is written, but its path cannot be printed: {0}")]
    Output(std::io::Error),
    /// The report could not be written.
    #[error("cannot write {}: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

impl Error {
    /// The exit code, which says whose fault it is: 1 the machine's, 2 the call's, 3 the data's, 4 a given file's.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Request(_) | Self::NoSuchLandlord(_) | Self::Period(_) => 2,
            Self::Given(_) | Self::Unpublishable(_) => 4,
            Self::Unreconciled(_) | Self::Personal(_) | Self::View { .. } | Self::Calendar(_) => 3,
            Self::Database { .. }
            | Self::Extract { .. }
            | Self::Service { .. }
            | Self::Schema(_)
            | Self::Query(_)
            | Self::Code(_)
            | Self::Tables(_)
            | Self::Template(_)
            | Self::Unwritable(_)
            | Self::Output(_)
            | Self::Write { .. } => 1,
        }
    }
}

fn listed(finds: &[Find]) -> String {
    finds.iter().map(Find::to_string).collect::<Vec<_>>().join("\n- ")
}

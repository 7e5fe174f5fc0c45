//! The command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use redress_shared::measure::{
    Choices, Extensions, Group, Period, Quarter, ReportingYear, ResponseClock, StockType, Withdrawn,
};
use redress_shared::policy::Library;

use crate::source::{self, Landlord};
use crate::{Error, Excluded, Request, Result, Span, Variant, form};

/// Reports on complaints, from the service's database.
#[derive(Debug, Parser)]
#[command(name = "redress-reporter", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The annual report with the self-assessment form.
    Annual {
        /// The year from 1 April, as 2025-26.
        #[arg(long, value_parser = ReportingYear::parse)]
        year: ReportingYear,
        /// A figure the regulator left out, as CH02(1):lcra; may be given again.
        #[arg(long, value_parser = left_out)]
        left_out: Vec<Excluded>,
        #[command(flatten)]
        common: Common,
    },
    /// The report to a committee.
    Committee {
        /// The quarter of the financial year, as 2025-Q3 (October to December 2025).
        #[arg(long, value_parser = Quarter::parse, required_unless_present = "from", conflicts_with_all = ["from", "to"])]
        quarter: Option<Quarter>,
        /// The first day of another range.
        #[arg(long, requires = "to")]
        from: Option<NaiveDate>,
        /// Its last day.
        #[arg(long, requires = "from")]
        to: Option<NaiveDate>,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Debug, Args)]
struct Common {
    /// The landlord's id.
    #[arg(long, required_unless_present = "all")]
    landlord: Option<String>,
    /// Every landlord of the database.
    #[arg(long, conflicts_with = "landlord")]
    all: bool,
    /// The report's date: what is dated later has not happened yet.
    #[arg(long)]
    as_of: NaiveDate,
    /// The SQLite file; it is opened for reading only.
    #[arg(long)]
    database: PathBuf,
    /// The folder the reports go to.
    #[arg(long)]
    out: PathBuf,
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
    /// For the landlord's own committee: exact, with references.
    Committee,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum WithdrawnChoice {
    Stay,
    LeaveOut,
}

impl Cli {
    /// Writes what was asked for. Paths go to `out`, everything else to `errors`.
    #[must_use]
    pub fn run(&self, out: &mut dyn Write, errors: &mut dyn Write) -> ExitCode {
        let results = match self.requests() {
            Ok(requests) => requests.iter().map(crate::write_report).collect(),
            Err(error) => vec![Err(error)],
        };
        let mut code = ExitCode::SUCCESS;
        for result in results {
            let written = match result {
                Ok(path) => writeln!(out, "{}", path.display()),
                Err(error) => {
                    // 3: the data do not add up; 1: anything else. Usage is 2, as everywhere.
                    code = ExitCode::from(if matches!(error, Error::Unreconciled(_)) { 3 } else { 1 });
                    writeln!(errors, "error: {error}")
                }
            };
            if written.is_err() {
                code = ExitCode::FAILURE;
            }
        }
        code
    }

    fn requests(&self) -> Result<Vec<Request>> {
        let (common, span, left_out) = match &self.command {
            Command::Annual { year, left_out, common } => (common, Span::Year(*year), left_out.clone()),
            Command::Committee { quarter, from, to, common } => {
                (common, committee_span(*quarter, *from, *to)?, Vec::new())
            }
        };
        let landlords = source::landlords(&common.database)?;
        let chosen: Vec<&Landlord> = landlords
            .iter()
            .filter(|row| common.all || common.landlord.as_ref() == Some(&row.landlord_id))
            .collect();
        if chosen.is_empty() {
            return Err(Error::NoSuchLandlord(common.landlord.clone().unwrap_or_default()));
        }
        chosen.into_iter().map(|landlord| common.request(landlord, &span, &left_out)).collect()
    }
}

impl Common {
    fn request(&self, landlord: &Landlord, span: &Span, excluded: &[Excluded]) -> Result<Request> {
        let new = Request::new(&self.database, &self.out, &landlord.landlord_id, span.clone(), self.as_of)?;
        let library = Library::embedded().map_err(|error| Error::Code(error.to_string()))?;
        let profile = library.by_id(&landlord.policy_id).ok();
        Ok(Request {
            variant: self.variant(),
            choices: self.choices(),
            provisions: form::provisions(profile)?,
            policy: profile.cloned(),
            excluded: excluded.to_vec(),
            ..new
        })
    }

    const fn variant(&self) -> Variant {
        match self.variant {
            VariantChoice::Published => Variant::Published,
            VariantChoice::Committee => Variant::Committee,
        }
    }

    fn choices(&self) -> Choices {
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

fn committee_span(quarter: Option<Quarter>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Span> {
    match (quarter, from, to) {
        (Some(quarter), ..) => Ok(Span::Quarter(quarter)),
        (None, Some(from), Some(to)) => Ok(Span::Range(Period::range(from, to)?)),
        _ => Err(Error::Request("give a quarter, or a first and a last day".to_owned())),
    }
}

fn left_out(text: &str) -> std::result::Result<Excluded, String> {
    let (measure, stock) = text.split_once(':').ok_or("write it as CH02(1):lcra")?;
    let known = ["CH01(1)", "CH01(2)", "CH02(1)", "CH02(2)"];
    match StockType::parse(stock).filter(|stock| stock.is_measured()) {
        Some(stock) if known.contains(&measure) => Ok(Excluded { measure: measure.to_owned(), stock }),
        _ => Err(format!("a measure ({}), a colon, and lcra or lcho", known.join(", "))),
    }
}

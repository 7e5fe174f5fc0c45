//! `redress-service policy …`: what the policies say, how they stand to the Code, and how far Redress carries them.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use redress_shared::policy::{Coverage, CoverageTable, Register};

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Read a folder of profiles, and say everything that is wrong with them.
    Validate {
        /// The folder.
        folder: PathBuf,
    },
    /// Print, for each landlord, how many clauses of its policy are enforced, recorded, written or reported, and how many are
    /// left to people.
    Coverage,
}

/// Runs a policy command.
///
/// # Errors
/// When a file cannot be read or is wrong; every error is named.
#[allow(clippy::print_stdout)]
pub fn run(action: &Action) -> anyhow::Result<ExitCode> {
    match action {
        Action::Validate { folder } => {
            let library = redress_service::application::library(Some(folder))?;
            for profile in library.all() {
                println!("{} {} is well-formed", profile.landlord.id, profile.policy.id);
            }
        }
        Action::Coverage => {
            let registers = Register::embedded().map_err(|errors| anyhow::anyhow!("{errors}"))?;
            println!("{}", CoverageTable(registers.iter().map(Coverage::of).collect()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

//! `redress-service`: serves the API, and answers for the policies on the command line.

mod keys;
mod policy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use redress_service::application::{Application, system_clock};
use redress_service::settings::Settings;
use redress_service::upkeep::{Backup, Verify};
use tracing_subscriber::EnvFilter;

/// Complaint handling for social landlords.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Serve the API.
    Serve(Settings),
    /// Copy a SQLite database while the service runs.
    Backup(Backup),
    /// Compute everything anew from the events, and name whatever differs.
    Verify(Verify),
    /// Check policies, show how far Redress carries them, or compare two versions.
    #[command(subcommand)]
    Policy(policy::Action),
    /// Issue, list, rotate and revoke API keys.
    Keys(keys::Keys),
}

#[actix_web::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            tracing::error!("{error:#}");
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::print_stderr)]
fn complain(error: &anyhow::Error) {
    eprintln!("redress-service: {error:#}");
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.command {
        Action::Serve(settings) => {
            let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
            tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
            let application = Application::build(&settings, system_clock())?;
            tracing::info!(address = %application.address(), database = %settings.database, "listening");
            application.run().await?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Backup(backup) => backup.run(),
        Action::Verify(verify) => verify.run(),
        Action::Policy(action) => policy::run(&action),
        Action::Keys(keys) => keys.run(),
    }
}

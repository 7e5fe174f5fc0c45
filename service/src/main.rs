//! `redress-service`: serves the API, and answers for the policies on the command line.

mod calendar;
mod configuration;
mod import;
mod keys;
mod policy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use redress_service::application::{Application, system_clock};
use redress_service::operations::log;
use redress_service::settings::{self, Arguments as SettingArguments, WrongSettings};
use redress_service::upkeep::{Backup, Retention, Verify};

/// What is asked and answered is made of many small pieces, on several threads: the system's allocator took a sixth of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    Serve(SettingArguments),
    /// Check the configuration, or show what holds.
    #[command(subcommand)]
    Config(configuration::Action),
    /// Copy a SQLite database while the service runs.
    Backup(Backup),
    /// Compute everything anew from the events, and name whatever differs.
    Verify(Verify),
    /// Say what has been kept for long enough, and erase it.
    Retention(Retention),
    /// Check policies, show how far Redress carries them, or compare two versions.
    #[command(subcommand)]
    Policy(policy::Action),
    /// Issue, list, rotate and revoke API keys.
    Keys(keys::Keys),
    /// Take bank holidays in.
    Calendar(calendar::Calendars),
    /// Bring in a CRM's history.
    Import(import::Import),
}

#[actix_web::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            // Whose fault it is: 2 as for a wrong command line, where trying again does not help.
            if error.is::<WrongSettings>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

#[allow(clippy::print_stderr)]
fn complain(error: &anyhow::Error) {
    eprintln!("redress-service: {error:#}");
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.command {
        Action::Serve(arguments) => serve(&arguments).await,
        Action::Config(action) => action.run(),
        Action::Backup(backup) => backup.run(),
        Action::Verify(verify) => verify.run().await,
        Action::Retention(retention) => retention.run(),
        Action::Policy(action) => policy::run(&action),
        Action::Keys(keys) => keys.run(),
        Action::Calendar(calendars) => calendars.run(),
        Action::Import(import) => import.run(),
    }
}

async fn serve(arguments: &SettingArguments) -> anyhow::Result<ExitCode> {
    let settings = configuration::load(arguments)?.settings;
    log::begin(&settings);
    for (variable, nearest) in settings::strays(std::env::vars().map(|(name, _)| name)) {
        tracing::warn!(variable, nearest, "a variable looks like a setting and is none");
    }
    let application = Application::build(&settings, system_clock())?;
    let operations = application.operations_address().map(tracing::field::display);
    tracing::info!(
        address = %application.address(), operations, database = %settings.database.url, "listening"
    );
    application.run().await?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

//! `redress-service config`: what holds, and whether it can be used.

use std::process::ExitCode;

use clap::Subcommand;
use redress_service::settings::{self, Arguments, Loaded, WrongSettings};

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Say everything that is wrong, with the policies and templates that it names too; the exit code is 2 where anything is.
    Check(Arguments),
    /// Print what holds, without secrets.
    Show(Arguments),
}

impl Action {
    /// Does it.
    ///
    /// # Errors
    /// When the configuration is wrong.
    #[allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the command's output")]
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Check(arguments) => {
                load(arguments)?;
                for (name, nearest) in settings::strays(std::env::vars().map(|(name, _)| name)) {
                    eprintln!("note: the variable {name} is no setting; the nearest is {nearest}");
                }
                eprintln!("the configuration can be used");
            }
            Self::Show(arguments) => print!("{}", load(arguments)?.shown),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads the file, the environment and the flags.
///
/// # Errors
/// With everything that is wrong.
pub fn load(arguments: &Arguments) -> Result<Loaded, WrongSettings> {
    settings::load(arguments, |name| std::env::var(name).ok())
}

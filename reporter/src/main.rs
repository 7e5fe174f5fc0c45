//! Writes the annual and quarterly reports.

use std::process::ExitCode;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};

fn main() -> ExitCode {
    Cli::parse().run(&mut std::io::stdout().lock(), &mut std::io::stderr(), &Steps::on_stderr())
}

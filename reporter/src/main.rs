//! Writes the annual and quarterly reports.

use std::process::ExitCode;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};

/// Rows are made of many short texts: this one gives and takes them at half the cost of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Cli::parse().run(&mut std::io::stdout().lock(), &mut std::io::stderr(), &Steps::on_stderr())
}

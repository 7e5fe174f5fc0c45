//! `redress-demo`: the whole product at work on one machine, from the first case to the last report.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use redress_tests::demo::{Options, Progress, run};

fn main() -> ExitCode {
    let options = Options::parse();
    match shown(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // An error that cannot be told is told by the exit code.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn shown(options: &Options) -> anyhow::Result<()> {
    let demo = run(options, &Progress::of_stderr())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", demo.summary()?)?;
    if options.exit {
        return Ok(());
    }
    writeln!(out, "The API and the reports stay up until Ctrl-C.")?;
    out.flush()?;
    demo.wait();
    Ok(())
}

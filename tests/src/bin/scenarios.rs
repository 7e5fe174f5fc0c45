//! `redress-scenarios`: runs a folder of scenarios against a service, so that a landlord can try its own policy.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use redress_service::application::system_clock;
use redress_tests::database::{Backend, Database};
use redress_tests::scenario::{Outcome, load_folder, run};
use redress_tests::server::Server;

/// Run case files against a service and say what was not as expected.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// The folder with the scenarios, for instance tests/scenarios/hartlepool.
    folder: PathBuf,
    /// The address of a running service; one of its own, on an empty database, where it is not given.
    #[arg(long)]
    url: Option<String>,
}

#[allow(clippy::print_stdout, reason = "it is what this program is for")]
fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let scenarios = load_folder(&arguments.folder)?;
    anyhow::ensure!(!scenarios.is_empty(), "there is no scenario in {}", arguments.folder.display());
    let (server, url) = match arguments.url {
        Some(url) => (None, url),
        None => {
            let server = Server::start(Database::fresh(Backend::Sqlite)?, "127.0.0.1:0", system_clock())?;
            let url = server.url();
            (Some(server), url)
        }
    };
    let mut failed = 0_usize;
    for (name, scenario) in &scenarios {
        // A scenario that cannot be read or run to its end is one that failed; the others still have something to say.
        let title = scenario.as_ref().map_or("cannot be read", |scenario| scenario.title.as_str());
        let outcome = match scenario {
            Ok(scenario) => run(&url, scenario).unwrap_or_else(|error| failure(&error)),
            Err(error) => failure(error),
        };
        println!("{} {name}: {title}", if outcome.surprises.is_empty() { "ok  " } else { "FAIL" });
        outcome.surprises.iter().for_each(|surprise| println!("       {surprise}"));
        failed += usize::from(!outcome.surprises.is_empty());
    }
    drop(server);
    println!("{} scenarios, {failed} not as expected", scenarios.len());
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn failure(error: &anyhow::Error) -> Outcome {
    Outcome { surprises: vec![format!("{error:#}")] }
}

//! `redress-scenarios`: runs a folder of scenarios against a service, so that a landlord can try its own policy.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use redress_service::application::system_clock;
use redress_tests::client::Client;
use redress_tests::database::{Backend, Database};
use redress_tests::scenario::{Outcome, load_folder, run_with};
use redress_tests::server::Server;

/// Run case files against a service and say what was not as expected.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// The folder with the scenarios, for instance tests/scenarios/hartlepool.
    folder: PathBuf,
    /// The address of a running service; one of its own, on an empty database, where it is not given.
    #[arg(long, requires = "key")]
    url: Option<String>,
    /// A key of the scenarios' landlord at that service, for instance of the role `integration` with `special-category`.
    #[arg(long, env = "REDRESS_KEY", hide_env_values = true)]
    key: Option<String>,
}

#[allow(clippy::print_stdout, reason = "it is what this program is for")]
fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let scenarios = load_folder(&arguments.folder)?;
    anyhow::ensure!(!scenarios.is_empty(), "there is no scenario in {}", arguments.folder.display());
    let (server, url) = match arguments.url.clone() {
        Some(url) => (None, url),
        None => {
            let server = Server::start(Database::fresh(Backend::Sqlite)?, "127.0.0.1:0", system_clock())?;
            let url = server.url();
            (Some(server), url)
        }
    };
    let key = arguments.key.as_ref().filter(|_| server.is_none());
    let mut failed = 0_usize;
    for (name, scenario) in &scenarios {
        // A scenario that cannot be read or run to its end is one that failed; the others still have something to say.
        let title = scenario.as_ref().map_or("cannot be read", |scenario| scenario.title.as_str());
        let outcome = match scenario {
            Ok(scenario) => client(&url, key, &scenario.landlord)
                .and_then(|client| run_with(client, scenario))
                .unwrap_or_else(|error| failure(&error)),
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

/// Whoever asks: with the key that was given, or that of a service of one's own.
fn client(url: &str, key: Option<&String>, landlord: &str) -> anyhow::Result<Client> {
    match key {
        Some(key) => Client::with_key(url, key),
        None => Client::new(url, landlord),
    }
}

fn failure(error: &anyhow::Error) -> Outcome {
    Outcome { surprises: vec![format!("{error:#}")] }
}

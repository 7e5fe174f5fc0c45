//! `redress-crm`: a day at a CRM that is joined to Redress, on which everything goes wrong that can.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;
use redress_tests::crm::connection::{Connection, Patience};
use redress_tests::crm::story::{day, open};
use redress_tests::line::Line;

/// Has one complaint through a CRM's day, against a running service, and says how it goes. The service must allow webhooks to this
/// machine: `REDRESS_WEBHOOKS_ALLOW_PRIVATE=127.0.0.1`.
#[derive(Parser)]
struct Options {
    /// The address of the service.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: String,
    /// A key of Hartlepool's in the role `integration`.
    #[arg(long, env = "REDRESS_KEY", hide_env_values = true)]
    key: String,
    /// Where to listen for webhooks; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: String,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // An error that cannot be told is told by the exit code.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> anyhow::Result<()> {
    let say = |what: &str| drop(writeln!(std::io::stdout(), "{what}"));
    let folder = tempfile::tempdir().context("making a folder for the outbox")?;
    let line = Line::to(&options.url)?;
    let connection = Connection::with(&line.url(), format!("Bearer {}", options.key), Patience::default())?;
    let mut crm = open(connection, (folder.path(), &options.listen), &line, &say)?;
    let number = format!("C-{}", uuid::Uuid::now_v7().simple());
    day(&mut crm, &number).map(drop)
}

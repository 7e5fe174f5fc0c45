//! The demo: a service, a simulated year of five landlords' cases through its API, told back to their CRMs by webhook, twenty reports, and
//! both to look at.

mod crms;
mod folder;
mod progress;
mod reports;
mod shelf;
mod summary;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use chrono::NaiveDate;
use redress_service::application::system_clock;
use redress_service::background::webhooks;
use redress_shared::calendar::london;

pub use crms::Heard;
pub use progress::Progress;
pub use shelf::Shelf;

use crate::database::Database;
use crate::server::{Server, settings};
use crate::simulator::{LANDLORDS, Plan, Tally, play};
use crms::Listening;

/// How many deliveries a CRM here takes at once.
const DELIVERIES_AT_ONCE: usize = 64;

/// What to show.
#[derive(Debug, Clone, clap::Parser)]
#[command(
    name = "redress-demo",
    about = "Run the service, give it a simulated year of five landlords' cases, and report on them"
)]
pub struct Options {
    /// The folder for the database and the reports. A demo's folder from before is emptied; any other must be empty.
    #[arg(long, default_value = "demo-data")]
    pub folder: PathBuf,
    /// The address of the API; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// The address at which the finished reports can be read; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8081")]
    pub reports_listen: String,
    /// What the simulation begins from: the same number makes the same reports, byte for byte.
    #[arg(long, default_value_t = 2026)]
    pub seed: u64,
    /// Contacts of each landlord in 2025-26; a year before has three quarters as many.
    #[arg(long, default_value_t = 280)]
    pub contacts: u64,
    /// How many reporting years are played, the last of them 2025-26. In 2023-24, the third, most of the built-in policies were not
    /// in force yet: it wants earlier ones, with `--policies`.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
    pub years: u8,
    /// A folder of policies beside the built-in ones.
    #[arg(long)]
    pub policies: Option<PathBuf>,
    /// End once all is written, instead of staying up.
    #[arg(long)]
    pub exit: bool,
}

/// What came of a demo. The API and the reports are served until it is dropped.
pub struct Demo {
    /// The running service.
    pub server: Server,
    /// The server of the reports.
    pub shelf: Shelf,
    /// The twenty reports, landlord by landlord.
    pub reports: Vec<PathBuf>,
    /// What was done, by landlord.
    pub tallies: Vec<(&'static str, Tally)>,
    /// What the CRMs heard by webhook.
    pub heard: Heard,
    /// How long the cases took.
    pub played: Duration,
    /// How long the reports took.
    pub reported: Duration,
}

impl Demo {
    /// What there is to see, in words for a terminal.
    ///
    /// # Errors
    /// When the service cannot be reached.
    pub fn summary(&self) -> anyhow::Result<String> {
        summary::of(self)
    }

    /// Serves until Ctrl-C.
    pub fn wait(self) {
        self.server.wait();
        drop(self.shelf);
    }
}

/// The last day of the simulated time, and the date of the reports: answers to the cases of March can be in time until 8 June.
fn as_of() -> anyhow::Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 6, 30).context("30 June 2026 is a day")
}

/// Runs the demo up to the finished reports.
///
/// # Errors
/// When an address is taken, the folder holds other things than an earlier demo's, the service refuses what nobody meant it
/// to, or a report cannot be written.
pub fn run(options: &Options, progress: &Progress) -> anyhow::Result<Demo> {
    let until = as_of()?;
    let today = london::date_of(chrono::Utc::now());
    anyhow::ensure!(
        today > until,
        "the demo's cases run to {until}, and this machine's clock says {today}: set the clock, since the service takes nothing from the future"
    );
    shelf::free(&options.listen, "--listen")?;
    shelf::free(&options.reports_listen, "--reports-listen")?;
    let folder = folder::fresh(&options.folder)?;
    let file = folder.join("redress.db");
    let server = serve(Database::file(&file), options)?;
    let started = Instant::now();
    let plan = Plan { seed: options.seed, contacts: contacts(options), until };
    let (tallies, heard) = cases(&server, &plan, progress)?;
    let played = started.elapsed();
    let started = Instant::now();
    let reports_folder = folder.join("reports");
    let reports = reports::write(&file, &reports_folder, until, progress)?;
    let reported = started.elapsed();
    let shelf = Shelf::open(&reports_folder, &options.reports_listen)?;
    Ok(Demo { server, shelf, reports, tallies, heard, played, reported })
}

/// Contacts by the year that they come in, by the year it starts in.
fn contacts(options: &Options) -> Vec<(i32, u64)> {
    const LAST: i32 = 2025;
    let before = (1..i32::from(options.years)).rev().map(|ago| (LAST - ago, options.contacts * 3 / 4));
    before.chain([(LAST, options.contacts)]).collect()
}

/// The service, which may send webhooks to this machine. Its timers do not run: the simulated time is over, and everything would be late.
fn serve(database: Database, options: &Options) -> anyhow::Result<Server> {
    let mut settings = settings(&database, &options.listen);
    settings.rules.policies.clone_from(&options.policies);
    settings.webhooks.allow_private = vec!["127.0.0.1".parse().map_err(anyhow::Error::msg)?];
    settings.webhooks.at_once_each = DELIVERIES_AT_ONCE;
    Server::with(database, settings, system_clock())
}

/// What was done, by landlord, and what all heard.
type Played = (Vec<(&'static str, Tally)>, Heard);

/// Five CRMs at once, each with its own landlord; what one does has no part in what another does.
fn cases(server: &Server, plan: &Plan, progress: &Progress) -> anyhow::Result<Played> {
    let url = server.url();
    let contacts = plan.contacts.iter().map(|(_, contacts)| contacts).sum();
    let _telling = server.keep_doing(webhooks::round);
    std::thread::scope(|scope| {
        let crms: Vec<_> = LANDLORDS
            .iter()
            .map(|landlord| {
                let bar = progress.bar(landlord.id, contacts);
                let url = &url;
                let crm = scope.spawn(move || {
                    let listening = Listening::begin(url, landlord.id)?;
                    let tally = play(url, landlord, plan, &|| bar.step())?;
                    let heard = listening.end()?;
                    bar.done();
                    anyhow::Ok((tally, heard))
                });
                (landlord.id, crm)
            })
            .collect();
        let (mut tallies, mut all) = (Vec::new(), Heard::default());
        for (id, crm) in crms {
            let done = crm.join().map_err(|_| anyhow::anyhow!("the CRM of {id} fell over"))?;
            let (tally, heard) = done.with_context(|| format!("the CRM of {id}"))?;
            tallies.push((id, tally));
            all = all.and(heard);
        }
        Ok((tallies, all))
    })
}

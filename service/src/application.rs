//! The running service.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use redress_shared::calendar::Calendar;
use redress_shared::policy::Library;

use crate::access::oidc::Verifier;
use crate::feed::Waiting;
use crate::http;
use crate::http::gate::Gate;
use crate::http::limits::Limits;
use crate::rulebook::Rulebook;
use crate::settings::Settings;
use crate::stop::asked_to_stop;
use crate::storage::{Connection, Database, StorageError, landlords, migrate};
use crate::use_cases::in_flight::InFlight;

/// Where the time comes from: the machine's clock, or a test's.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What every request shares.
pub struct State {
    /// The database.
    pub database: Database,
    /// The rules.
    pub rulebook: Rulebook,
    /// Those who wait for events.
    pub waiting: Waiting,
    /// The requests with an `Idempotency-Key` that are in hand.
    pub in_flight: InFlight,
    /// Who reads bearer tokens.
    pub verifier: Verifier,
    clock: Clock,
}

impl State {
    /// The clock's reading.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }
}

/// A service that has been built and waits to be run.
pub struct Application {
    server: Server,
    address: SocketAddr,
}

impl Application {
    /// Opens the database, reads the policies and binds the address.
    ///
    /// # Errors
    /// When any of the three fails; a policy's errors are all named.
    pub fn build(settings: &Settings, clock: Clock) -> anyhow::Result<Self> {
        let library = library(settings.policies.as_deref())?;
        let calendar = Calendar::england_and_wales().map_err(|errors| anyhow::anyhow!("{errors}"))?;
        let rulebook = Rulebook::new(library, &calendar)?;
        let database = Database::open(&settings.database, settings.connections)
            .with_context(|| format!("opening the database {}", settings.database))?;
        migrate::alone(&mut *database.connection()?, |connection| {
            know_landlords(connection, rulebook.library())
        })?;
        let landlords: Vec<&str> = rulebook.library().landlords().collect();
        let verifier = Verifier::new(&settings.issuers, &landlords)?;
        let waiting = Waiting::new(rulebook.library().landlords());
        let in_flight = InFlight::default();
        let state = Data::new(State { database, rulebook, waiting, in_flight, verifier, clock });
        let stopping = state.clone();
        let asked = asked_to_stop().context("listening for the signals to stop")?;
        let limits = Limits::default();
        let gate = Data::new(Gate::new(&limits).context("putting the contract together")?);
        let server = HttpServer::new(move || {
            App::new()
                .wrap(tracing_actix_web::TracingLogger::default())
                .app_data(state.clone())
                .app_data(gate.clone())
                .configure(http::routes)
        })
        .client_request_timeout(limits.head_within)
        .keep_alive(limits.keep_alive)
        .workers(usize::from(settings.workers))
        .shutdown_signal(async move {
            asked.await;
            stopping.waiting.stop();
        })
        .shutdown_timeout(10)
        .bind(&settings.listen)
        .with_context(|| format!("listening on {}", settings.listen))?;
        let address = server.addrs().first().copied().context("no address was bound")?;
        Ok(Self { server: server.run(), address })
    }

    /// The address that it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// A handle to stop it with.
    #[must_use]
    pub fn handle(&self) -> actix_web::dev::ServerHandle {
        self.server.handle()
    }

    /// Runs until it is stopped, by its handle, an interrupt or a termination; what has been asked by then is still answered,
    /// for at most ten seconds.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn run(self) -> std::io::Result<()> {
        self.server.await
    }
}

/// Writes down the landlords that there are policies for.
///
/// # Errors
/// When the database fails.
pub fn know_landlords(connection: &mut Connection, library: &Library) -> Result<(), StorageError> {
    let newest = library.landlords().filter_map(|landlord| library.versions(landlord).last());
    newest.into_iter().try_for_each(|profile| landlords::store(connection, profile))
}

/// The built-in policies, with those of a folder.
///
/// # Errors
/// When a file cannot be read, or any of them is wrong; every error is named.
pub fn library(folder: Option<&Path>) -> anyhow::Result<Library> {
    let Some(folder) = folder else {
        return Library::embedded().cloned().map_err(|errors| anyhow::anyhow!("{errors}"));
    };
    let mut files: Vec<(String, String)> = Vec::new();
    let mut errors: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push((name, text)),
                Err(error) => errors.push(format!("{name}: {error}")),
            }
        }
    }
    files.sort();
    errors.sort();
    match Library::embedded_and(files) {
        Ok(library) if errors.is_empty() => return Ok(library),
        Ok(_) => {}
        Err(found) => errors.push(found.to_string()),
    }
    Err(anyhow::anyhow!("{}", errors.join("\n")))
}

/// The machine's clock.
#[must_use]
pub fn system_clock() -> Clock {
    Arc::new(Utc::now)
}

//! The running service.

use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use anyhow::Context as _;
use chrono::{DateTime, SubsecRound as _, Utc};
use redress_shared::policy::Library;

use crate::access::oidc::Verifier;
use crate::background;
use crate::background::bank_holidays::warn_of_the_end;
use crate::documents::{Documents, Store};
use crate::feed::Waiting;
use crate::http;
use crate::http::gate::Gate;
use crate::letters::Stationery;
use crate::operations::drain::Drain;
use crate::operations::listener;
use crate::operations::metrics::Metrics;
use crate::problem::Problem;
use crate::rulebook::{InForce, Rulebook};
use crate::settings::{self, Retention, Settings, Timers};
use crate::stop::asked_to_stop;
use crate::storage::keys::Issued;
use crate::storage::{Connection, Database, StorageError, landlords, migrate};
use crate::together::Together;
use crate::use_cases::bank_holidays::{self, NotTaken};
use crate::use_cases::in_flight::InFlight;
use crate::webhooks::guard::Guard;
use crate::webhooks::{self, Courier};

/// Where the time comes from: the machine's clock, or a test's.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What every request shares.
pub struct State {
    /// The database.
    pub database: Database,
    /// What letters are printed with.
    pub stationery: Stationery,
    /// How what comes near is told of.
    pub timers: Timers,
    /// Where bank holidays come from.
    pub calendar: settings::Calendar,
    rulebook: InForce,
    /// Those who wait for events.
    pub waiting: Waiting,
    /// What is counted.
    pub metrics: Metrics,
    /// Whether the service is about to stop.
    pub drain: Drain,
    /// The requests with an `Idempotency-Key` that are in hand.
    pub in_flight: InFlight,
    /// The keys that are being looked up, by their prefix; none where the database failed.
    pub key_lookups: Together<Option<Option<Issued>>>,
    /// The landlords whose events are being numbered.
    pub numbering: Together<Result<i64, Problem>>,
    /// Whether the database can be worked with, as far as that is being found out.
    pub readiness: Together<Result<(), &'static str>>,
    /// Who reads bearer tokens.
    pub verifier: Verifier,
    /// Who makes deliveries to webhooks.
    pub courier: Courier,
    /// How they are made.
    pub webhooks: webhooks::Settings,
    /// What is attached to cases.
    pub documents: Documents,
    /// How long personal data is kept.
    pub retention: Retention,
    clock: Clock,
}

impl State {
    /// The clock's reading, in microseconds, as both databases keep times: what is answered now is what is read later.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)().trunc_subsecs(6)
    }

    /// The rules that hold at the moment. Whoever decides by them keeps them until the end.
    #[must_use]
    pub fn rulebook(&self) -> Arc<Rulebook> {
        self.rulebook.get()
    }

    /// Goes by other rules from now on.
    pub fn go_by(&self, rulebook: Rulebook) {
        self.rulebook.put(rulebook);
    }
}

/// A service that has been built and waits to be run.
pub struct Application {
    server: Server,
    address: SocketAddr,
    operations: Option<(Server, SocketAddr)>,
    state: Data<State>,
    does_duties: bool,
    drain_within: Duration,
}

/// What stops a running service.
#[derive(Debug, Clone)]
pub struct Handle {
    server: ServerHandle,
    drain: Drain,
}

impl Handle {
    /// Stops it; gracefully, what has been asked by then is answered first.
    pub fn stop(&self, graceful: bool) -> impl Future<Output = ()> + Send + use<> {
        self.drain.begin();
        self.server.stop(graceful)
    }
}

impl Application {
    /// Opens the database, reads the policies and binds the addresses.
    ///
    /// # Errors
    /// When any of the three fails; a policy's errors are all named.
    pub fn build(settings: &Settings, clock: Clock) -> anyhow::Result<Self> {
        let library = library(settings.rules.policies.as_deref())?;
        let stationery = stationery(settings, &library)?;
        let database = Database::open(&settings.database.url, settings.database.connections)
            .with_context(|| format!("opening the database {}", settings.database.url))?;
        let rulebook = settle(&database, library, clock())?;
        warn_of_the_end(rulebook.calendar(), clock(), settings.calendar.warn_months);
        let landlords: Vec<&str> = rulebook.library().landlords().collect();
        let verifier = Verifier::new(&settings.oidc.issuers, &landlords)?;
        let drain = Drain::default();
        let waiting = Waiting::new(rulebook.library().landlords(), drain.clone());
        let documents = Documents {
            store: Store::new(settings.documents.store.clone())?,
            limits: settings.documents.limits,
            stray_days: settings.documents.stray_days,
        };
        let state = Data::new(State {
            database,
            documents,
            retention: settings.retention,
            stationery,
            timers: settings.timers.clone(),
            calendar: settings.calendar.clone(),
            rulebook: InForce::new(rulebook),
            waiting,
            in_flight: InFlight::default(),
            key_lookups: Together::default(),
            numbering: Together::default(),
            readiness: Together::default(),
            verifier,
            courier: Courier::new(Guard::new(&settings.webhooks.allow_private), &settings.webhooks)?,
            webhooks: settings.webhooks.clone(),
            metrics: Metrics::default(),
            drain,
            clock,
        });
        let operations = settings.operations.listen.as_deref();
        let operations = operations.map(|address| listener::listen(address, state.clone())).transpose()?;
        let (server, address) = serve(settings, state.clone())?;
        let drain_within = Duration::from_secs(settings.http.drain_seconds.into());
        let does_duties = settings.duties.run;
        Ok(Self { server, address, operations, state, does_duties, drain_within })
    }

    /// The address that it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address that it listens on for whoever operates it.
    #[must_use]
    pub fn operations_address(&self) -> Option<SocketAddr> {
        self.operations.as_ref().map(|(_, address)| *address)
    }

    /// What every request shares, and every duty.
    #[must_use]
    pub fn state(&self) -> Data<State> {
        self.state.clone()
    }

    /// A handle to stop it with.
    #[must_use]
    pub fn handle(&self) -> Handle {
        Handle { server: self.server.handle(), drain: self.state.drain.clone() }
    }

    /// Runs until it is stopped, by its handle, an interrupt or a termination; what has been asked by then is still answered,
    /// for as long as the settings allow, and what is being written is.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn run(self) -> std::io::Result<()> {
        let operations = self.operations.map(|(server, _)| (server.handle(), actix_web::rt::spawn(server)));
        let duties = if self.does_duties { background::begin(&self.state) } else { Vec::new() };
        let ended = self.server.await;
        self.state.drain.begin();
        let rounds = async {
            for duty in duties {
                drop(duty.await);
            }
        };
        if tokio::time::timeout(self.drain_within, rounds).await.is_err() {
            tracing::warn!(
                "a duty was still at work when the time to stop was over; it is taken up at the next start"
            );
        }
        // Work whose caller has hung up is finished like any other: the writer comes to this last.
        let last = self.state.database.writer().write(|_| Ok::<_, StorageError>(()));
        if tokio::time::timeout(self.drain_within, last).await.is_err() {
            tracing::warn!("the writer was still at work when the time to stop was over");
        }
        if let Some((handle, running)) = operations {
            handle.stop(false).await;
            drop(running.await);
        }
        ended
    }
}

/// Writes down what the program brings with it, landlords and bank holidays, and gives the rules that hold.
fn settle(database: &Database, library: Library, now: DateTime<Utc>) -> anyhow::Result<Rulebook> {
    let connection = &mut *database.connection()?;
    migrate::alone(connection, |connection| {
        know_landlords(connection, &library)?;
        bank_holidays::settle(connection, now).map_err(|error| match error {
            NotTaken::Storage(error) => error,
            error => StorageError::Open(error.to_string()),
        })
    })?;
    bank_holidays::rulebook(connection, library)
}

/// What letters are printed with.
fn stationery(settings: &Settings, library: &Library) -> anyhow::Result<Stationery> {
    let (templates, policies) = (settings.letters.templates.as_deref(), settings.rules.policies.as_deref());
    Stationery::load(library, templates, policies)
}

/// The API's listener; nothing is answered before it is run.
fn serve(settings: &Settings, state: Data<State>) -> anyhow::Result<(Server, SocketAddr)> {
    let gate = Data::new(Gate::new(&settings.limits).context("putting the contract together")?);
    let drain = state.drain.clone();
    let asked = asked_to_stop().context("listening for the signals to stop")?;
    let notice = Duration::from_secs(settings.http.drain_notice_seconds.into());
    let stop = async move {
        asked.await;
        drain.begin();
        tracing::info!(notice_seconds = notice.as_secs(), "asked to stop: not ready any more");
        tokio::time::sleep(notice).await;
    };
    let server = HttpServer::new(move || {
        App::new().app_data(state.clone()).app_data(gate.clone()).configure(http::routes)
    })
    .client_request_timeout(settings.limits.head_within)
    .keep_alive(settings.limits.keep_alive)
    .workers(usize::from(settings.http.workers))
    .shutdown_signal(stop)
    .shutdown_timeout(settings.http.drain_seconds.into())
    .bind(&settings.http.listen)
    .with_context(|| format!("listening on {}", settings.http.listen))?;
    let address = server.addrs().first().copied().context("no address was bound")?;
    Ok((server.run(), address))
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

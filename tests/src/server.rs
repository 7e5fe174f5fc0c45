//! A service of one's own: the real one, on a free port, with a database of its own.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::web::Data;
use redress_service::application::{Application, Clock, Handle, State};
use redress_service::background::{Next, Round};
use redress_service::documents::StoreAddress;
use redress_service::settings::Settings;

use crate::database::Database;
use crate::keys;

/// A running service. It stops when this is dropped, and its database, where it is its own, goes after it.
pub struct Server {
    address: SocketAddr,
    handle: Handle,
    state: Data<State>,
    thread: Option<JoinHandle<()>>,
    database: Database,
}

/// How long a duty rests that is kept up, where nothing new comes.
const REST: Duration = Duration::from_millis(100);

/// A duty that is kept up until this is dropped.
pub struct Doing {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Doing {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// How a service runs that keeps its cases in this database; the rest as where nothing is set, but that it does nothing by itself: who
/// tests it has its duties done when it is time, with [`Server::do_duty`].
#[must_use]
pub fn settings(database: &Database, listen: &str) -> Settings {
    let mut settings = Settings::default();
    database.address().clone_into(&mut settings.database.url);
    listen.clone_into(&mut settings.http.listen);
    settings.operations.listen = None;
    settings.duties.run = false;
    settings.documents.store.address = StoreAddress::Folder(std::env::temp_dir().join(unique()));
    settings
}

/// What the names of the folders begin with that go with their service.
const OWN: &str = "redress-documents-";

/// A name that nothing else has.
fn unique() -> String {
    format!("{OWN}{}", uuid::Uuid::new_v4().simple())
}

impl Server {
    /// Starts the service on a database, listening on `listen`, with a key for each landlord (see [`keys::of`]).
    ///
    /// # Errors
    /// When the service cannot be built.
    pub fn start(database: Database, listen: &str, clock: Clock) -> anyhow::Result<Self> {
        let settings = settings(&database, listen);
        Self::with(database, settings, clock)
    }

    /// Starts the service as these settings say, which name the database.
    ///
    /// # Errors
    /// When the service cannot be built.
    pub fn with(database: Database, settings: Settings, clock: Clock) -> anyhow::Result<Self> {
        let now = clock();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                match Application::build(&settings, clock) {
                    Ok(application) => {
                        let parts = (application.address(), application.handle(), application.state());
                        let _ = tell.send(Ok(parts));
                        let _ = application.run().await;
                    }
                    Err(error) => {
                        let _ = tell.send(Err(error));
                    }
                }
            });
        });
        match told.recv() {
            Ok(Ok((address, handle, state))) => {
                let server = Self { address, handle, state, thread: Some(thread), database };
                keys::issue(&server.database, now)?;
                Ok(server)
            }
            Ok(Err(error)) => Err(error),
            Err(_) => Err(anyhow::anyhow!("the service did not start")),
        }
    }

    /// The address of the API, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until it is stopped, for instance with Ctrl-C.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    /// What the service's requests and duties share.
    #[must_use]
    pub fn state(&self) -> Data<State> {
        self.state.clone()
    }

    /// Has a duty's rounds gone, one after the other, until there is nothing more to do at once.
    ///
    /// # Errors
    /// The error of the first round that fails.
    pub fn do_duty<R: Future<Output = Round>>(&self, round: impl Fn(Data<State>) -> R) -> anyhow::Result<()> {
        actix_web::rt::System::new().block_on(async {
            while round(self.state.clone()).await? == Next::Again {}
            Ok(())
        })
    }

    /// Has a duty's rounds gone again and again, on a thread of its own, until what this gives is dropped. A round that fails is gone
    /// again.
    #[must_use]
    pub fn keep_doing<R: Future<Output = Round> + 'static>(&self, round: fn(Data<State>) -> R) -> Doing {
        let (state, over) = (self.state.clone(), Arc::new(AtomicBool::new(false)));
        let ends = Arc::clone(&over);
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let mut news = state.waiting.any_news();
                while !ends.load(Ordering::SeqCst) {
                    let _ = round(state.clone()).await;
                    let _ = actix_web::rt::time::timeout(REST, news.changed()).await;
                }
            });
        });
        Doing { over, thread: Some(thread) }
    }

    /// The database.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = self.handle.stop(true);
        // The server runs on its own thread; waiting for its answer here would need a runtime of its own.
        let stopper = std::thread::spawn(move || actix_web::rt::System::new().block_on(stopped));
        let _ = stopper.join();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        if let StoreAddress::Folder(folder) = &self.state.documents.store.settings().address
            && folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OWN))
        {
            // Most tests have no documents, and so no folder.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

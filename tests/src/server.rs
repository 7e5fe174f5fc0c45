//! A service of one's own: the real one, on a free port, with a database in a folder that is given.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use redress_service::application::{Application, Clock};
use redress_service::settings::Settings;
use redress_service::storage::Address;

/// A running service. It stops when this is dropped.
pub struct Server {
    address: SocketAddr,
    database: PathBuf,
    handle: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts the service on a database file in `folder`, listening on `listen`.
    ///
    /// # Errors
    /// When the service cannot be built.
    pub fn start(folder: &Path, listen: &str, clock: Clock) -> anyhow::Result<Self> {
        let database = folder.join("redress.db");
        let settings = Settings {
            database: Address::file(&database),
            listen: listen.to_owned(),
            policies: None,
            workers: Settings::WORKERS,
            connections: Settings::CONNECTIONS,
        };
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                match Application::build(&settings, clock) {
                    Ok(application) => {
                        let _ = tell.send(Ok((application.address(), application.handle())));
                        let _ = application.run().await;
                    }
                    Err(error) => {
                        let _ = tell.send(Err(error));
                    }
                }
            });
        });
        match told.recv() {
            Ok(Ok((address, handle))) => Ok(Self { address, database, handle, thread: Some(thread) }),
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

    /// The database file.
    #[must_use]
    pub fn database(&self) -> &Path {
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
    }
}

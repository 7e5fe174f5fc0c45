//! The finished reports, to be read in a browser.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use actix_files::Files;
use actix_web::dev::Server;
use actix_web::{App, HttpServer};
use anyhow::Context as _;

use crate::running::Running;

/// Serves a folder until it is dropped.
pub struct Shelf {
    address: SocketAddr,
    _running: Running,
}

/// Finds out whether an address can be had.
///
/// # Errors
/// When it cannot, with what to do.
pub fn free(address: &str, option: &str) -> anyhow::Result<()> {
    TcpListener::bind(address).map(drop).with_context(|| {
        format!(
            "{address} cannot be listened on; end what uses it, or choose another with {option}, for instance {option} 127.0.0.1:0 for a free one"
        )
    })
}

impl Shelf {
    /// Serves a folder at an address.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub fn open(folder: &Path, listen: &str) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(listen).with_context(|| format!("listening on {listen}"))?;
        let address = listener.local_addr()?;
        let folder = folder.to_owned();
        let running = Running::start(move || server(folder, listener)).context("serving the reports")?;
        Ok(Self { address, _running: running })
    }

    /// The address of the first page.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

fn server(folder: PathBuf, listener: TcpListener) -> std::io::Result<Server> {
    let app = move || App::new().service(Files::new("/", &folder).index_file("index.html"));
    // The service hears Ctrl-C, and this ends with it.
    Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
}

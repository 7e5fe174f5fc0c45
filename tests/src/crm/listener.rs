//! Step 2c: the address that the service posts to.
//!
//! It verifies, puts the message with the others, and answers: no more, since the service waits 15 seconds at most, and sends again what
//! was not answered. Work on it afterwards.

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::dev::Server;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use anyhow::Context as _;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::inbox::{Inbox, Taken};
use crate::running::Running;

/// The path of the address.
const PATH: &str = "/redress";

/// The longest message that is read, in bytes: they are thin.
const LONGEST: usize = 64 * 1024;

/// Listens until it is dropped.
pub struct Listener {
    inbox: Arc<Mutex<Inbox>>,
    address: SocketAddr,
    _running: Running,
}

impl Listener {
    /// Listens at an address of this machine; port 0 takes a free one. Out of doors it is `https` that is listened to.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub fn open(listen: &str) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(listen).with_context(|| format!("listening on {listen}"))?;
        let address = listener.local_addr()?;
        let inbox = Arc::new(Mutex::new(Inbox::default()));
        let shared = Data::from(Arc::clone(&inbox));
        let running = Running::start(move || serve(shared, listener)).context("listening for webhooks")?;
        Ok(Self { inbox, address, _running: running })
    }

    /// The address to set up a webhook for.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// What has come in.
    pub fn inbox(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn serve(inbox: Data<Mutex<Inbox>>, listener: TcpListener) -> std::io::Result<Server> {
    let app = move || {
        App::new()
            .app_data(inbox.clone())
            .app_data(web::PayloadConfig::new(LONGEST))
            .route(PATH, web::post().to(posted))
    };
    Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
}

async fn posted(inbox: Data<Mutex<Inbox>>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let headers = headers_of(&request);
    let taken = inbox.lock().unwrap_or_else(PoisonError::into_inner).take(&headers, &body);
    match taken {
        Taken::New | Taken::Before => HttpResponse::NoContent().finish(),
        Taken::Refused => HttpResponse::Unauthorized().finish(),
    }
}

/// The headers as the verifier takes them: it and the server are of two minds about whose type they are.
fn headers_of(request: &HttpRequest) -> HeaderMap {
    let pairs = request.headers().iter().filter_map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    });
    pairs.collect()
}

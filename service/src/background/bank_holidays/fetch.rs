//! Reading the feed from where it is.

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use reqwest::header::{ACCEPT, ETAG, IF_NONE_MATCH};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};

use crate::settings::{CalendarFeed, is_here};

/// How long the feed has, from the first byte to the last.
const TIMEOUT: Duration = Duration::from_secs(15);
/// The longest feed that is read, in bytes. The government's has some thirty thousand.
const MAX_LENGTH: usize = 1024 * 1024;
/// The longest name of an answer that is kept.
const MAX_ETAG: usize = 200;

/// What a feed said.
pub enum Answer {
    /// The same as before.
    Same,
    /// This.
    New {
        /// The feed.
        text: String,
        /// What it calls what it said.
        etag: Option<String>,
    },
}

/// Why a feed could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// A word for it: `unreachable`, `too-slow`, `status`, `too-long`, `unreadable`.
    pub code: &'static str,
    /// The reason, for the log.
    pub reason: String,
}

impl Failure {
    fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    /// What was read is no list of bank holidays.
    pub fn unreadable(reason: impl Into<String>) -> Self {
        Self::new("unreadable", reason)
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        Self::new("unreachable", format!("{:?}", error.without_url()))
    }
}

/// Reads the feed, where it says something else than what it called that.
pub async fn fetch(feed: &CalendarFeed, etag: Option<&str>) -> Result<Answer, Failure> {
    match feed {
        CalendarFeed::Off => Ok(Answer::Same),
        CalendarFeed::Address(url) => within(TIMEOUT, ask(url, etag)).await,
        CalendarFeed::File(path) => {
            let path = path.clone();
            let read = actix_web::rt::task::spawn_blocking(move || read_file(&path));
            let text =
                read.await.unwrap_or_else(|error| Err(Failure::new("unreachable", error.to_string())))?;
            Ok(Answer::New { text, etag: None })
        }
    }
}

/// What comes of asking, where it comes in time.
async fn within(
    time: Duration,
    asked: impl Future<Output = Result<Answer, Failure>>,
) -> Result<Answer, Failure> {
    let slow = || Failure::new("too-slow", format!("it took longer than {time:?}"));
    tokio::time::timeout(time, asked).await.unwrap_or_else(|_| Err(slow()))
}

async fn ask(url: &Url, etag: Option<&str>) -> Result<Answer, Failure> {
    crate::access::tls::install();
    // Connections are not kept: a day lies between uses. A proxy in `HTTPS_PROXY` is used, but not to this very machine.
    let client = Client::builder().redirect(Policy::limited(3)).pool_max_idle_per_host(0);
    let client = if is_here(url) { client.no_proxy().build()? } else { client.https_only(true).build()? };
    let mut request = client.get(url.clone()).header(ACCEPT, "application/json");
    if let Some(etag) = etag {
        request = request.header(IF_NONE_MATCH, etag);
    }
    let response = request.send().await?;
    match response.status() {
        StatusCode::NOT_MODIFIED if etag.is_some() => Ok(Answer::Same),
        StatusCode::OK => {
            let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
            Ok(Answer::New { text: body(response).await?, etag: etag.filter(|etag| etag.len() <= MAX_ETAG) })
        }
        other => Err(Failure::new("status", format!("it answered {other}"))),
    }
}

async fn body(mut response: Response) -> Result<String, Failure> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await? {
        if body.len() + part.len() > MAX_LENGTH {
            return Err(too_long());
        }
        body.extend_from_slice(&part);
    }
    text(body)
}

fn read_file(path: &Path) -> Result<String, Failure> {
    let unreachable = |error: std::io::Error| Failure::new("unreachable", error.to_string());
    let mut body = Vec::new();
    let most = u64::try_from(MAX_LENGTH).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path).map_err(unreachable)?.take(most).read_to_end(&mut body).map_err(unreachable)?;
    if body.len() > MAX_LENGTH { Err(too_long()) } else { text(body) }
}

fn too_long() -> Failure {
    Failure::new("too-long", format!("it has more than {MAX_LENGTH} bytes"))
}

fn text(body: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(body).map_err(|_| Failure::unreadable("it is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;
    use std::time::Duration;

    use super::{ask, within};

    #[test]
    fn a_feed_that_dawdles_is_given_up() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url: reqwest::Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let (told, over) = std::sync::mpsc::channel::<()>();
        let dawdling = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{").unwrap();
            // The rest never comes.
            let _ = over.recv();
        });
        let asked = within(Duration::from_millis(200), ask(&url, None));
        let failure = actix_web::rt::System::new().block_on(asked).err().unwrap();
        assert_eq!(failure.code, "too-slow");
        drop(told);
        dawdling.join().unwrap();
    }
}

//! A line between a CRM and the service on which things go wrong, when they are told to.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;

/// What goes wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing: what goes wrong goes wrong with a later one.
    Nothing,
    /// It gets through and is carried out; its answer gets lost.
    AnswerLost,
    /// It does not get through.
    RequestLost,
    /// Somebody on the way has no time: this status, and after how many seconds to ask again.
    NotNow(u16, u64),
}

/// A line. It hangs up when this is dropped.
pub struct Line {
    desk: Arc<Desk>,
    address: SocketAddr,
}

struct Desk {
    /// Where the service is, `host:port`.
    service: Mutex<String>,
    trouble: Mutex<VecDeque<Trouble>>,
    closed: AtomicBool,
}

/// A request as it came: its head without the line that ends it, and its body.
struct Request {
    head: String,
    body: Vec<u8>,
}

impl Line {
    /// A line to a service: its address, without a path.
    ///
    /// # Errors
    /// When there is no port to be had.
    pub fn to(service: &str) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("listening for the line")?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk {
            service: Mutex::new(place(service)),
            trouble: Mutex::default(),
            closed: AtomicBool::new(false),
        });
        let taking = Arc::clone(&desk);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if taking.closed.load(Ordering::SeqCst) {
                    return;
                }
                let desk = Arc::clone(&taking);
                // Where either end breaks it off, there is no more to be done: that is what lines do.
                std::thread::spawn(move || drop(desk.pass_on(&stream)));
            }
        });
        Ok(Self { desk, address })
    }

    /// The address that a CRM is given as the service's.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads to where the service is now.
    pub fn lead_to(&self, service: &str) {
        *lock(&self.desk.service) = place(service);
    }

    /// Has this go wrong with the next request that is to change something, and that nothing else goes wrong with.
    pub fn next(&self, trouble: Trouble) {
        lock(&self.desk.trouble).push_back(trouble);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.desk.closed.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        drop(TcpStream::connect(self.address));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn place(url: &str) -> String {
    url.trim_start_matches("http://").trim_end_matches('/').to_owned()
}

impl Desk {
    /// Takes one request, asks the service, and gives the answer back. Each connection is for one request.
    fn pass_on(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let Some(request) = Request::read(stream)? else { return Ok(()) };
        let trouble = if request.is_to_change() { lock(&self.trouble).pop_front() } else { None };
        match trouble {
            Some(Trouble::RequestLost) => Ok(()),
            Some(Trouble::NotNow(status, seconds)) => {
                let head =
                    format!("HTTP/1.1 {status} Later\r\nRetry-After: {seconds}\r\nConnection: close\r\n");
                stream.write_all(format!("{head}Content-Length: 0\r\n\r\n").as_bytes())
            }
            Some(Trouble::AnswerLost) => self.ask(&request).map(drop),
            None | Some(Trouble::Nothing) => stream.write_all(&self.ask(&request)?),
        }
    }

    fn ask(&self, request: &Request) -> std::io::Result<Vec<u8>> {
        let mut service = TcpStream::connect(lock(&self.service).as_str())?;
        service.write_all(request.head.as_bytes())?;
        service.write_all(b"Connection: close\r\n\r\n")?;
        service.write_all(&request.body)?;
        let mut answer = Vec::new();
        service.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

impl Request {
    fn is_to_change(&self) -> bool {
        !self.head.starts_with("GET ")
    }

    /// Reads a request whose length is said; nothing where none comes.
    fn read(stream: &TcpStream) -> std::io::Result<Option<Self>> {
        let mut reader = BufReader::new(stream);
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            if line == "\r\n" {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap_or(0);
            }
            // The service is asked to close, so that the end of its answer can be seen.
            if !name.eq_ignore_ascii_case("connection") {
                head.push_str(&line);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        Ok(Some(Self { head, body }))
    }
}

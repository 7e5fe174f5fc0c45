//! A receiver of webhooks on a free port of this machine, which writes down what it is sent and answers as it is told to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

/// What the receiver was sent.
#[derive(Debug, Clone)]
pub struct Received {
    pub path: String,
    /// By their names in small letters.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    /// The number of the feed that it tells of.
    pub fn feed(&self) -> i64 {
        self.json()["data"]["feed"].as_i64().unwrap()
    }
}

/// What the receiver answers.
#[derive(Debug, Clone)]
pub enum Answer {
    Status(u16),
    /// A status with a header.
    With(u16, &'static str, String),
    /// Nothing, with the connection left open.
    Hang,
}

type Answering = Box<dyn Fn(&Received) -> Answer + Send + Sync>;

struct Desk {
    received: Mutex<Vec<Received>>,
    answering: Mutex<Answering>,
    /// Connections that are never answered.
    hanging: Mutex<Vec<TcpStream>>,
    closed: AtomicBool,
}

/// A receiver. It stops listening when this is dropped.
pub struct Receiver {
    desk: Arc<Desk>,
    address: SocketAddr,
}

impl Receiver {
    /// One that answers everything with this status.
    pub fn answering(status: u16) -> Self {
        Self::start(move |_| Answer::Status(status))
    }

    pub fn start(answering: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let desk = Arc::new(Desk {
            received: Mutex::default(),
            answering: Mutex::new(Box::new(answering)),
            hanging: Mutex::default(),
            closed: AtomicBool::new(false),
        });
        let taking = Arc::clone(&desk);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if taking.closed.load(Ordering::SeqCst) {
                    return;
                }
                let (desk, stream) = (Arc::clone(&taking), stream.unwrap());
                thread::spawn(move || desk.serve(stream));
            }
        });
        Self { desk, address }
    }

    /// Answers otherwise from now on.
    pub fn answers(&self, answering: impl Fn(&Received) -> Answer + Send + Sync + 'static) {
        *self.desk.answering.lock().unwrap() = Box::new(answering);
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Everything that came since the last time that somebody asked.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut self.desk.received.lock().unwrap())
    }

    /// The numbers of the feed of what came since the last time that somebody asked.
    pub fn feed(&self) -> Vec<i64> {
        self.take().iter().map(Received::feed).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.desk.closed.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        drop(TcpStream::connect(self.address));
    }
}

impl Desk {
    fn serve(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some(received) = read(&mut reader) {
            let answer = (self.answering.lock().unwrap())(&received);
            self.received.lock().unwrap().push(received);
            let (status, header) = match answer {
                Answer::Status(status) => (status, String::new()),
                Answer::With(status, name, value) => (status, format!("{name}: {value}\r\n")),
                Answer::Hang => return self.hanging.lock().unwrap().push(stream),
            };
            let text = format!("HTTP/1.1 {status} X\r\n{header}Content-Length: 2\r\n\r\nok");
            if (&stream).write_all(text.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// The next request; none where there is no more.
fn read(reader: &mut impl BufRead) -> Option<Received> {
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut words = first.split_ascii_whitespace();
    assert_eq!(words.next()?, "POST");
    let path = words.next()?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length: usize = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Received { path, headers, body: String::from_utf8(body).ok()? })
}

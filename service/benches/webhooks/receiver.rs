//! A receiver of webhooks on this machine that answers at once and keeps what it was sent.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// What came: when, under which id, and what.
#[derive(Debug, Clone)]
pub struct Came {
    pub at: Instant,
    pub id: String,
    pub body: String,
}

/// A receiver. It listens for as long as the process runs.
pub struct Receiver {
    address: SocketAddr,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Receiver {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let came = Arc::new(Mutex::default());
        let keeping = Arc::clone(&came);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let came = Arc::clone(&keeping);
                std::thread::spawn(move || serve(&stream, &came));
            }
        });
        Self { address, came }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    pub fn count(&self) -> usize {
        self.came.lock().expect("it").len()
    }

    pub fn came(&self) -> Vec<Came> {
        self.came.lock().expect("it").clone()
    }
}

fn serve(mut stream: &TcpStream, came: &Mutex<Vec<Came>>) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream);
    while let Some((id, body)) = read(&mut reader) {
        came.lock().expect("it").push(Came { at: Instant::now(), id, body });
        if stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<(String, String)> {
    let (mut id, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("webhook-id") {
            value.trim().clone_into(&mut id);
        } else if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((id, String::from_utf8(body).ok()?))
}

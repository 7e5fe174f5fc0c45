//! A feed of bank holidays on this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use redress_shared::calendar::Calendar;
use serde_json::{Value, json};

/// What the feed answers: the status, headers and body.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// A feed that answers as it is told to.
pub struct FeedServer {
    address: SocketAddr,
    reply: Arc<Mutex<Reply>>,
    heard: Arc<Mutex<Vec<String>>>,
    thread: Option<JoinHandle<()>>,
}

impl FeedServer {
    /// A feed with the bank holidays that the program knows, and these besides.
    pub fn with(added: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let reply = Arc::new(Mutex::new(listing(&days(added))));
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let (says, hears) = (reply.clone(), heard.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if !answer(stream, &says, &hears) {
                    break;
                }
            }
        });
        Self { address, reply, heard, thread: Some(thread) }
    }

    pub fn url(&self) -> String {
        format!("http://{}/bank-holidays.json", self.address)
    }

    /// From now on it says this.
    pub fn say(&self, reply: Reply) {
        *self.reply.lock().unwrap() = reply;
    }

    /// The heads of the requests that came, in small letters.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

impl Drop for FeedServer {
    fn drop(&mut self) {
        // A request of our own wakes it, to end.
        if let Ok(mut stream) = TcpStream::connect(self.address) {
            let _ = stream.write_all(b"END / HTTP/1.1\r\n\r\n");
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Answers one request; says whether to go on.
fn answer(mut stream: TcpStream, says: &Mutex<Reply>, hears: &Mutex<Vec<String>>) -> bool {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while reader.read_line(&mut head).is_ok_and(|length| length > 2) {}
    if head.starts_with("END") {
        return false;
    }
    hears.lock().unwrap().push(head.to_lowercase());
    let Reply { status, headers, body } = says.lock().unwrap().clone();
    let mut answer =
        format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for (name, value) in headers {
        answer.push_str(&format!("{name}: {value}\r\n"));
    }
    answer.push_str("\r\n");
    // Whoever has read enough hangs up.
    let _ = stream.write_all(answer.as_bytes()).and_then(|()| stream.write_all(&body));
    true
}

/// The bank holidays that the program knows, and these besides.
pub fn days(added: &[&str]) -> Vec<Value> {
    let known = Calendar::england_and_wales().unwrap();
    let known =
        known.bank_holidays().map(|day| json!({ "date": day.date, "title": day.title, "notes": day.notes }));
    let added = added.iter().map(|day| json!({ "date": day, "title": "Day of Thanks", "notes": "" }));
    known.chain(added).collect()
}

/// An answer with these days.
pub fn listing(days: &[Value]) -> Reply {
    let list = json!({ "england-and-wales": { "division": "england-and-wales", "events": days } });
    Reply { status: 200, headers: vec![("ETag", "\"one\"".to_owned())], body: list.to_string().into_bytes() }
}

/// An answer that is of no use.
pub fn useless(status: u16, body: &[u8]) -> Reply {
    Reply { status, headers: Vec::new(), body: body.to_vec() }
}

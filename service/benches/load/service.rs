//! The service under load: the real program, in a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running service.
pub struct Service {
    process: Child,
    pub address: String,
    pub key: String,
}

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_redress-service");

impl Service {
    /// Starts the service on a database, and makes a key for it.
    pub fn start(database: &str) -> Self {
        let (process, address) = start(database);
        let key = key(database);
        Self { process, address, key }
    }

    /// Ends the service as a crash would, and starts it again on the same database.
    #[allow(dead_code, reason = "used by the tests of faults")]
    pub fn crash(&mut self, database: &str) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it ends");
        (self.process, self.address) = start(database);
    }

    /// Its process.
    #[allow(dead_code, reason = "used by the benchmark")]
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// How much memory it holds, in KiB.
    pub fn memory(&self) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
    }
}

fn start(database: &str) -> (Child, String) {
    let mut process = Command::new(PROGRAM)
        .arg("serve")
        .env("REDRESS_DATABASE_URL", database)
        .env("REDRESS_LISTEN", "127.0.0.1:0")
        .env("REDRESS_CONNECTIONS", std::env::var("REDRESS_CONNECTIONS").unwrap_or("16".to_owned()))
        .env("REDRESS_CALENDAR_FEED_URL", "")
        .env("REDRESS_RATE_PER_SECOND", "1000000")
        .env("REDRESS_BURST", "1000000")
        .env("REDRESS_OPERATIONS_LISTEN", "")
        .env("REDRESS_WEBHOOKS_ALLOW_PRIVATE", "127.0.0.1")
        .env("REDRESS_WEBHOOKS_TIMEOUT_SECONDS", "5")
        .env("REDRESS_LOG_FILTER", "warn,redress_service=info,redress_service::operations::log=warn")
        .stderr(Stdio::piped())
        .spawn()
        .expect("the service starts");
    let mut log = BufReader::new(process.stderr.take().expect("its log"));
    let address = listening(&mut log);
    // What it goes on to say must be read, or it would wait for a reader.
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::stderr()));
    (process, address)
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn listening(log: &mut impl BufRead) -> String {
    let mut said = String::new();
    while log.read_line(&mut said).expect("its log") > 0 {
        if let Some(at) = said.rfind("127.0.0.1:") {
            let rest = &said[at..];
            let end = rest.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ':'));
            return rest[..end.unwrap_or(rest.len())].to_owned();
        }
    }
    panic!("the service did not start: {said}");
}

fn key(database: &str) -> String {
    let made = Command::new(PROGRAM)
        .args(["keys", "create", "--landlord", "hartlepool", "--role", "integration", "--name", "load"])
        .args(["--scope", "special-category"])
        .env("REDRESS_DATABASE_URL", database)
        .output()
        .expect("a key is made");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).expect("a key").trim().to_owned()
}

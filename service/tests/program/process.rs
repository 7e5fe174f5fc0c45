//! The program, running, and what it answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// The program with nothing set.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress-service"));
    for (name, _) in std::env::vars() {
        if name.starts_with("REDRESS_") {
            command.env_remove(name);
        }
    }
    command
}

/// The service on a free port, with a database of its own.
pub struct Process {
    pub child: Child,
    pub log: BufReader<ChildStderr>,
    pub address: String,
    pub operations: String,
    pub key: String,
    _folder: tempfile::TempDir,
}

impl Process {
    pub fn start(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("redress.db").display());
        let made = program()
            .args(["keys", "create", "--landlord", "hartlepool", "--role", "manager", "--name", "test"])
            .env("REDRESS_DATABASE_URL", &database)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let key = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        let mut child = program()
            .arg("serve")
            .env("REDRESS_DATABASE_URL", database)
            .env("REDRESS_LISTEN", "127.0.0.1:0")
            .env("REDRESS_OPERATIONS_LISTEN", "127.0.0.1:0")
            .env("REDRESS_WORKERS", "1")
            .env("REDRESS_CONNECTIONS", "2")
            .env("REDRESS_LOG_FORMAT", "json")
            // Nobody is asked for bank holidays on behalf of a test.
            .env("REDRESS_CALENDAR_FEED_URL", "")
            .envs(settings.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let line = until(&mut log, "listening");
        let line: Value = serde_json::from_str(&line).unwrap();
        let of = |name: &str| line[name].as_str().unwrap().to_owned();
        let (address, operations) = (of("address"), of("operations"));
        Self { child, log, address, operations, key, _folder: folder }
    }

    /// Asks the API with the key.
    pub fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, String) {
        ask(&self.address, &self.head(method, path, body), &body.to_string())
    }

    /// The head of a request.
    pub fn head(&self, method: &str, path: &str, body: &Value) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nIdempotency-Key: {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.address,
            self.key,
            path.len(),
            body.to_string().len()
        )
    }

    /// Asks the listener for whoever operates the service.
    pub fn operate(&self, path: &str) -> (u16, String) {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.operations);
        ask(&self.operations, &head, "")
    }

    /// Sends a signal.
    pub fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// Stops the service, and gives the rest of its log.
    pub fn stop(mut self) -> String {
        self.signal("-TERM");
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        assert!(self.child.wait().unwrap().success(), "{rest}");
        rest
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A test that failed leaves nothing running; where it has ended, there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads the log up to the line that says this, and gives it.
pub fn until(log: &mut impl BufRead, said: &str) -> String {
    let mut line = String::new();
    while !line.contains(said) {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "it ended before it said {said:?}");
    }
    line
}

/// Sends a request and reads its answer: the status and the body.
fn ask(address: &str, head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

/// A complaint.
pub fn complaint() -> Value {
    json!({
        "actor": "crm",
        "occurred_at": "2026-11-02T11:00:00Z",
        "content": {
            "kind": "complaint", "channel": "form", "about": "The stair lighting fails every week.",
            "stock_type": "lcra", "residents": [{ "person": { "name": "Resident A" } }],
        },
    })
}

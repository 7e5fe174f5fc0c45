//! The program, running, and somebody who uploads to it until they are answered.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::RwLock;
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

/// How long a caller tries for.
const PATIENCE: Duration = Duration::from_secs(90);

/// The service in a process of its own, with what it is set to.
pub struct Running {
    child: RwLock<Child>,
    address: RwLock<String>,
    key: String,
    settings: Vec<(String, String)>,
    http: Client,
}

/// A document that was answered for.
pub struct Attached {
    pub location: String,
    pub key: String,
    pub bytes: Vec<u8>,
    pub answer: Value,
}

fn program(settings: &[(String, String)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress-service"));
    for (name, _) in std::env::vars() {
        if name.starts_with("REDRESS_") || name.starts_with("AWS_") {
            command.env_remove(name);
        }
    }
    command.envs(settings.iter().cloned());
    command
}

fn serve(settings: &[(String, String)]) -> (Child, String) {
    let mut child = program(settings).arg("serve").stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    let address = loop {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "the service did not start");
        if let Ok(line) = serde_json::from_str::<Value>(&line)
            && line["message"] == "listening"
        {
            break line["address"].as_str().unwrap().to_owned();
        }
    };
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    (child, address)
}

impl Running {
    pub fn start(database: &str, documents: &[(&str, &str)]) -> Self {
        let fixed = [
            ("REDRESS_DATABASE_URL", database),
            ("REDRESS_LISTEN", "127.0.0.1:0"),
            ("REDRESS_OPERATIONS_LISTEN", ""),
            ("REDRESS_LOG_FORMAT", "json"),
        ];
        let all = fixed.iter().chain(documents);
        let settings: Vec<_> = all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let arguments =
            ["keys", "create", "--landlord", "hartlepool", "--role", "integration", "--name", "test"];
        let made = program(&settings).args(arguments).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let key = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        let (child, address) = serve(&settings);
        redress_service::access::tls::install();
        let http = Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        Self { child: RwLock::new(child), address: RwLock::new(address), key, settings, http }
    }

    /// Ends the process as a crash would, and starts it again.
    pub fn crash(&self) {
        let mut child = self.child.write().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let (again, address) = serve(&self.settings);
        *child = again;
        *self.address.write().unwrap() = address;
    }

    /// Has the program do something else with the same settings.
    pub fn run(&self, arguments: &[&str]) -> Output {
        program(&self.settings).args(arguments).output().unwrap()
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address.read().unwrap())
    }

    pub fn get(&self, path: &str) -> Response {
        self.http.get(self.url(path)).bearer_auth(&self.key).send().unwrap()
    }

    /// A complaint that was received.
    pub fn case(&self) -> String {
        let content = json!({
            "kind": "complaint", "channel": "email", "about": "Damp.", "stock_type": "lcra",
            "residents": [{ "person": { "name": "Resident A" } }],
        });
        let body = json!({ "actor": "crm", "content": content });
        let sent = self.http.post(self.url("/v1/cases")).bearer_auth(&self.key).json(&body).send().unwrap();
        let answer: Value = sent.json().unwrap();
        answer["case"]["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// Sends a document until it is answered for.
    pub fn attach(&self, case: &str, key: &str, bytes: Vec<u8>) -> Attached {
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "a document is not answered for");
            let Ok(answer) = self.send(case, key, &bytes) else { continue };
            match answer.status().as_u16() {
                201 => {
                    let location = answer.headers()["location"].to_str().unwrap().to_owned();
                    let Ok(answer) = answer.json() else { continue };
                    return Attached { location, key: key.to_owned(), bytes, answer };
                }
                409 | 500.. => std::thread::yield_now(),
                status => panic!("{status}: {}", answer.text().unwrap()),
            }
        }
    }

    fn send(&self, case: &str, key: &str, bytes: &[u8]) -> reqwest::Result<Response> {
        self.http
            .post(self.url(&format!("/v1/cases/{case}/documents")))
            .bearer_auth(&self.key)
            .header("Content-Type", "application/pdf")
            .header("Content-Disposition", "attachment; filename=\"scan.pdf\"")
            .header("Idempotency-Key", key)
            .body(bytes.to_vec())
            .send()
    }

    /// Everything that was answered for is there, once, to the byte; and nothing else is.
    pub fn holds(&self, case: &str, all: &[Attached]) {
        for attached in all {
            let again = self.send(case, &attached.key, &attached.bytes).unwrap();
            assert_eq!(again.headers()["idempotency-replayed"], "true");
            assert_eq!(again.json::<Value>().unwrap(), attached.answer);
            let given = self.get(&format!("{}/content", attached.location));
            assert_eq!(given.status(), 200);
            assert!(given.bytes().unwrap() == attached.bytes, "{} is what was sent", attached.location);
        }
        let list: Value = self.get(&format!("/v1/cases/{case}/documents")).json().unwrap();
        assert_eq!(list["documents"].as_array().unwrap().len(), all.len());
        let looked = self.run(&["verify", "--documents"]);
        assert!(looked.status.success(), "{}", String::from_utf8_lossy(&looked.stdout));
        let said = String::from_utf8_lossy(&looked.stderr).into_owned();
        assert!(said.contains(&format!("{} documents", all.len())), "{said}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(child) = self.child.get_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

//! A server of one's own, and what it answers.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use redress_service::application::Application;
use redress_service::settings::Settings;
use reqwest::blocking::{Body, Client};
use serde_json::{Value, json};

use crate::logs;
use crate::samples;

/// A day on which Hartlepool's policy and the calendar both have months to go.
pub const NOW: &str = "2026-11-02T12:00:00Z";

/// A running service. It stops when this is dropped.
pub struct Server {
    address: SocketAddr,
    folder: tempfile::TempDir,
    handle: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
    http: Client,
}

/// What the service answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub media_type: String,
    pub allow: Option<String>,
    pub location: Option<String>,
    pub text: String,
}

impl Server {
    pub fn start() -> Self {
        Self::at(NOW)
    }

    /// A server whose clock always reads `now`.
    pub fn at(now: &str) -> Self {
        logs::capture();
        let folder = tempfile::tempdir().unwrap();
        let now: DateTime<Utc> = now.parse().unwrap();
        let settings = Settings {
            database: folder.path().join("redress.db"),
            listen: "127.0.0.1:0".to_owned(),
            policies: None,
            workers: Settings::WORKERS,
            connections: Settings::CONNECTIONS,
        };
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let application = Application::build(&settings, Arc::new(move || now)).unwrap();
                tell.send((application.address(), application.handle())).unwrap();
                application.run().await.unwrap();
            });
        });
        let (address, handle) = told.recv().unwrap();
        let http = Client::builder().no_proxy().build().unwrap();
        Self { address, folder, handle, thread: Some(thread), http }
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("redress.db")
    }

    pub fn send(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let method: reqwest::Method = method.parse().unwrap();
        let url = format!("http://{}{path}", self.address);
        let response = self.http.request(method, url).body(body).send().unwrap();
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        Answer {
            status: response.status().as_u16(),
            media_type: header("content-type").unwrap_or_default(),
            allow: header("allow"),
            location: header("location"),
            text: response.text().unwrap(),
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, body.to_string())
    }

    /// Gives a command to one of Hartlepool's cases, now.
    pub fn command(&self, case: &str, verb: &str, content: &Value) -> Answer {
        let body = json!({ "actor": "crm", "content": content });
        self.post(&format!("/v1/landlords/hartlepool/cases/{case}/{verb}"), &body)
    }

    /// Receives something for Hartlepool at an instant.
    pub fn receive_at(&self, occurred_at: &str, content: &Value) -> Answer {
        let body = json!({ "occurred_at": occurred_at, "actor": "crm", "content": content });
        self.post("/v1/landlords/hartlepool/cases", &body)
    }

    /// One of Hartlepool's cases, received an hour ago: its id.
    pub fn case(&self) -> String {
        self.receive_at("2026-11-02T11:00:00Z", &samples::complaint()).case()
    }

    /// One of Hartlepool's cases, taken on.
    pub fn accepted(&self) -> String {
        let case = self.case();
        self.command(&case, "accept", &json!({})).done();
        case
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The body of an answer that must be a success.
    pub fn done(&self) -> Value {
        assert!((200..300).contains(&self.status), "{}: {}", self.status, self.text);
        assert_eq!(self.media_type, "application/json");
        self.json()
    }

    /// The id of the case in an answer that must be a success.
    pub fn case(&self) -> String {
        self.done()["case"]["id"].as_str().unwrap().to_owned()
    }

    /// The problem of an answer that must be one, of this status and code, whole and well-formed.
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.media_type, "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert_eq!(problem["status"], status);
        for member in ["title", "detail", "hint"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {problem}");
        }
        problem
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = self.handle.stop(true);
        let stopper = std::thread::spawn(move || actix_web::rt::System::new().block_on(stopped));
        let _ = stopper.join();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Starts a service that must not start, and gives the whole error.
pub fn refused_start(database: &Path, policies: Option<&Path>) -> String {
    let settings = Settings {
        database: database.to_owned(),
        listen: "127.0.0.1:0".to_owned(),
        policies: policies.map(Path::to_owned),
        workers: Settings::WORKERS,
        connections: Settings::CONNECTIONS,
    };
    let built = actix_web::rt::System::new()
        .block_on(async move { Application::build(&settings, Arc::new(Utc::now)).map(drop) });
    format!("{:#}", built.unwrap_err())
}

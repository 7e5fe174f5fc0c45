//! A server of one's own, and what it answers.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use redress_service::application::Application;
use redress_tests::client;
use redress_tests::database::{Backend, Database};
use redress_tests::server;
use reqwest::blocking::{Body, Client};
use serde_json::{Value, json};

use crate::BACKEND;
use crate::api::logs;
use crate::api::samples;

/// A day on which Hartlepool's policy and the calendar both have months to go.
pub const NOW: &str = "2026-11-02T12:00:00Z";

/// A running service. It stops when this is dropped.
pub struct Server {
    service: server::Server,
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

/// A database without a table.
pub fn empty() -> Database {
    ensure_backend();
    Database::empty(BACKEND).unwrap()
}

/// Ends the whole target where it has no database to test with: hundreds of tests with nothing to say are no news, and one
/// line on the terminal has said why.
fn ensure_backend() {
    if BACKEND == Backend::Postgres && !redress_postgres::available().unwrap() {
        std::process::exit(0);
    }
}

impl Server {
    pub fn start() -> Self {
        Self::at(NOW)
    }

    /// A server whose clock always reads `now`.
    pub fn at(now: &str) -> Self {
        logs::capture();
        ensure_backend();
        let now: DateTime<Utc> = now.parse().unwrap();
        let database = Database::fresh(BACKEND).unwrap();
        let service = server::Server::start(database, "127.0.0.1:0", Arc::new(move || now)).unwrap();
        let http = client::http().unwrap();
        Self { service, http }
    }

    pub fn database(&self) -> &Database {
        self.service.database()
    }

    pub fn send(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let method: reqwest::Method = method.parse().unwrap();
        let url = format!("{}{path}", self.service.url());
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

/// Starts a service that must not start, and gives the whole error.
pub fn refused_start(database: &Database, policies: Option<&Path>) -> String {
    let mut settings = server::settings(database, "127.0.0.1:0");
    settings.rules.policies = policies.map(Path::to_owned);
    let built = actix_web::rt::System::new()
        .block_on(async move { Application::build(&settings, Arc::new(Utc::now)).map(drop) });
    format!("{:#}", built.unwrap_err())
}

//! Writing: once however often it is sent, and only where the caller has seen what it changes.

mod keys;
mod references;
mod retries;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use redress_service::storage::Connection;
use redress_tests::database::{Backend, Database, execute};
use redress_tests::{client, server};
use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::BACKEND;
use crate::api::samples;
use crate::api::server::NOW;

/// A database that instances of the service share, and that outlives them.
pub struct Shared {
    database: Database,
}

/// One of the instances.
pub struct Instance {
    service: server::Server,
    http: Client,
}

/// What it answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Got {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub text: String,
}

impl Shared {
    pub fn new() -> Self {
        if BACKEND == Backend::Postgres && !redress_postgres::available().unwrap() {
            std::process::exit(0);
        }
        Self { database: Database::fresh(BACKEND).unwrap() }
    }

    pub fn instance(&self) -> Instance {
        self.instance_at(NOW)
    }

    pub fn instance_at(&self, now: &str) -> Instance {
        let now: DateTime<Utc> = now.parse().unwrap();
        let database = Database::at(self.database.address().clone());
        let service = server::Server::start(database, "127.0.0.1:0", Arc::new(move || now)).unwrap();
        Instance { service, http: client::http().unwrap() }
    }

    /// Keeps everybody from writing to any case until it is dropped.
    pub fn stand_in_the_way(&self) -> Connection {
        let mut connection = self.database.connect().unwrap();
        let begin = match BACKEND {
            Backend::Sqlite => "BEGIN IMMEDIATE",
            Backend::Postgres => {
                "BEGIN; SELECT id FROM cases FOR UPDATE; SELECT id FROM landlords FOR UPDATE"
            }
        };
        execute(&mut connection, begin).unwrap();
        connection
    }
}

impl Instance {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.service.url())
    }

    /// A request of Hartlepool's, ready to be sent.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> reqwest::blocking::RequestBuilder {
        let request = self.http.request(method.parse().unwrap(), self.url(path));
        let request = request.header("X-Redress-Landlord", "hartlepool");
        let request = if body.is_null() { request } else { request.json(body) };
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Got {
        let response = self.request(method, path, headers, body).send().unwrap();
        let headers = response.headers().iter();
        Got {
            status: response.status().as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
            text: response.text().unwrap(),
        }
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Got {
        self.send("GET", path, headers, &Value::Null)
    }

    pub fn post(&self, path: &str, headers: &[(&str, &str)], content: &Value) -> Got {
        self.send("POST", path, headers, &json!({ "actor": "crm", "content": content }))
    }

    /// A case that has been received: its address.
    pub fn case(&self) -> String {
        let got = self.post("/v1/cases", &[], &samples::complaint());
        got.done(201).headers["location"].clone()
    }

    pub fn version(&self, case: &str) -> u64 {
        self.get(case, &[]).done(200).json()["version"].as_u64().unwrap()
    }
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn done(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    pub fn problem(&self, status: u16, code: &str) -> Value {
        let problem = self.done(status).json();
        assert_eq!(problem["code"], code, "{problem}");
        problem
    }

    pub fn etag(&self) -> &str {
        &self.headers["etag"]
    }

    pub fn is_replayed(&self) -> bool {
        self.headers.get("idempotency-replayed").is_some_and(|value| value == "true")
    }

    /// What a replay must have in common with the first answer.
    pub fn same(&self) -> (u16, Option<&String>, Option<&String>, &str) {
        (self.status, self.headers.get("etag"), self.headers.get("location"), &self.text)
    }
}

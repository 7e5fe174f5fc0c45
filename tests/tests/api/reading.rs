//! Services that share a database, and what they let one landlord read.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use redress_service::access::key::Key;
use redress_service::access::{Role, Scope};
use redress_service::storage::Connection;
use redress_service::storage::keys::{Wanted, create};
use redress_tests::database::Database;
use redress_tests::server;
use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::api::samples::complaint;
use crate::api::server::{NOW, empty};
use crate::api::tables;

/// Services on one database, all with the same clock. The first one's database goes with it; the others stop before it.
pub struct Instances {
    services: Vec<server::Server>,
    http: Client,
    /// A key of each landlord that may do everything.
    keys: BTreeMap<&'static str, String>,
}

impl Instances {
    pub fn start(number: usize) -> Self {
        let now: DateTime<Utc> = NOW.parse().unwrap();
        let mut services: Vec<server::Server> = Vec::new();
        for _ in 0..number {
            let database = match services.first() {
                None => empty(),
                Some(first) => Database::at(first.database().address().clone()),
            };
            services.push(server::Server::start(database, "127.0.0.1:0", Arc::new(move || now)).unwrap());
        }
        redress_service::access::tls::install();
        let http = Client::builder().timeout(Duration::from_secs(60)).no_proxy().build().unwrap();
        let mut connection = tables::connect(services[0].database());
        let keys = ["hartlepool", "bradford"];
        let keys =
            keys.map(|landlord| (landlord, issue(&mut connection, landlord, Role::Manager, Scope::ALL)));
        Self { services, http, keys: keys.into() }
    }

    /// The database, which is the first instance's to keep.
    pub fn database(&self) -> &Database {
        self.services[0].database()
    }

    /// What a landlord is answered by one of the instances: status and body.
    pub fn ask(&self, instance: usize, landlord: &str, path: &str) -> (u16, Value) {
        self.ask_with(instance, &self.keys[landlord], path)
    }

    /// What Hartlepool's auditor is answered, who may read cases and no personal data.
    pub fn audit(&self, path: &str) -> (u16, Value) {
        let mut connection = tables::connect(self.database());
        self.ask_with(0, &issue(&mut connection, "hartlepool", Role::Auditor, &[]), path)
    }

    /// What somebody with a key is answered by one of the instances.
    pub fn ask_with(&self, instance: usize, key: &str, path: &str) -> (u16, Value) {
        let url = format!("{}{path}", self.services[instance % self.services.len()].url());
        let response = self.http.get(url).bearer_auth(key).send().unwrap();
        (response.status().as_u16(), response.json().unwrap())
    }

    /// What Hartlepool reads.
    pub fn get(&self, path: &str) -> Value {
        let (status, body) = self.ask(0, "hartlepool", path);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// What a landlord is answered that asks in the body: status and body.
    pub fn look_for(&self, landlord: &str, path: &str, body: &Value) -> (u16, Value) {
        self.look_for_with(&self.keys[landlord], path, body)
    }

    /// What Hartlepool's auditor is answered that asks in the body.
    pub fn audit_for(&self, path: &str, body: &Value) -> (u16, Value) {
        let mut connection = tables::connect(self.database());
        self.look_for_with(&issue(&mut connection, "hartlepool", Role::Auditor, &[]), path, body)
    }

    fn look_for_with(&self, key: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = self.http.post(format!("{}{path}", self.services[0].url())).bearer_auth(key);
        let response = request.json(body).send().unwrap();
        (response.status().as_u16(), response.json().unwrap())
    }

    /// The parameters that an answer to Hartlepool says are wrong.
    pub fn refused(&self, path: &str) -> String {
        let (status, body) = self.ask(0, "hartlepool", path);
        assert_eq!((status, &body["code"]), (422, &json!("malformed")), "{path}: {body}");
        let errors = body["errors"].as_array().unwrap().iter();
        errors.map(|error| error["parameter"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
    }

    /// Hartlepool's command to one of the instances.
    pub fn post(&self, instance: usize, path: &str, occurred_at: &str, content: &Value) -> Value {
        let url = format!("{}{path}", self.services[instance % self.services.len()].url());
        let body = json!({ "actor": "crm", "occurred_at": occurred_at, "content": content });
        let request = self.http.post(url).bearer_auth(&self.keys["hartlepool"]);
        let response =
            request.header("Content-Type", "application/json").body(body.to_string()).send().unwrap();
        let status = response.status();
        let body: Value = response.json().unwrap();
        assert!(status.is_success(), "{path}: {body}");
        body
    }

    /// One of Hartlepool's cases, received at an instant: its id.
    pub fn received(&self, instance: usize, at: &str, content: &Value) -> String {
        self.post(instance, "/v1/cases", at, content)["case"]["id"].as_str().unwrap().to_owned()
    }

    /// One of Hartlepool's cases.
    pub fn case(&self, instance: usize) -> String {
        self.received(instance, "2026-11-02T11:00:00Z", &complaint())
    }

    /// A command on a case, now.
    pub fn command(&self, instance: usize, case: &str, verb: &str, content: &Value) {
        self.post(instance, &format!("/v1/cases/{case}/{verb}"), NOW, content);
    }
}

/// A new key.
fn issue(connection: &mut Connection, landlord: &str, role: Role, scopes: &[Scope]) -> String {
    let key = Key::generate().unwrap();
    let wanted = Wanted { landlord, name: "Reader", role, scopes, expires_at: None, created_by: "test" };
    create(connection, &key, &wanted, NOW.parse().unwrap()).unwrap();
    key.reveal()
}

impl Drop for Instances {
    fn drop(&mut self) {
        while let Some(service) = self.services.pop() {
            drop(service);
        }
    }
}

//! A server of one's own, and what it answers.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::web::Data;
use chrono::{DateTime, TimeDelta, Utc};
use redress_service::application::{Application, State};
use redress_service::background::Round;
use redress_service::settings::Settings;
use redress_tests::client::{self, NEED_VERSION};
use redress_tests::contract::{Contract, Exchange};
use redress_tests::database::{Backend, Database};
use redress_tests::server;
use reqwest::blocking::{Body, Client};
use serde_json::{Value, json};

use crate::BACKEND;
use crate::api::logs;
use crate::api::samples;

/// A day on which Hartlepool's policy and the calendar both have months to go.
pub const NOW: &str = "2026-11-02T12:00:00Z";

/// Whose requests are meant where nothing else is said.
const LANDLORD: &str = "hartlepool";

/// A running service. It stops when this is dropped.
pub struct Server {
    service: server::Server,
    http: Client,
    /// What its clock reads, in microseconds since 1970.
    clock: Arc<AtomicI64>,
}

/// Asks a server for one landlord.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    server: &'a Server,
    landlord: &'a str,
}

/// What the service answered. Two answers are the same where status, headers and body are the same to the byte; the time at which
/// they were sent and what becomes of the connection are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
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
        Self::with_moving_clock(now)
    }

    /// A server whose clock reads `now` until it is moved.
    pub fn with_moving_clock(now: &str) -> Self {
        Self::set(now, |_| {})
    }

    /// The same, with other settings than the usual.
    pub fn set(now: &str, adjust: impl FnOnce(&mut Settings)) -> Self {
        ensure_backend();
        Self::kept_in(BACKEND, now, adjust)
    }

    /// The same, with a database of a kind that need not be this target's.
    pub fn kept_in(backend: Backend, now: &str, adjust: impl FnOnce(&mut Settings)) -> Self {
        logs::capture();
        let now: DateTime<Utc> = now.parse().unwrap();
        let clock = Arc::new(AtomicI64::new(now.timestamp_micros()));
        Self::on(Database::fresh(backend).unwrap(), clock, adjust)
    }

    /// Another instance on the same database, with the same clock.
    pub fn beside(&self, adjust: impl FnOnce(&mut Settings)) -> Self {
        let database = Database::at(self.database().address().clone());
        Self::on(database, Arc::clone(&self.clock), adjust)
    }

    fn on(database: Database, clock: Arc<AtomicI64>, adjust: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = server::settings(&database, "127.0.0.1:0");
        adjust(&mut settings);
        let reading = Arc::clone(&clock);
        let read = move || DateTime::from_timestamp_micros(reading.load(Ordering::SeqCst)).unwrap();
        let service = server::Server::with(database, settings, Arc::new(read)).unwrap();
        let http = client::http().unwrap();
        Self { service, http, clock }
    }

    /// Puts the clock forward.
    pub fn pass(&self, time: TimeDelta) {
        self.clock.fetch_add(time.num_microseconds().unwrap(), Ordering::SeqCst);
    }

    /// What the clock reads.
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.clock.load(Ordering::SeqCst)).unwrap()
    }

    /// Moves the clock.
    pub fn move_to(&self, now: &str) {
        let now: DateTime<Utc> = now.parse().unwrap();
        self.clock.store(now.timestamp_micros(), Ordering::SeqCst);
    }

    /// What the service's requests and duties share.
    pub fn state(&self) -> Data<State> {
        self.service.state()
    }

    /// Has what the service does by itself done now, until there is nothing more to do at once.
    pub fn do_duty<R: Future<Output = Round>>(&self, round: impl Fn(Data<State>) -> R) {
        self.service.do_duty(round).unwrap();
    }

    pub fn url(&self) -> String {
        self.service.url()
    }

    pub fn database(&self) -> &Database {
        self.service.database()
    }

    /// The same server, asked for another landlord.
    pub fn of<'a>(&'a self, landlord: &'a str) -> Asking<'a> {
        Asking { server: self, landlord }
    }

    fn own(&self) -> Asking<'_> {
        self.of(LANDLORD)
    }

    pub fn send(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        self.own().send(method, path, body)
    }

    /// The same, with headers: those that are given take the place of the usual ones.
    pub fn send_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        self.own().send_with(method, path, headers, body)
    }

    /// Sends a request of nobody's.
    pub fn send_bare(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request =
            self.http.request(method.parse().unwrap(), format!("{}{path}", self.service.url())).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().unwrap();
        // When it was sent, and whether the connection stays open, is no part of what is said.
        let headers =
            response.headers().iter().filter(|(name, _)| !["date", "connection"].contains(&name.as_str()));
        let answer = Answer {
            status: response.status().as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
            text: response.text().unwrap(),
        };
        self.hold_against_contract(method, path, &answer);
        answer
    }

    /// Whatever is asked here, the published description says that it can be answered so.
    fn hold_against_contract(&self, method: &str, path: &str, answer: &Answer) {
        let Answer { status, headers, text } = answer;
        let exchange = Exchange { method, path, status: *status, headers, text };
        let contract = Contract::published(&self.service.url()).unwrap();
        let wrong = contract.breaches(&exchange);
        assert!(wrong.is_empty(), "{method} {path}: {status}: {}\n{text}", wrong.join("\n"));
    }

    pub fn get(&self, path: &str) -> Answer {
        self.own().get(path)
    }

    /// Reads an address to its end, and fails where the connection is broken off before.
    pub fn try_get(&self, path: &str) -> reqwest::Result<Vec<u8>> {
        let (name, value) = client::identity(LANDLORD);
        self.http
            .get(format!("{}{path}", self.service.url()))
            .header(name, value)
            .send()?
            .bytes()
            .map(|bytes| bytes.to_vec())
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.own().post(path, body)
    }

    /// Puts something of Hartlepool's in the place of what is there.
    pub fn put(&self, path: &str, body: &str) -> Answer {
        self.own().put(path, body)
    }

    /// Gives a command to one of Hartlepool's cases, now.
    pub fn command(&self, case: &str, verb: &str, content: &Value) -> Answer {
        self.own().command(case, verb, content)
    }

    /// Receives something for Hartlepool at an instant.
    pub fn receive_at(&self, occurred_at: &str, content: &Value) -> Answer {
        let body = json!({ "occurred_at": occurred_at, "actor": "crm", "content": content });
        self.post("/v1/cases", &body)
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

impl Asking<'_> {
    pub fn send(self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        self.send_with(method, path, &[], body)
    }

    pub fn send_with(
        self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let (name, value) = client::identity(self.landlord);
        // The same id for all, so that answers can be held against each other to the byte.
        let mut usual = vec![(name, value.as_str()), ("X-Request-Id", "suite")];
        if !["GET", "HEAD"].contains(&method) {
            usual.push(("Content-Type", "application/json"));
        }
        usual.retain(|(name, _)| !headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name)));
        usual.extend_from_slice(headers);
        self.server.send_bare(method, path, &usual, body)
    }

    pub fn get(self, path: &str) -> Answer {
        self.send("GET", path, "")
    }

    pub fn post(self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, body.to_string())
    }

    /// Puts something in the place of what is there.
    pub fn put(self, path: &str, body: &str) -> Answer {
        let there = self.get(path);
        let seen = there.header("etag").expect("what can be put can be read");
        self.send_with("PUT", path, &[("If-Match", seen)], body.to_owned())
    }

    /// Gives a command to a case, now.
    pub fn command(self, case: &str, verb: &str, content: &Value) -> Answer {
        self.order(case, verb, &json!({ "actor": "crm", "content": content }))
    }

    /// Gives a command that is written out, with the version that the case is at where the verb wants one.
    pub fn order(self, case: &str, verb: &str, body: &Value) -> Answer {
        if !NEED_VERSION.contains(&verb) {
            return self.post(&format!("/v1/cases/{case}/{verb}"), body);
        }
        let shown = self.get(&format!("/v1/cases/{case}"));
        // Whoever has no such case has seen no version of it.
        let seen = shown.headers.get("etag").map_or("\"1\"", String::as_str);
        self.order_at(seen, case, verb, body)
    }

    /// Gives a command that is written out, on the version that was seen: an ETag.
    pub fn order_at(self, seen: &str, case: &str, verb: &str, body: &Value) -> Answer {
        let path = format!("/v1/cases/{case}/{verb}");
        self.send_with("POST", &path, &[("If-Match", seen)], body.to_string())
    }
}

impl Answer {
    /// A header; nothing where it is not there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The body of an answer that must be a success.
    pub fn done(&self) -> Value {
        assert!((200..300).contains(&self.status), "{}: {}", self.status, self.text);
        assert_eq!(self.header("content-type"), Some("application/json"));
        self.json()
    }

    /// The id of the case in an answer that must be a success.
    pub fn case(&self) -> String {
        self.done()["case"]["id"].as_str().unwrap().to_owned()
    }

    /// The problem of an answer that must be one, of this status and code, whole and well-formed.
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert_eq!(problem["status"], status);
        assert_eq!(problem["request_id"].as_str(), self.header("x-request-id"));
        for member in ["title", "detail", "hint"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {problem}");
        }
        assert!(code != "malformed" || problem["errors"].is_array(), "{problem}");
        problem
    }

    /// The detail of a request that cannot be read because of this one field, which is a pointer, a parameter or a header.
    pub fn malformed(&self, field: &str) -> String {
        let problem = self.problem(422, "malformed");
        let errors = fields(&problem);
        let [(one, detail)] = errors.as_slice() else { panic!("more than one field: {problem}") };
        assert_eq!(one, field, "{problem}");
        assert_eq!(problem["detail"], *detail);
        detail.clone()
    }
}

/// Every field that a problem names, with what is wrong with it.
pub fn fields(problem: &Value) -> Vec<(String, String)> {
    let one = |error: &Value| {
        let places: Vec<&str> =
            ["pointer", "parameter", "header"].iter().filter_map(|place| error[*place].as_str()).collect();
        let [place] = places.as_slice() else { panic!("not one place: {error}") };
        let detail = error["detail"].as_str().filter(|detail| !detail.is_empty()).unwrap();
        ((*place).to_owned(), detail.to_owned())
    };
    problem["errors"].as_array().into_iter().flatten().map(one).collect()
}

/// Starts a service that must not start, and gives the whole error.
pub fn refused_start(database: &Database, policies: Option<&Path>) -> String {
    refused_start_with(database, |settings| settings.rules.policies = policies.map(Path::to_owned))
}

/// The same, with some things set.
pub fn refused_start_with(database: &Database, set: impl FnOnce(&mut Settings)) -> String {
    let mut settings = server::settings(database, "127.0.0.1:0");
    set(&mut settings);
    let built = actix_web::rt::System::new()
        .block_on(async move { Application::build(&settings, Arc::new(Utc::now)).map(drop) });
    format!("{:#}", built.unwrap_err())
}

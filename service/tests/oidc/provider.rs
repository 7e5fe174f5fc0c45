//! A provider that issues tokens, on a free port of this machine.

use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::http::StatusCode;
use actix_web::{App, HttpResponse, HttpServer, web};
use chrono::{DateTime, TimeDelta, Utc};
use redress_service::access::oidc::{Grant, Granted, Issuer, TokenError, Verifier};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::keys::Key;

/// How the provider answers when it is asked for its keys.
#[derive(Clone, Copy)]
pub enum Mood {
    /// With the keys.
    Well,
    /// With this status, and the keys all the same, there and where it redirects to.
    Status(u16),
    /// With something that is not a key set.
    Garbage,
    /// With the keys, and then more than anybody wants to read.
    Endless,
    /// With the keys, but not before [`Provider::let_go`].
    Held,
}

pub struct State {
    url: String,
    mood: Mutex<Mood>,
    keys: Mutex<Vec<Value>>,
    /// The issuer that the description names, if another.
    describes: Mutex<Option<String>>,
    fetches: AtomicUsize,
    arrived: Semaphore,
    let_go: Semaphore,
}

pub struct Provider {
    state: web::Data<State>,
}

pub fn noon() -> DateTime<Utc> {
    "2026-11-02T12:00:00Z".parse().unwrap()
}

pub fn after(seconds: i64) -> DateTime<Utc> {
    noon() + TimeDelta::seconds(seconds)
}

impl Provider {
    /// A provider that publishes those keys.
    pub fn start(keys: &[&Key]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let state = web::Data::new(State {
            url: format!("http://{}", listener.local_addr().unwrap()),
            mood: Mutex::new(Mood::Well),
            keys: Mutex::default(),
            describes: Mutex::default(),
            fetches: AtomicUsize::new(0),
            arrived: Semaphore::new(0),
            let_go: Semaphore::new(0),
        });
        let data = state.clone();
        let application = move || {
            App::new()
                .app_data(data.clone())
                .route("/.well-known/openid-configuration", web::get().to(description))
                .route("/keys", web::get().to(published))
                .route("/elsewhere", web::get().to(elsewhere))
        };
        let server = HttpServer::new(application).workers(1).disable_signals();
        actix_web::rt::spawn(server.listen(listener).unwrap().run());
        let provider = Self { state };
        provider.publish(keys);
        provider
    }

    pub fn publish(&self, keys: &[&Key]) {
        *self.state.keys.lock().unwrap() = keys.iter().map(|key| key.published()).collect();
    }

    pub fn publish_as_it_is(&self, keys: Vec<Value>) {
        *self.state.keys.lock().unwrap() = keys;
    }

    pub fn is(&self, mood: Mood) {
        *self.state.mood.lock().unwrap() = mood;
    }

    pub fn describes(&self, issuer: &str) {
        *self.state.describes.lock().unwrap() = Some(issuer.to_owned());
    }

    /// How often it was asked for its keys.
    pub fn fetches(&self) -> usize {
        self.state.fetches.load(Ordering::SeqCst)
    }

    /// Waits until somebody asks for keys and is held.
    pub async fn holds_somebody(&self) {
        self.state.arrived.acquire().await.unwrap().forget();
    }

    pub fn let_go(&self) {
        self.is(Mood::Well);
        self.state.let_go.add_permits(1);
    }

    /// Settings that trust the provider, and grant something to the client `crm`.
    pub fn issuer(&self) -> Issuer {
        Issuer {
            issuer: self.state.url.clone(),
            audience: "redress".to_owned(),
            jwks_url: Some(format!("{}/keys", self.state.url)),
            algorithms: ["RS256", "PS256", "ES256", "EdDSA"].map(str::to_owned).to_vec(),
            grants: vec![Grant {
                claim: "azp".to_owned(),
                value: "crm".to_owned(),
                landlord: "hartlepool".to_owned(),
                role: "integration".to_owned(),
                scopes: vec!["personal:read".to_owned()],
            }],
        }
    }

    pub fn verifier(&self) -> Arc<Verifier> {
        verifier(self.issuer())
    }

    /// Claims of a token that was issued at noon for an hour.
    pub fn claims(&self) -> Value {
        json!({
            "iss": self.state.url, "aud": "redress", "sub": "service-account-crm", "azp": "crm",
            "iat": noon().timestamp(), "nbf": noon().timestamp(), "exp": after(3600).timestamp(),
        })
    }

    /// The same, but for one that is of another value, or, with null, not there.
    pub fn claims_but(&self, name: &str, value: Value) -> Value {
        let mut claims = self.claims();
        claims.as_object_mut().unwrap().insert(name.to_owned(), value.clone());
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        }
        claims
    }

    /// A token that is good at noon.
    pub fn token(&self, key: &Key) -> String {
        key.sign(&self.claims())
    }

    pub fn granted(&self) -> Result<Granted, TokenError> {
        Ok(Granted {
            landlord: "hartlepool".to_owned(),
            role: "integration".to_owned(),
            scopes: vec!["personal:read".to_owned()],
            issuer: self.state.url.clone(),
            subject: "service-account-crm".to_owned(),
        })
    }
}

pub fn verifier(issuer: Issuer) -> Arc<Verifier> {
    Arc::new(Verifier::new(&[issuer], &["hartlepool", "portsmouth"]).unwrap())
}

async fn description(state: web::Data<State>) -> HttpResponse {
    let issuer = state.describes.lock().unwrap().clone().unwrap_or_else(|| state.url.clone());
    HttpResponse::Ok().json(json!({"issuer": issuer, "jwks_uri": format!("{}/keys", state.url), "extra": 1}))
}

/// Good keys, which are not to be found: an answer that redirects here is not followed.
async fn elsewhere(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(json!({"keys": *state.keys.lock().unwrap()}))
}

async fn published(state: web::Data<State>) -> HttpResponse {
    state.fetches.fetch_add(1, Ordering::SeqCst);
    let mood = *state.mood.lock().unwrap();
    if matches!(mood, Mood::Held) {
        state.arrived.add_permits(1);
        state.let_go.acquire().await.unwrap().forget();
    }
    let keys = json!({"keys": *state.keys.lock().unwrap()});
    match mood {
        Mood::Well | Mood::Held => HttpResponse::Ok().json(keys),
        Mood::Status(status) => HttpResponse::build(StatusCode::from_u16(status).unwrap())
            .insert_header(("Location", format!("{}/elsewhere", state.url)))
            .json(keys),
        Mood::Garbage => HttpResponse::Ok().body("<html>busy</html>"),
        Mood::Endless => HttpResponse::Ok().body(format!("{keys}{}", " ".repeat(256 * 1024))),
    }
}

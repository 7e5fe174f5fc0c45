//! Who may do what, tried on every operation that the published description has.

mod content;
mod manage;
mod strangers;
mod theirs;

use chrono::{DateTime, TimeDelta, Utc};
use redress_service::access::key::Key;
use redress_service::access::{Role, Scope};
use redress_service::storage::keys::{self, KeyId, Wanted};
use serde_json::Value;

use crate::api::server::{Answer, NOW, Server};
use crate::api::tables;

/// An id that nobody has.
pub const NOBODYS: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// An operation as the description has it.
#[derive(Debug)]
pub struct Described {
    pub id: String,
    pub method: String,
    pub path: String,
    /// The scope that it wants; none where any key does.
    pub scope: Option<Scope>,
    /// An example of its body.
    pub example: Option<Value>,
    /// The media type of its body.
    pub media_type: String,
}

/// Every operation that wants a key.
pub fn operations(server: &Server) -> Vec<Described> {
    let document = server.send_bare("GET", "/openapi.json", &[], "").json();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let Some(wanted) = operation["security"][0]["key"].as_array() else { continue };
            operations.push(Described {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                scope: wanted.first().map(|scope| scope.as_str().unwrap().parse().unwrap()),
                example: operation.pointer("/requestBody/content/application~1json/example").cloned(),
                media_type: media_type(operation),
            });
        }
    }
    // The commands alone are 49.
    assert!(operations.len() > 60, "the description has lost operations");
    operations
}

fn media_type(operation: &Value) -> String {
    let content = operation.pointer("/requestBody/content").and_then(Value::as_object);
    let usual = ["application/pdf", "application/json"]
        .into_iter()
        .find(|kind| content.is_some_and(|content| content.contains_key(*kind)));
    if let Some(usual) = usual {
        return usual.to_owned();
    }
    content
        .and_then(|content| content.keys().next_back())
        .map_or("application/json", String::as_str)
        .to_owned()
}

impl Described {
    /// The address with these in the places of its parameters; any other is one.
    pub fn at(&self, values: &[(&str, &str)]) -> String {
        let mut path = self.path.clone();
        for (name, value) in values {
            path = path.replace(&format!("{{{name}}}"), value);
        }
        let Some((before, _)) = path.split_once('{') else { return path };
        let rest = path[before.len()..].replace(['{', '}'], "");
        format!("{before}{rest}")
    }

    /// Asks, as whoever has this key, with the example for a body.
    pub fn ask(&self, server: &Server, key: Option<&str>, path: &str) -> Answer {
        let bearer = key.map(|key| format!("Bearer {key}"));
        let mut headers = vec![
            ("X-Request-Id", "suite"),
            ("Content-Type", self.media_type.as_str()),
            ("If-Match", "\"1\""),
        ];
        if self.media_type == "application/pdf" {
            headers.push(("Content-Disposition", "attachment; filename=a.pdf"));
        }
        let query = if self.id == "removeDocument" { "?reason=mistake" } else { "" };
        headers.extend(bearer.as_deref().map(|bearer| ("Authorization", bearer)));
        let body = self.example.as_ref().map_or_else(String::new, Value::to_string);
        server.send_bare(&self.method, &format!("{path}{query}"), &headers, body)
    }
}

pub fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// Issues a key, past the API; it has just been used.
pub fn issue(server: &Server, landlord: &str, role: Role, scopes: &[Scope]) -> (String, KeyId) {
    let key = Key::generate().unwrap();
    let connection = &mut tables::connect(server.database());
    let wanted = Wanted { landlord, name: "Test", role, scopes, expires_at: None, created_by: "test" };
    let issued = keys::create(connection, &key, &wanted, now() - TimeDelta::days(1)).unwrap();
    keys::used(connection, issued.id, now()).unwrap();
    (key.reveal(), issued.id)
}

//! Step 2a: asking to be told.

use anyhow::Context as _;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::connection::{Connection, IDEMPOTENCY_KEY};

/// A webhook that was set up: keep both, the secret where passwords are kept.
#[derive(Clone)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// What its deliveries are signed with.
    pub secret: String,
}

/// Has every event and notice posted to an address, or those of some types.
///
/// # Errors
/// When the service refuses: an address within one's own network must be allowed by its operators (`webhooks.allow_private`).
pub fn set_up(connection: &Connection, url: &str, types: &[&str]) -> anyhow::Result<Webhook> {
    let wanted = json!({ "url": url, "description": "The CRM", "types": types });
    let made = post(connection, "webhooks", &wanted)?;
    let id = made.pointer("/webhook/id").and_then(Value::as_str).context("no webhook")?.to_owned();
    match secret(&made) {
        Some(secret) => Ok(Webhook { id, secret }),
        // The answer with the secret was lost, and the one to the request's second coming has none, as a secret is shown once. Nobody
        // has it, so that it can be replaced at once.
        None => rotate(connection, id, 0),
    }
}

/// Replaces the secret. For the overlap both sign, so that nothing is refused while the new one is put in place; 0 hours where the old
/// one has leaked.
///
/// # Errors
/// When the service refuses.
pub fn rotate(connection: &Connection, id: String, overlap_hours: u32) -> anyhow::Result<Webhook> {
    let wanted = json!({ "overlap_hours": overlap_hours });
    let made = post(connection, &format!("webhooks/{id}/rotate"), &wanted)?;
    let secret = secret(&made).context("the secret was lost on the way: rotate once more")?;
    Ok(Webhook { id, secret })
}

/// Has everything told again from a number of the feed on, where what was received has been lost.
///
/// # Errors
/// When the service refuses.
pub fn replay(connection: &Connection, id: &str, after: i64) -> anyhow::Result<Value> {
    post(connection, &format!("webhooks/{id}/replay"), &json!({ "after": after }))
}

fn secret(made: &Value) -> Option<String> {
    made.get("secret")?.as_str().map(str::to_owned)
}

fn post(connection: &Connection, path: &str, body: &Value) -> anyhow::Result<Value> {
    let request = connection.request(Method::POST, path).header(IDEMPOTENCY_KEY, Uuid::now_v7().to_string());
    connection.send(request.json(body))?.done().with_context(|| path.to_owned())?.json()
}

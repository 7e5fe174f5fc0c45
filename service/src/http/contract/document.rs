//! The OpenAPI document round the operations.

use serde_json::{Map, Value, json};

use super::Tag;
use crate::http::caller::Scope;
use crate::problem::codes::CODES;

const DESCRIPTION: &str = "Complaints casework for England's social landlords, by the Housing Ombudsman's Complaint Handling Code \
and the landlord's own policy.\n\nA key belongs to one landlord; every address shows and changes what is that landlord's. Whatever goes \
wrong is answered with a problem document (RFC 9457) that has a stable `code`, the clause that it rests on, what to do instead, and every \
field of the request that is wrong. All codes stand at `/problems`.\n\nDates are London dates, instants are UTC, money is whole pence.\n\n[How the cases of Dynamics 365, Salesforce and Open311 map to \
these](/docs/crms.html), field by field, with mapping files that an import takes as they are.";

/// The whole document.
#[must_use]
pub fn document(
    paths: Map<String, Value>,
    mut schemas: Map<String, Value>,
    responses: Map<String, Value>,
    payload: &Value,
) -> Value {
    if let Some(code) = schemas.get_mut("Problem").and_then(|problem| problem.pointer_mut("/properties/code"))
    {
        // Not an enum: a code that is added must not break a client that was generated before.
        code["examples"] = CODES.iter().map(|code| code.code).collect();
    }
    let tags: Vec<Value> = Tag::ALL
        .iter()
        .map(|tag| json!({ "name": tag.as_str(), "description": tag.meaning().trim() }))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Redress",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Complaints casework for social landlords.",
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "This service." }],
        "tags": tags,
        "paths": paths,
        "webhooks": { "told": { "post": told(payload) } },
        "components": {
            "schemas": schemas,
            "responses": responses,
            "headers": headers(),
            "securitySchemes": security_schemes(),
        },
    })
}

/// What is sent to a webhook, and what its receiver is to answer.
fn told(payload: &Value) -> Value {
    let header = |name: &str, description: &str, schema: Value| json!({ "name": name, "in": "header", "required": true, "description": description, "schema": schema });
    json!({
        "summary": "Something stands in the feed",
        "description": "Sent to a webhook for every event and notice that it is told of, as Standard Webhooks 1.0 has it: at least once, \
            and what is about one case in its order. A receiver checks the signature and the age of the timestamp, passes over a \
            `webhook-id` that it has seen, and answers at once. What is not answered with 2xx within 15 seconds is sent again, for about \
            three days; redirects are not followed.",
        "parameters": [
            header("webhook-id", "The id of the message, the same however often it is sent.", json!({ "type": "string" })),
            header("webhook-timestamp", "When it is sent, in seconds since 1970.", json!({ "type": "integer", "format": "int64" })),
            header(
                "webhook-signature",
                "`v1,` and the base64 of the HMAC-SHA256 of `webhook-id.webhook-timestamp.body`; two of them, with a space between, \
                    while one secret takes the place of another.",
                json!({ "type": "string" }),
            ),
        ],
        "requestBody": { "required": true, "content": { "application/json": { "schema": payload } } },
        "responses": {
            "2XX": { "description": "The receiver has it." },
            "410": { "description": "The receiver wants nothing any more: the webhook is disabled." },
            "default": { "description": "It is sent again, no sooner than `Retry-After` says." },
        },
        "security": [],
    })
}

fn headers() -> Value {
    let header = |description: &str, kind: &str| json!({ "description": description, "required": true, "schema": { "type": kind } });
    json!({
        "RequestId": header("The id of the request: the caller's own where it sent one, else a new one.", "string"),
        "RetryAfter": header("How many seconds to wait.", "integer"),
        "WWWAuthenticate": header("How to say who asks.", "string"),
    })
}

fn security_schemes() -> Value {
    let scopes: Vec<String> =
        Scope::ALL.iter().map(|scope| format!("`{}`: {}", scope.as_str(), scope.meaning().trim())).collect();
    json!({
        "key": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "rdr_<prefix>_<secret>",
            "description": format!("A key of the landlord's. Its scopes:\n\n- {}", scopes.join("\n- ")),
        },
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "A token from an OpenID Connect provider that the operator has configured, which maps it to a landlord and a role.",
        },
    })
}

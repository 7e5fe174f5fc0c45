//! An operation as the OpenAPI document has it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::operation::TakenHeader;
use super::{Access, Method, Operation, Parameter};
use crate::access::content::PARTS;
use crate::http::limits::IDEMPOTENCY_KEY;
use crate::http::once::REPLAYED;
use crate::http::request::headers::IDEMPOTENCY;
use crate::http::request::preconditions::{IF_MATCH, IF_NONE_MATCH, TAGS_PATTERN};
use crate::problem::codes::{self, Own};

/// An operation with the schemas that were made for it.
pub struct Parts<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Its path's parameters.
    pub path: &'a [Parameter],
    /// Its query's parameters.
    pub query: &'a [Parameter],
    /// Its body.
    pub body: Option<&'a Value>,
    /// The bodies of its answers, in their order.
    pub answers: &'a [Option<Value>],
}

impl Parts<'_> {
    /// The OpenAPI operation object.
    #[must_use]
    pub fn document(&self) -> Value {
        let operation = self.operation;
        let mut document = json!({
            "operationId": operation.id,
            "tags": [operation.tag.as_str()],
            "summary": operation.summary,
            "description": self.description(),
            "responses": self.responses(),
            "security": security(operation.access),
        });
        let parameters = self.parameters();
        if !parameters.is_empty() {
            document["parameters"] = Value::Array(parameters);
        }
        if let Some(body) = self.body {
            let mut content = json!({ "schema": body });
            if let Some(example) = &operation.example {
                content["example"] = example.clone();
            }
            document["requestBody"] = json!({ "required": true, "content": { "application/json": content } });
        }
        if let Some(media_types) = operation.file {
            // To OpenAPI 3.1 no schema would say the same; makers of clients leave such a body out.
            let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
            let content: Map<String, Value> =
                media_types.iter().map(|media_type| ((*media_type).to_owned(), bytes.clone())).collect();
            document["requestBody"] = json!({ "required": true, "content": content });
        }
        document
    }

    fn description(&self) -> String {
        let mut text = self.operation.description.to_string();
        if let Access::With(scope) = self.operation.access {
            let gap = if text.is_empty() { "" } else { "\n\n" };
            text.push_str(&format!("{gap}Needs the scope `{}`.", scope.as_str()));
            for part in PARTS.iter().filter(|part| Some(part.verb) == self.operation.carries) {
                text.push_str(&format!(" With `/content{}`, `{}` too.", part.pointer, part.scope));
            }
        }
        text
    }

    fn parameters(&self) -> Vec<Value> {
        let one = |parameter: &Parameter, place: &str| {
            let mut schema = parameter.schema.clone();
            let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
            json!({
                "name": parameter.name, "in": place, "required": place == "path" || parameter.required,
                "description": description, "schema": schema,
            })
        };
        let path = self.path.iter().map(|parameter| one(parameter, "path"));
        let query = self.query.iter().map(|parameter| one(parameter, "query"));
        path.chain(query).chain(self.headers()).collect()
    }

    fn headers(&self) -> Vec<Value> {
        let taken = |header: &TakenHeader| {
            json!({
                "name": header.name, "in": "header", "required": header.required, "description": header.meaning,
                "schema": { "type": "string" },
            })
        };
        let mut headers: Vec<Value> = self.operation.headers.iter().map(taken).collect();
        if self.operation.repeats() {
            headers.push(json!({
                "name": IDEMPOTENCY, "in": "header", "required": false,
                "description": "Makes the request be carried out once, however often it is sent: the same key with the same \
                    body gets the same answer.",
                "schema": { "type": "string", "minLength": 1, "maxLength": IDEMPOTENCY_KEY, "pattern": "^[!-~]+$" },
            }));
        }
        if self.operation.takes_version {
            let needed = self.operation.requires_version;
            let any = if needed {
                "does not say what was seen, and is refused"
            } else {
                "is for whatever there is"
            };
            let description = format!(
                "The ETag of what the caller has seen, or several: where somebody has changed it since, nothing is done. `*` {any}."
            );
            headers.push(json!({
                "name": IF_MATCH, "in": "header",
                "required": needed && !self.operation.takes_none_match,
                "description": description,
                "schema": { "type": "string", "pattern": TAGS_PATTERN },
            }));
        }
        if self.operation.takes_none_match {
            let description = match self.operation.method {
                Method::Get => {
                    "The ETag of what the caller has, or several: where it is still so, it is not sent again."
                }
                _ => "`*`: only where there is nothing yet.",
            };
            headers.push(json!({
                "name": IF_NONE_MATCH, "in": "header", "required": false, "description": description,
                "schema": { "type": "string", "pattern": TAGS_PATTERN },
            }));
        }
        headers
    }

    fn responses(&self) -> Map<String, Value> {
        let mut responses = Map::new();
        for (answer, schema) in self.operation.answers.iter().zip(self.answers) {
            let mut headers = json!({ "X-Request-Id": { "$ref": "#/components/headers/RequestId" } });
            if self.operation.repeats() {
                headers[REPLAYED] = json!({
                    "description": "`true` where this was answered before, to the same Idempotency-Key.",
                    "schema": { "type": "string", "const": "true" },
                });
            }
            for (name, meaning) in &answer.headers {
                headers[*name] = json!({ "description": meaning, "schema": { "type": "string" } });
            }
            let mut response = json!({ "description": answer.description, "headers": headers });
            if !matches!(answer.status, 304 | 308) {
                let content = schema.as_ref().map_or(json!({}), |schema| json!({ "schema": schema }));
                response["content"][answer.media_type] = content;
                for media_type in answer.other_media_types {
                    response["content"][*media_type] = json!({});
                }
            }
            responses.insert(answer.status.to_string(), response);
        }
        for (status, codes) in problems(self.operation) {
            let name = response_name(status, &codes, self.operation.refusable);
            responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }));
        }
        responses
    }
}

fn security(access: Access) -> Value {
    match access {
        Access::Public => json!([]),
        Access::AnyKey => json!([{ "key": [] }, { "token": [] }]),
        Access::With(scope) => json!([{ "key": [scope.as_str()] }, { "token": [scope.as_str()] }]),
    }
}

/// The service's own problems that an operation can be answered with, by status.
#[must_use]
pub fn problems(operation: &Operation) -> BTreeMap<u16, Vec<&'static Own>> {
    let mut all: Vec<&'static Own> =
        vec![codes::INTERNAL, codes::BUSY, codes::ADDRESS_TOO_LONG, codes::TOO_MANY_HEADERS];
    let mut when = |applies: bool, some: &[&'static Own]| {
        if applies {
            all.extend_from_slice(some);
        }
    };
    when(
        operation.access != Access::Public,
        &[codes::NO_KEY, codes::KEY_NOT_VALID, codes::ISSUER_AWAY, codes::TOO_MANY_REQUESTS],
    );
    when(matches!(operation.access, Access::With(_)), &[codes::SCOPE_MISSING]);
    when(!operation.unmetered, &[codes::TOO_MANY_AT_ONCE]);
    when(operation.path.contains('{'), &[codes::NOT_FOUND]);
    when(
        operation.body.is_some() || operation.file.is_some(),
        &[codes::TOO_SLOW, codes::TOO_LARGE, codes::MEDIA_TYPE],
    );
    // A parameter that an operation does not have is wrong everywhere.
    when(true, &[codes::MALFORMED]);
    let changes = operation.method != Method::Get;
    when(operation.takes_version || (changes && operation.takes_none_match), &[codes::STALE]);
    when(operation.repeats(), &[codes::IDEMPOTENCY_IN_FLIGHT, codes::IDEMPOTENCY_KEY_REUSED]);
    when(operation.requires_version, &[codes::VERSION_REQUIRED]);
    when(changes && !operation.only_reads, &[codes::OUTCOME_UNKNOWN]);
    all.extend_from_slice(&operation.problems);
    let mut by_status: BTreeMap<u16, Vec<&'static Own>> = BTreeMap::new();
    for code in all {
        by_status.entry(code.status).or_default().push(code);
    }
    if operation.refusable {
        by_status.entry(409).or_default();
    }
    by_status
}

/// The responses that the operations refer to, by name.
#[must_use]
pub fn problem_responses<'a>(operations: impl Iterator<Item = &'a Operation>) -> Map<String, Value> {
    let mut responses = Map::new();
    for operation in operations {
        for (status, codes) in problems(operation) {
            let name = response_name(status, &codes, operation.refusable);
            let response = || problem_response(status, &codes, operation.refusable);
            responses.entry(name).or_insert_with(response);
        }
    }
    responses
}

/// `NotFoundOrUnknownCommand`; a refusal by the rules goes before the service's own codes.
fn response_name(status: u16, codes: &[&'static Own], refusable: bool) -> String {
    let refused = (refusable && status == 409).then_some("refused");
    let words = refused.into_iter().chain(codes.iter().map(|code| code.code));
    let names: Vec<String> = words.map(|word| word.split('-').map(capital).collect()).collect();
    names.join("Or")
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + rest
}

fn problem_response(status: u16, own: &[&'static Own], refusable: bool) -> Value {
    let refused = (refusable && status == 409)
        .then(|| "The rules of the procedure do not allow it: the code is one of theirs.".to_owned());
    let said = own.iter().map(|code| format!("`{}`: {}", code.code, code.meaning));
    let description = refused.into_iter().chain(said).collect::<Vec<_>>().join("\n\n");
    let mut headers = json!({ "X-Request-Id": { "$ref": "#/components/headers/RequestId" } });
    for (header, statuses) in [("Retry-After", &[429, 503][..]), ("WWW-Authenticate", &[401])] {
        if statuses.contains(&status) {
            let name = header.replace('-', "");
            headers[header] = json!({ "$ref": format!("#/components/headers/{name}") });
        }
    }
    if own.iter().any(|code| code.code == codes::IDEMPOTENCY_IN_FLIGHT.code) {
        headers["Retry-After"] = json!({
            "description": "How many seconds to wait, where the same key is in hand.",
            "schema": { "type": "integer" },
        });
    }
    if status == 416 {
        headers["Content-Range"] =
            json!({ "description": "How many bytes it has: `bytes */48`.", "schema": { "type": "string" } });
    }
    if status == 412 || status == 428 {
        headers["ETag"] = json!({ "description": "What there is now.", "schema": { "type": "string" } });
    }
    json!({
        "description": description,
        "headers": headers,
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

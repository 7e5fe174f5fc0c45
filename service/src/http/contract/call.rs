//! A request as a handler gets it: read, checked and typed.

use actix_web::HttpRequest;
use actix_web::web::{Data, Payload};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::application::State;
use crate::http::caller::{Caller, no_key};
use crate::http::gate::Gate;
use crate::http::once;
use crate::http::request::preconditions::Preconditions;
use crate::http::request::wording::{is_name, without_input};
use crate::problem::{FieldError, Problem};
use crate::storage::kept_answers::Request;

/// No parameters, no body.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A request that has been held against its operation's schemas.
pub struct Incoming {
    /// What every request shares.
    pub state: Data<State>,
    /// The contract and the limits.
    pub gate: Data<Gate>,
    /// The request itself, for what is no part of the contract.
    pub request: HttpRequest,
    /// Who asks; none where anybody may.
    pub caller: Option<Caller>,
    /// The path's parameters.
    pub path: Value,
    /// The query's parameters.
    pub query: Value,
    /// The body.
    pub body: Value,
    /// The file that is its body, unread, where the operation takes one.
    pub file: Option<Payload>,
    /// What `If-Match` and `If-None-Match` want to be so.
    pub preconditions: Preconditions,
    /// The key under which the answer is kept.
    pub idempotency_key: Option<String>,
    /// The id of the request.
    pub request_id: String,
}

/// A request of a known caller.
pub struct Call<P = Nothing, Q = Nothing, B = Nothing> {
    /// What every request shares.
    pub state: Data<State>,
    /// Who asks, for which landlord.
    pub caller: Caller,
    /// The path's parameters.
    pub path: P,
    /// The query's parameters.
    pub query: Q,
    /// The body.
    pub body: B,
    /// The file that is its body, unread, where the operation takes one.
    pub file: Option<Payload>,
    /// What `If-Match` and `If-None-Match` want to be so.
    pub preconditions: Preconditions,
    /// What makes it the same request when it is sent again, where it has an `Idempotency-Key`.
    pub repeat: Option<Request>,
    /// The id of the request.
    pub request_id: String,
    /// The request itself, for what is no part of the contract.
    pub request: HttpRequest,
}

/// A request of anybody.
pub struct Open<P = Nothing, Q = Nothing> {
    /// What every request shares.
    pub state: Data<State>,
    /// The contract and the limits.
    pub gate: Data<Gate>,
    /// The path's parameters.
    pub path: P,
    /// The query's parameters.
    pub query: Q,
    /// The request itself, for what is no part of the contract.
    pub request: HttpRequest,
}

impl<P: DeserializeOwned, Q: DeserializeOwned, B: DeserializeOwned> Call<P, Q, B> {
    /// Reads a request into a handler's types.
    ///
    /// # Errors
    /// 401 without a caller; 422 for what the schemas allow and the types do not.
    pub fn read(incoming: Incoming) -> Result<Self, Problem> {
        let caller = incoming.caller.ok_or_else(no_key)?;
        let address = incoming.request.uri().path_and_query().map_or("", |address| address.as_str());
        let method = incoming.request.method().as_str();
        let of_key = |key: String| once::request(&caller.landlord, &key, method, address, &incoming.body);
        let repeat = incoming.idempotency_key.map(of_key);
        Ok(Self {
            caller,
            repeat,
            state: incoming.state,
            path: in_address(incoming.path)?,
            query: in_address(incoming.query)?,
            body: in_body(incoming.body, "", "")?,
            file: incoming.file,
            preconditions: incoming.preconditions,
            request_id: incoming.request_id,
            request: incoming.request,
        })
    }
}

impl<P: DeserializeOwned, Q: DeserializeOwned> Open<P, Q> {
    /// Reads a request into a handler's types.
    ///
    /// # Errors
    /// 422 for what the schemas allow and the types do not.
    pub fn read(incoming: Incoming) -> Result<Self, Problem> {
        Ok(Self {
            state: incoming.state,
            gate: incoming.gate,
            path: in_address(incoming.path)?,
            query: in_address(incoming.query)?,
            request: incoming.request,
        })
    }
}

/// Reads a part of a body that has been held against its schema.
///
/// # Errors
/// 422 with the pointer, in which `part` takes the place of `wrapper`.
pub fn in_body<T: DeserializeOwned>(value: Value, wrapper: &str, part: &str) -> Result<T, Problem> {
    read(value).map_err(|(path, detail)| {
        let below = path.strip_prefix(wrapper).unwrap_or(&path);
        Problem::malformed(vec![FieldError::at(format!("{part}{below}"), without_input(&detail))])
    })
}

fn in_address<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    read(value).map_err(|(path, detail)| {
        let name = path.trim_start_matches('/');
        Problem::malformed(vec![FieldError::parameter(name, without_input(&detail))])
    })
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, (String, String)> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| (pointer(error.path()), error.inner().to_string()))
}

/// Where, as far as the names on the way there are names and not the caller's words.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .take_while(|segment| !matches!(segment, Segment::Map { key } if !is_name(key)))
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{key}")),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

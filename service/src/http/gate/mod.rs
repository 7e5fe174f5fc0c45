//! The one way in: every request passes here, is held against the contract, gets its headers here, and is counted and written down.

mod asked;

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::http::ConnectionType;
use actix_web::http::header::LOCATION;
use actix_web::web::{self, Data};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use bytes::Bytes;
use redress_shared::case::CaseId;
use redress_shared::schema::whole_numbers;
use serde_json::{Value, json};
use tracing::Instrument as _;

use self::asked::{path_values, query_values, route};
use super::caller::{self, Caller};
use super::contract::{Access, Api, Incoming, Method, Operation};
use super::limits::{self, Limits};
use super::once::REPLAYED;
use super::panics::caught;
use super::rate::Turnstile;
use super::request::preconditions::Preconditions;
use super::request::{body, headers};
use super::security;
use crate::application::State;
use crate::operations::log::{self, Seen};
use crate::problem::{FieldError, Problem, codes};

/// The contract and the limits, shared by all workers.
pub struct Gate {
    /// What is served.
    pub api: &'static Api,
    turnstile: Turnstile,
    body_within: Duration,
}

/// The id of a request, kept with it for whatever logs.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// The operation that a request is of, kept with it for whatever counts: the operation's id.
#[derive(Debug, Clone)]
pub struct OperationId(pub String);

impl Gate {
    /// Puts the contract together.
    ///
    /// # Errors
    /// When the table of operations contradicts itself.
    pub fn new(limits: &Limits) -> anyhow::Result<Self> {
        Ok(Self { api: Api::shared()?, turnstile: Turnstile::new(limits), body_within: limits.head_within })
    }
}

/// Answers a request.
pub async fn serve(
    request: HttpRequest,
    payload: web::Payload,
    state: Data<State>,
    gate: Data<Gate>,
) -> HttpResponse {
    let began = Instant::now();
    let _inside = state.metrics.enter();
    let id = headers::request_id(&request);
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut seen = Seen::default();
    let passing = pass(&request, payload, state.clone(), gate, &id, &mut seen);
    let span = tracing::info_span!("request", request_id = id);
    let answered = caught(passing, &state.metrics).instrument(span).await;
    let problem = answered.as_ref().err().cloned();
    let mut response = answered.unwrap_or_else(|problem| problem.respond(&id));
    security::dress(&request, &mut response, &id);
    if state.drain.has_begun() {
        // Whoever goes on asking has to ask elsewhere.
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
    seen.case = seen.case.or_else(|| made(&response));
    seen.replayed = response.headers().contains_key(REPLAYED);
    let (method, took) = (log::method(request.method().as_str()), began.elapsed());
    state.metrics.answered(method, &seen, response.status(), took, problem.as_ref());
    log::answered(&id, method, &seen, response.status(), took, problem.as_ref().map(Problem::code));
    if request.method() == actix_web::http::Method::HEAD { bodiless(response) } else { response }
}

/// The answer without its body, of which only the length is said, where there is one: nothing of it is read.
fn bodiless(response: HttpResponse) -> HttpResponse {
    response.map_body(|_, body| BoxBody::new(Length(body.size())))
}

/// How long a body would have been.
struct Length(BodySize);

impl MessageBody for Length {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(None)
    }
}

/// The case that an answer says has been made.
fn made(response: &HttpResponse) -> Option<String> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let case: CaseId = location.rsplit('/').next()?.parse().ok()?;
    Some(case.to_string())
}

async fn pass(
    request: &HttpRequest,
    payload: web::Payload,
    state: Data<State>,
    gate: Data<Gate>,
    id: &str,
    seen: &mut Seen,
) -> Result<HttpResponse, Problem> {
    within_limits(request)?;
    let (served, values) = route(gate.api, request)?;
    let operation = &served.operation;
    request.extensions_mut().insert(OperationId(operation.id.clone()));
    seen.route = Some(operation.path.as_ref());
    seen.command = operation.carries;
    seen.probe = operation.unmetered && operation.access == Access::Public;
    let _inside = if operation.unmetered { None } else { Some(gate.turnstile.enter()?) };
    let caller = admit(request, &state, &gate, operation.access, seen).await?;
    let path = path_values(served, values)?;
    let case = path.get("case").and_then(Value::as_str).and_then(|case| case.parse::<CaseId>().ok());
    seen.case = case.map(|case| case.to_string());
    let mut errors = Vec::new();
    let query = query_values(served, request.query_string(), &mut errors);
    let preconditions = Preconditions::of(request).unwrap_or_else(|wrong| {
        errors.extend(wrong);
        Preconditions::default()
    });
    let idempotency_key = headers::idempotency_key(request).unwrap_or_else(|error| noted(&mut errors, error));
    let (mut body, mut file) = (json!({}), None);
    if let Some(checker) = &served.body_checker {
        body = body::read(request, payload, gate.body_within).await?;
        let wrong = checker.errors(&body).into_iter();
        errors.extend(wrong.map(|(pointer, detail)| FieldError::at(pointer, detail)));
        // 1.0 is a whole number to a schema, and not to serde.
        whole_numbers(&mut body);
    } else if let Some(media_types) = operation.file {
        body::declared_as(request, media_types)?;
        file = Some(payload);
    }
    if !errors.is_empty() {
        return Err(Problem::malformed(errors));
    }
    if let (Some(caller), Some(verb)) = (&caller, operation.carries) {
        caller::ensure_content(caller, verb, &body)?;
    }
    if operation.requires_version && !preconditions.says_what_is_replaced() {
        return Err(Problem::new(
            codes::VERSION_REQUIRED,
            "the request does not say which version it has seen",
        ));
    }
    let request = request.clone();
    let request_id = id.to_owned();
    let incoming = Incoming {
        state,
        gate,
        request,
        caller,
        path,
        query,
        body,
        file,
        preconditions,
        idempotency_key,
        request_id,
    };
    hand_over(operation, incoming).await
}

/// Has a request done that nothing was found against; where it changed something, those who wait for events are told.
async fn hand_over(operation: &Operation, incoming: Incoming) -> Result<HttpResponse, Problem> {
    let changes = operation.method != Method::Get && !operation.only_reads;
    let told = incoming.caller.as_ref().filter(|_| changes).map(|caller| caller.landlord.clone());
    let everybody = incoming.state.clone();
    let answered = (operation.handler)(incoming).await;
    if let Some(landlord) = told.filter(|_| answered.is_ok()) {
        everybody.waiting.tell(&landlord);
    }
    answered
}

fn noted<T>(errors: &mut Vec<FieldError>, error: FieldError) -> Option<T> {
    errors.push(error);
    None
}

fn within_limits(request: &HttpRequest) -> Result<(), Problem> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > limits::ADDRESS {
        let detail = format!("an address has at most {} bytes", limits::ADDRESS);
        return Err(Problem::new(codes::ADDRESS_TOO_LONG, detail));
    }
    if request.headers().len() > limits::HEADERS {
        let detail = format!("a request has at most {} headers", limits::HEADERS);
        return Err(Problem::new(codes::TOO_MANY_HEADERS, detail));
    }
    Ok(())
}

/// Who asks, where that has to be known; and whether they may.
async fn admit(
    request: &HttpRequest,
    state: &Data<State>,
    gate: &Gate,
    access: Access,
    seen: &mut Seen,
) -> Result<Option<Caller>, Problem> {
    let needed = match access {
        Access::Public => return Ok(None),
        Access::AnyKey => None,
        Access::With(scope) => Some(scope),
    };
    let caller = caller::access(request, state).await?;
    seen.landlord = Some(caller.landlord.clone());
    // A token's subject may be a person's address.
    seen.key = caller.prefix.clone().or_else(|| Some("token".to_owned()));
    gate.turnstile.count(&caller.actor)?;
    if let Some(scope) = needed {
        caller::ensure(&caller, scope)?;
    }
    Ok(Some(caller))
}

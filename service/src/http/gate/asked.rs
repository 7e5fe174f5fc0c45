//! What is asked: which operation, with which parameters.

use actix_web::HttpRequest;
use serde_json::Value;

use crate::http::contract::{Api, Method, Served, Values};
use crate::http::request::query;
use crate::problem::{FieldError, Problem, codes};

/// The operation of a request, and the parameters in its path.
pub(super) fn route(api: &'static Api, request: &HttpRequest) -> Result<(&'static Served, Values), Problem> {
    let path = request.uri().path();
    let (methods, values) = api.find(path).ok_or_else(|| nothing_here(path))?;
    // A HEAD is a GET whose answer goes without its body.
    let method = match request.method().as_str() {
        "HEAD" => "GET",
        other => other,
    };
    let number = methods.iter().find(|(known, _)| known.as_str() == method).map(|(_, number)| *number);
    match number.and_then(|number| api.served.get(number)) {
        Some(served) => Ok((served, values)),
        None => Err(method_not_allowed(request.method().as_str(), methods.keys().copied())),
    }
}

fn nothing_here(path: &str) -> Problem {
    let steps: Vec<&str> = path.split('/').collect();
    if matches!(steps.as_slice(), ["", "v1", "cases", case, verb] if !case.is_empty() && !verb.is_empty()) {
        return Problem::new(codes::UNKNOWN_COMMAND, "that is not a command on a case");
    }
    Problem::not_found("address")
}

fn method_not_allowed(method: &str, methods: impl Iterator<Item = Method>) -> Problem {
    let with_head = |method: Method| match method {
        Method::Get => "GET, HEAD",
        other => other.as_str(),
    };
    let methods: Vec<&str> = methods.map(with_head).collect();
    let methods = methods.join(", ");
    // A method may be any word; only those that everybody knows are said back.
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
    let said = if known.contains(&method) { method } else { "that" };
    Problem::new(codes::METHOD_NOT_ALLOWED, format!("{said} is not a method of this address"))
        .hint(format!("its methods are: {methods}"))
        .header("Allow", methods)
}

/// The path's parameters, typed. What does not have the form of an id is the id of nothing.
pub(super) fn path_values(served: &Served, values: Values) -> Result<Value, Problem> {
    let mut object = serde_json::Map::new();
    for (name, text) in values {
        let kind = served
            .path
            .iter()
            .find(|parameter| parameter.name == name)
            .map_or("string", |parameter| parameter.kind.as_str());
        let value = query::typed(kind, text).map_err(|_| Problem::not_found(&name))?;
        object.insert(name, value);
    }
    let value = Value::Object(object);
    match served.path_checker.errors(&value).first() {
        Some((pointer, _)) => Err(Problem::not_found(pointer.trim_start_matches('/'))),
        None => Ok(value),
    }
}

/// The query's parameters, typed; what is wrong with them is added to the errors, once for each.
pub(super) fn query_values(served: &Served, text: &str, errors: &mut Vec<FieldError>) -> Value {
    let (value, wrong) = query::read(text, &served.query);
    for (pointer, detail) in served.query_checker.errors(&value) {
        let name = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
        if !wrong.iter().any(|error| error.is_of_parameter(name)) {
            errors.push(FieldError::parameter(name, detail));
        }
    }
    errors.extend(wrong);
    value
}

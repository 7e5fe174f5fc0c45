//! The published description of the API as a test of its answers: what the service says must be what the description has it say.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::Context as _;
use jsonschema::Validator;
use serde_json::{Value, json};

/// A request and its answer.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The method.
    pub method: &'a str,
    /// Path and query.
    pub path: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// Its headers, their names in lower case.
    pub headers: &'a BTreeMap<String, String>,
    /// Its body.
    pub text: &'a str,
}

/// An OpenAPI document, ready to hold answers against.
#[derive(Debug)]
pub struct Contract {
    document: Value,
    /// Compiled as they are first wanted, by their text.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// The headers of HTTP itself and of every answer alike, which an operation need not tell.
const OF_EVERY_ANSWER: &[&str] = &[
    "cache-control",
    "connection",
    "content-length",
    "content-security-policy",
    "content-type",
    "date",
    "referrer-policy",
    "transfer-encoding",
    "x-content-type-options",
    "x-frame-options",
];

impl Contract {
    /// What the service at this address publishes. Every service in a process publishes the same, so that one is asked.
    ///
    /// # Errors
    /// When it does not publish it.
    pub fn published(base: &str) -> anyhow::Result<&'static Self> {
        static PUBLISHED: OnceLock<Contract> = OnceLock::new();
        if let Some(known) = PUBLISHED.get() {
            return Ok(known);
        }
        let response = crate::client::http()?.get(format!("{base}/openapi.json")).send()?;
        let document = response.error_for_status()?.json().context("the description is no JSON")?;
        Ok(PUBLISHED.get_or_init(|| Self { document, validators: Mutex::default() }))
    }

    /// Everything in which an answer is not as the description has it; nothing where all is.
    #[must_use]
    pub fn breaches(&self, exchange: &Exchange<'_>) -> Vec<String> {
        let path = exchange.path.split('?').next().unwrap_or_default();
        let Some(methods) = self.find(path) else { return self.not_described(exchange, 404) };
        // A HEAD is a GET whose answer goes without its body.
        let method = if exchange.method == "HEAD" { "get" } else { &exchange.method.to_lowercase() };
        let Some(operation) = methods.get(method) else {
            return self.not_described(exchange, 405);
        };
        let status = exchange.status.to_string();
        match operation.pointer(&format!("/responses/{status}")) {
            None => {
                vec![format!("{} is not documented to be answered with {status}", operation["operationId"])]
            }
            Some(response) => self.response(exchange, self.resolve(response)),
        }
    }

    /// An answer that no operation gives: there is no such address, or it has no such method.
    fn not_described(&self, exchange: &Exchange<'_>, status: u16) -> Vec<String> {
        let mut wrong = Vec::new();
        // What is too long or has too many headers is not looked up at all.
        if ![status, 414, 431].contains(&exchange.status) {
            wrong.push(format!("nothing is described there, and the answer is not {status}"));
        }
        if exchange.status == 405 && !exchange.headers.contains_key("allow") {
            wrong.push("the answer does not say which methods there are".to_owned());
        }
        wrong.extend(self.body(exchange, "application/problem+json", Some(&json!({ "$ref": PROBLEM }))));
        wrong
    }

    fn response(&self, exchange: &Exchange<'_>, response: &Value) -> Vec<String> {
        let mut wrong = self.headers(exchange, response);
        let content = response.get("content").and_then(Value::as_object);
        let given = exchange.headers.get("content-type").map(String::as_str).unwrap_or_default();
        let kind = given.split(';').next().unwrap_or_default();
        let documented = content.and_then(|content| content.get(kind).or_else(|| content.get("*/*")));
        match (content, documented) {
            (None, _) if exchange.text.is_empty() => {}
            (None, _) => wrong.push("there is a body, and none is documented".to_owned()),
            (Some(_), None) => wrong.push(format!("the media type `{kind}` is not documented")),
            (Some(_), Some(documented)) => wrong.extend(self.body(exchange, kind, documented.get("schema"))),
        }
        wrong
    }

    fn headers(&self, exchange: &Exchange<'_>, response: &Value) -> Vec<String> {
        let documented = response.get("headers").and_then(Value::as_object).cloned().unwrap_or_default();
        let mut wrong = Vec::new();
        for (name, header) in &documented {
            match exchange.headers.get(&name.to_lowercase()) {
                Some(value) => wrong.extend(self.header(name, value, self.resolve(header))),
                None if self.resolve(header).get("required") != Some(&Value::Bool(true)) => {}
                None => wrong.push(format!("the header {name} is required, and is not there")),
            }
        }
        let known = |name: &str| documented.keys().any(|documented| documented.eq_ignore_ascii_case(name));
        let undocumented =
            exchange.headers.keys().filter(|name| !OF_EVERY_ANSWER.contains(&name.as_str()) && !known(name));
        wrong.extend(undocumented.map(|name| format!("the header {name} is not documented")));
        wrong
    }

    fn header(&self, name: &str, text: &str, header: &Value) -> Option<String> {
        let schema = header.get("schema")?;
        let number = schema.get("type").is_some_and(|kind| kind == "integer");
        let value = if number { serde_json::from_str(text).unwrap_or(Value::Null) } else { json!(text) };
        let wrong = self.errors(schema, &value);
        (!wrong.is_empty()).then(|| format!("the header {name}: {}", wrong.join("; ")))
    }

    fn body(&self, exchange: &Exchange<'_>, kind: &str, schema: Option<&Value>) -> Vec<String> {
        // There is no body in an answer to HEAD.
        let Some(schema) = schema.filter(|_| exchange.method != "HEAD") else { return Vec::new() };
        let given = exchange.headers.get("content-type").map(String::as_str).unwrap_or_default();
        if !given.starts_with(kind) {
            return vec![format!("the media type is `{given}` and not `{kind}`")];
        }
        match serde_json::from_str(exchange.text) {
            Ok(value) => self.errors(schema, &value),
            Err(error) => vec![format!("the body is no JSON: {error}")],
        }
    }

    /// What is wrong with a value by a schema of the document.
    fn errors(&self, schema: &Value, value: &Value) -> Vec<String> {
        let validator = match self.validator(schema) {
            Ok(validator) => validator,
            Err(error) => return vec![format!("{schema}: {error:#}")],
        };
        validator
            .iter_errors(value)
            .map(|error| format!("{}: {error} ({})", error.instance_path(), error.schema_path()))
            .collect()
    }

    fn validator(&self, schema: &Value) -> anyhow::Result<Arc<Validator>> {
        let text = schema.to_string();
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = validators.get(&text) {
            return Ok(known.clone());
        }
        let mut root = schema.clone();
        // The schema `true` refers to nothing.
        if let Some(root) = root.as_object_mut() {
            root.insert(
                "components".to_owned(),
                json!({ "schemas": self.document["components"]["schemas"] }),
            );
        }
        let made = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&root)
            .map_err(|error| anyhow::anyhow!("the schema does not compile: {error}"))?;
        let made = Arc::new(made);
        validators.insert(text, made.clone());
        Ok(made)
    }

    /// What a reference refers to; what is none is itself.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let reference = value.get("$ref").and_then(Value::as_str).and_then(|at| at.strip_prefix('#'));
        reference.and_then(|at| self.document.pointer(at)).unwrap_or(value)
    }

    /// The methods at an address. Of two descriptions that fit, the one with more fixed parts is meant.
    fn find(&self, path: &str) -> Option<&Value> {
        let paths = self.document.get("paths")?.as_object()?;
        let fitting = paths.iter().filter(|(template, _)| fits(template, path));
        let fixed = |template: &str| template.split('/').filter(|part| !part.starts_with('{')).count();
        fitting.max_by_key(|(template, _)| fixed(template)).map(|(_, methods)| methods)
    }
}

const PROBLEM: &str = "#/components/schemas/Problem";

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let same = |(wanted, found): (&&str, &&str)| {
        if wanted.starts_with('{') { !found.is_empty() } else { wanted == found }
    };
    template.len() == path.len() && template.iter().zip(&path).all(same)
}

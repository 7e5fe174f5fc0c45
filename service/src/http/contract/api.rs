//! The operations, put together once when the service starts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use anyhow::Context as _;
use serde_json::{Map, Value, json};

use super::paths::{Parts, problem_responses};
use super::router::{Methods, Router, Values};
use redress_shared::schema::Schemas;

use super::schemas::{Parameter, given, parameters, referred};
use super::variants::name_variants;
use super::{Operation, document, table};
use crate::http::request::Checker;
use crate::problem::Details;
use crate::webhooks::payload::Payload;

/// An operation with what checks its requests.
pub struct Served {
    /// The operation.
    pub operation: Operation,
    /// The parameters in its address.
    pub path: Vec<Parameter>,
    /// The parameters of its query.
    pub query: Vec<Parameter>,
    /// What its address is held against.
    pub path_checker: Checker,
    /// What its query is held against.
    pub query_checker: Checker,
    /// What its body is held against.
    pub body_checker: Option<Checker>,
}

/// Everything that is served, and the document that says so.
pub struct Api {
    /// The operations, in the order of the table.
    pub served: Vec<Served>,
    router: Router,
    /// The OpenAPI document.
    pub document: Value,
}

/// An operation's schemas as they were collected.
struct Raw {
    path: Value,
    query: Value,
    body: Option<Value>,
    answers: Vec<Option<Value>>,
}

/// An operation's schemas as they are used.
struct Made {
    only_in_addresses: Vec<String>,
    path: Vec<Parameter>,
    query: Vec<Parameter>,
    body: Option<Value>,
    answers: Vec<Option<Value>>,
}

impl Api {
    /// The table, put together once however many services a process runs: nothing in it depends on any of them.
    ///
    /// # Errors
    /// When an operation is there twice, its address and its parameters do not agree, or a schema does not compile.
    pub fn shared() -> anyhow::Result<&'static Self> {
        static SHARED: LazyLock<Result<Api, String>> =
            LazyLock::new(|| Api::of(table::operations()).map_err(|error| format!("{error:#}")));
        SHARED.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
    }

    fn of(operations: Vec<Operation>) -> anyhow::Result<Self> {
        let mut schemas = Schemas::at("/components/schemas");
        given::<Details>()(&mut schemas);
        let payload = given::<Payload>()(&mut schemas).to_value();
        let raw: Vec<Raw> = operations.iter().map(|operation| collect(operation, &mut schemas)).collect();
        let mut components = schemas.into_definitions();
        name_variants(&mut components);
        let made: Vec<Made> = raw.into_iter().map(|raw| finish(raw, &components)).collect();
        // What an address takes stands at the operation, parameter by parameter.
        for name in made.iter().flat_map(|made| &made.only_in_addresses) {
            components.remove(name);
        }
        let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
        let mut router = Router::default();
        for (number, (operation, made)) in operations.iter().zip(&made).enumerate() {
            router.add(operation.method, &operation.path, number)?;
            let parts = Parts {
                operation,
                path: &made.path,
                query: &made.query,
                body: made.body.as_ref(),
                answers: &made.answers,
            };
            let methods = paths.entry(operation.path.to_string()).or_default();
            methods.insert(operation.method.as_str().to_lowercase(), parts.document());
        }
        let paths = paths.into_iter().map(|(path, methods)| (path, Value::Object(methods))).collect();
        let shared = components.clone();
        let document = document::document(paths, components, problem_responses(operations.iter()), &payload);
        let served = operations
            .into_iter()
            .zip(made)
            .map(|(operation, made)| serve(operation, made, &shared))
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { served, router, document })
    }

    /// What is served at a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<(&Methods, Values)> {
        self.router.find(path)
    }
}

fn collect(operation: &Operation, schemas: &mut Schemas) -> Raw {
    Raw {
        path: (operation.path_schema)(schemas).to_value(),
        query: (operation.query_schema)(schemas).to_value(),
        body: operation.body.as_ref().map(|body| body(schemas).to_value()),
        answers: operation
            .answers
            .iter()
            .map(|answer| answer.schema.as_ref().map(|schema| schema(schemas).to_value()))
            .collect(),
    }
}

fn finish(raw: Raw, components: &Map<String, Value>) -> Made {
    let names = [&raw.path, &raw.query].into_iter().filter_map(referred);
    Made {
        only_in_addresses: names.map(str::to_owned).collect(),
        path: parameters(&raw.path, components),
        query: parameters(&raw.query, components),
        body: raw.body,
        answers: raw.answers,
    }
}

fn serve(operation: Operation, made: Made, components: &Map<String, Value>) -> anyhow::Result<Served> {
    let mut named: Vec<&str> = operation
        .path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        .collect();
    let mut given: Vec<&str> = made.path.iter().map(|parameter| parameter.name.as_str()).collect();
    named.sort_unstable();
    given.sort_unstable();
    anyhow::ensure!(named == given, "{} names {named:?}, and its handler takes {given:?}", operation.path);
    let check = |schema: &Value| {
        Checker::new(schema, &reachable(schema, components))
            .map_err(anyhow::Error::msg)
            .with_context(|| operation.id.clone())
    };
    Ok(Served {
        path_checker: check(&object_of(&made.path))?,
        query_checker: check(&object_of(&made.query))?,
        body_checker: made.body.as_ref().map(check).transpose()?,
        path: made.path,
        query: made.query,
        operation,
    })
}

/// The components that a schema refers to, directly or not: a schema compiles faster without the others.
fn reachable(schema: &Value, components: &Map<String, Value>) -> Value {
    let mut found = Map::new();
    let mut waiting = Vec::new();
    references(schema, &mut waiting);
    while let Some(name) = waiting.pop() {
        if let Some(component) = components.get(&name)
            && found.insert(name, component.clone()).is_none()
        {
            references(component, &mut waiting);
        }
    }
    Value::Object(found)
}

/// The names that a schema refers to.
pub(super) fn references(schema: &Value, names: &mut Vec<String>) {
    names.extend(referred(schema).map(str::to_owned));
    match schema {
        Value::Object(members) => members.values().for_each(|member| references(member, names)),
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        _ => {}
    }
}

/// The schema of all parameters together.
fn object_of(parameters: &[Parameter]) -> Value {
    let properties: Map<String, Value> =
        parameters.iter().map(|parameter| (parameter.name.clone(), parameter.schema.clone())).collect();
    let required: Vec<&str> = parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(|parameter| parameter.name.as_str())
        .collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

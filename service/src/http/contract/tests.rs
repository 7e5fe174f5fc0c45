//! The contract as a whole: what is published, what is checked, and that they are one.

use std::collections::BTreeSet;
use std::path::Path;

use redress_shared::case::Command;
use serde_json::{Value, json};

use super::{Access, Api, Method, Served};

fn api() -> &'static Api {
    Api::shared().unwrap()
}

/// Written with `UPDATE_OPENAPI=1`; a change of the API is seen in the change of this file.
#[test]
fn the_document_in_the_repository_is_the_one_that_is_served() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let served = format!("{}\n", serde_json::to_string_pretty(&api().document).unwrap());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(&path, &served).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == served,
        "the API has changed: run this test with UPDATE_OPENAPI=1 and look at what it changes"
    );
}

/// Every operation is in the document once, under its method and address, and nothing else is.
#[test]
fn what_is_served_is_what_is_published() {
    let api = api();
    let paths = api.document["paths"].as_object().unwrap();
    let published: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(move |method| (path.clone(), method.to_uppercase()))
        })
        .collect();
    let served: BTreeSet<(String, String)> = api
        .served
        .iter()
        .map(|served| (served.operation.path.to_string(), served.operation.method.as_str().to_owned()))
        .collect();
    assert_eq!(published, served);
    assert_eq!(served.len(), api.served.len());
    for served in &api.served {
        let path = served.operation.path.replace(['{', '}'], "x");
        let (methods, _) = api.find(&path).unwrap();
        assert!(methods.contains_key(&served.operation.method), "{path}");
    }
}

#[test]
fn every_command_has_an_address_of_its_own() {
    let api = api();
    for verb in Command::VERBS.iter().filter(|verb| **verb != "receive") {
        let path = format!("/v1/cases/x/{verb}");
        let (methods, values) = api.find(&path).unwrap();
        assert_eq!(methods.keys().collect::<Vec<_>>(), [&Method::Post], "{path}");
        assert_eq!(values, [("case".to_owned(), "x".to_owned())]);
    }
}

/// The documentation's examples are what it says a body is.
#[test]
fn every_example_is_accepted() {
    for Served { operation, body_checker, .. } in &api().served {
        if let Some(checker) = body_checker
            && let Some(example) = &operation.example
        {
            assert_eq!(checker.errors(example), [], "{}", operation.id);
        }
    }
}

/// Every reference leads somewhere, and everything that is named is referred to.
#[test]
fn references_and_schemas_are_the_same_set() {
    let document = &api().document;
    let mut referred = BTreeSet::new();
    gather(document, &mut referred);
    let named: BTreeSet<String> =
        document["components"]["schemas"].as_object().unwrap().keys().cloned().collect();
    let dangling: Vec<_> = referred.difference(&named).collect();
    assert!(dangling.is_empty(), "{dangling:?} are not there");
    let idle: Vec<_> = named.difference(&referred).collect();
    assert!(idle.is_empty(), "{idle:?} are not referred to");
}

fn gather(value: &Value, referred: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let at = members.get("$ref").and_then(Value::as_str);
            referred.extend(at.and_then(|at| at.strip_prefix("#/components/schemas/")).map(str::to_owned));
            members.values().for_each(|member| gather(member, referred));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, referred)),
        _ => {}
    }
}

/// What a reader of the documentation is owed.
#[test]
fn every_operation_says_what_it_does_and_who_may() {
    let mut ids = BTreeSet::new();
    for Served { operation, .. } in &api().served {
        assert!(ids.insert(operation.id.clone()), "{} is there twice", operation.id);
        assert!(!operation.summary.is_empty() && !operation.summary.ends_with('.'), "{}", operation.id);
        assert!(!operation.answers.is_empty(), "{}", operation.id);
        let public = operation.access == Access::Public;
        assert_eq!(public, !operation.path.starts_with("/v1/"), "{}", operation.path);
        if operation.method != Method::Get {
            assert!(matches!(operation.access, Access::With(_)), "{}", operation.id);
        }
    }
}

#[test]
fn a_body_is_held_against_the_schema_of_its_command() {
    let api = api();
    let close = api.served.iter().find(|served| served.operation.id == "close").unwrap();
    let errors = close.body_checker.as_ref().unwrap().errors(&json!({
        "occurred_at": "yesterday", "actor": " ", "content": { "reason": "boredom", "wrong": 1 },
    }));
    let pointers: BTreeSet<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
    let wanted = ["/actor", "/content/reason", "/content/wrong", "/occurred_at"];
    assert_eq!(pointers, wanted.into(), "{errors:?}");
}

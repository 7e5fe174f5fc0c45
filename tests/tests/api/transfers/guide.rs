//! The guide from CRMs to Redress names what there is.

use serde_json::Value;

const GUIDE: &str = include_str!("../../../../service/mappings/README.md");
const CONTRACT: &str = include_str!("../../../../service/openapi.json");

/// What a schema refers to in the end, and every choice that it leaves.
fn resolved<'a>(contract: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        return resolved(contract, contract.pointer(reference.trim_start_matches('#')).unwrap());
    }
    let choices =
        ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|word| schema[word].as_array()).flatten();
    let below = choices.flat_map(|choice| resolved(contract, choice));
    let items = schema.get("items").into_iter().flat_map(|items| resolved(contract, items));
    std::iter::once(schema).chain(below).chain(items).collect()
}

/// Whether a schema has a field, by its way: `content.about`.
fn has(contract: &Value, schema: &Value, way: &str) -> bool {
    let (name, rest) = way.split_once('.').map_or((way, None), |(name, rest)| (name, Some(rest)));
    resolved(contract, schema).into_iter().any(|schema| {
        let below = schema["properties"].get(name);
        below.is_some_and(|below| rest.is_none_or(|rest| has(contract, below, rest)))
    })
}

fn body<'a>(contract: &'a Value, path: &str, method: &str) -> &'a Value {
    let schema = &contract["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
    assert!(!schema.is_null(), "{method} {path}");
    schema
}

/// Whether there is such an address: `GET /v1/references/crm/{CaseNumber}`.
fn is_address(contract: &Value, method: &str, path: &str) -> bool {
    let same = |known: &str| {
        let (known, given): (Vec<&str>, Vec<&str>) = (known.split('/').collect(), path.split('/').collect());
        known.len() == given.len()
            && known.iter().zip(given).all(|(known, given)| known.starts_with('{') || *known == given)
    };
    let paths = contract["paths"].as_object().unwrap();
    paths.iter().any(|(known, methods)| same(known) && methods.get(method.to_lowercase()).is_some())
}

/// What stands in backticks, each with what follows it.
fn quoted(text: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = text.split('`').collect();
    (1..parts.len())
        .step_by(2)
        .map(|at| (parts[at], parts.get(at + 1).copied().unwrap_or_default()))
        .collect()
}

#[test]
fn every_command_field_and_address_of_the_guide_exists() {
    let contract: Value = serde_json::from_str(CONTRACT).unwrap();
    let receive = body(&contract, "/v1/references/{system}/{value}", "put");
    let command = |verb: &str| format!("/v1/cases/{{case}}/{verb}");
    let is_command = |verb: &str| contract["paths"].get(command(verb)).is_some();
    let is_field_of_case =
        |name: &str| contract["components"]["schemas"]["CaseView"]["properties"].get(name).is_some();
    let mut fields = 0;
    for row in GUIDE.lines().filter(|line| {
        line.starts_with("| ") && line.matches(" | ").count() == 2 && !line.contains(".example.")
    }) {
        let live = row.rsplit(" | ").next().unwrap();
        let said = quoted(live);
        for (at, (word, after)) in said.iter().enumerate() {
            let there = match (word.split_once(' '), after.trim()) {
                (Some((method, path)), _) => is_address(&contract, method, path),
                (_, "of") => {
                    fields += 1;
                    let (verb, _) = said[at + 1];
                    has(&contract, body(&contract, &command(verb), "post"), &format!("content.{word}"))
                }
                _ if word.starts_with("content.") || *word == "occurred_at" => {
                    fields += 1;
                    has(&contract, receive, word)
                }
                _ if word.starts_with('/') => {
                    is_address(&contract, "GET", &command(word.trim_start_matches('/')))
                }
                _ => {
                    let of_receive = ["content", "kind", "service-request"].contains(word);
                    is_command(word) || is_field_of_case(word) || of_receive
                }
            };
            assert!(there, "`{word}` in: {row}");
        }
    }
    assert!(fields > 15, "{fields}");
    assert!(!has(&contract, body(&contract, &command("accept"), "post"), "content.handler"));
}

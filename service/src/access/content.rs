//! What in a command's content wants a scope of its own, as data: verb and JSON pointer, in which `*` is every item of a list.

use serde_json::Value;

use super::scope::Scope;

/// A part of a command's content that not everybody who may give the command may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The command.
    pub verb: &'static str,
    /// Where in its content.
    pub pointer: &'static str,
    /// What it takes to send it.
    pub scope: Scope,
}

const fn approval(verb: &'static str, pointer: &'static str) -> Part {
    Part { verb, pointer, scope: Scope::CasesApprove }
}

const fn special(verb: &'static str, pointer: &'static str) -> Part {
    Part { verb, pointer, scope: Scope::SpecialCategory }
}

/// Every such part: who approved or reviewed something, and special-category words.
pub const PARTS: &[Part] = &[
    approval("refuse", "/approved_by"),
    approval("refuse-escalation", "/approved_by"),
    approval("restrict-contact", "/approved_by"),
    approval("review-response", "/reviewer"),
    special("receive", "/residents/*/adjustments"),
    special("receive", "/residents/*/vulnerabilities"),
    special("receive", "/residents/*/disabilities"),
    special("receive", "/residents/*/ethnicity"),
    special("correct-resident", "/adjustments"),
    special("correct-resident", "/vulnerabilities"),
    special("correct-resident", "/disabilities"),
    special("correct-resident", "/ethnicity"),
];

/// What a content has in it that wants a scope: the scope, and the pointer of the first thing that does.
pub fn wanted<'a>(verb: &'a str, content: &'a Value) -> impl Iterator<Item = (Scope, String)> + 'a {
    PARTS
        .iter()
        .filter(move |part| part.verb == verb)
        .filter_map(|part| Some((part.scope, said(content, part.pointer, String::new())?)))
}

/// The pointer of the first thing there that says anything: neither null nor an empty list.
fn said(value: &Value, pointer: &str, at: String) -> Option<String> {
    let Some(rest) = pointer.strip_prefix('/') else {
        let nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        return (!nothing).then_some(at);
    };
    let end = rest.find('/').unwrap_or(rest.len());
    let (step, rest) = rest.split_at(end);
    if step != "*" {
        return said(value.get(step)?, rest, format!("{at}/{step}"));
    }
    let items = value.as_array()?.iter().enumerate();
    items.filter_map(|(index, item)| said(item, rest, format!("{at}/{index}"))).next()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use redress_shared::case::Command;
    use redress_shared::schema::Schemas;
    use serde_json::{Map, Value, json};

    use super::{PARTS, Scope, wanted};

    fn check(verb: &str, content: Value, expected: &[(Scope, &str)]) {
        let found: Vec<_> = wanted(verb, &content).collect();
        let expected: Vec<_> = expected.iter().map(|(scope, at)| (*scope, (*at).to_owned())).collect();
        assert_eq!(found, expected, "{verb} {content}");
    }

    #[test]
    fn what_says_nothing_wants_nothing() {
        let approver = json!({ "id": "dora", "role": "director" });
        check("refuse", json!({ "approved_by": approver }), &[(Scope::CasesApprove, "/approved_by")]);
        check("refuse", json!({ "approved_by": null }), &[]);
        check("refuse", json!({}), &[]);
        check("accept", json!({ "approved_by": approver }), &[]);
        check("receive", json!({ "residents": [{ "adjustments": [] }, { "ethnicity": null }] }), &[]);
        check("receive", json!({ "residents": "nobody" }), &[]);
        check(
            "receive",
            json!({ "residents": [{}, { "disabilities": ["deaf"] }, { "disabilities": ["blind"] }] }),
            &[(Scope::SpecialCategory, "/residents/1/disabilities")],
        );
    }

    /// Everything in a schema that refers to a definition of this name, as pointers.
    fn places(definitions: &Map<String, Value>, schema: &Value, name: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        gather(definitions, schema, name, "", &mut found);
        found
    }

    fn gather(
        definitions: &Map<String, Value>,
        schema: &Value,
        name: &str,
        at: &str,
        found: &mut BTreeSet<String>,
    ) {
        if let Some(referred) = schema.get("$ref").and_then(Value::as_str) {
            let referred = referred.rsplit('/').next().unwrap();
            if referred == name {
                found.insert(at.trim_end_matches("/*").to_owned());
                return;
            }
            gather(definitions, &definitions[referred], name, at, found);
        }
        for (property, below) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            gather(definitions, below, name, &format!("{at}/{property}"), found);
        }
        for choices in ["anyOf", "oneOf", "allOf"] {
            for choice in schema.get(choices).and_then(Value::as_array).into_iter().flatten() {
                gather(definitions, choice, name, at, found);
            }
        }
        if let Some(items) = schema.get("items") {
            gather(definitions, items, name, &format!("{at}/*"), found);
        }
    }

    fn everywhere(name: &str) -> BTreeSet<(&'static str, String)> {
        let mut schemas = Schemas::at("/components/schemas");
        let contents: Vec<(&str, Value)> =
            Command::VERBS.iter().map(|verb| (*verb, schemas.content(verb).unwrap().to_value())).collect();
        let definitions = schemas.into_definitions();
        assert!(definitions.contains_key(name), "{name} is a definition");
        contents
            .iter()
            .flat_map(|(verb, schema)| {
                places(&definitions, schema, name).into_iter().map(|pointer| (*verb, pointer))
            })
            .collect()
    }

    fn listed(scope: Scope) -> BTreeSet<(&'static str, String)> {
        let of_scope = PARTS.iter().filter(|part| part.scope == scope);
        of_scope.map(|part| (part.verb, part.pointer.to_owned())).collect()
    }

    #[test]
    fn all_special_category_words_are_listed() {
        assert_eq!(listed(Scope::SpecialCategory), everywhere("SpecialText"));
    }

    /// Wherever a command names a member of staff, that is somebody who approves, or one of these, who do the work.
    #[test]
    fn all_who_approve_are_listed() {
        let workers = [
            ("acknowledge", "/handler"),
            ("assign", "/handler"),
            ("assign", "/members"),
            ("review-stage-one", "/handler"),
        ];
        let workers: BTreeSet<_> = workers.map(|(verb, pointer)| (verb, pointer.to_owned())).into();
        let approvals = listed(Scope::CasesApprove);
        assert!(approvals.is_disjoint(&workers));
        assert_eq!(approvals.union(&workers).cloned().collect::<BTreeSet<_>>(), everywhere("Staff"));
    }
}

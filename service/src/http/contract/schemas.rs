//! The schemas that operations refer to, collected under the names of their types.
//!
//! What comes in and what goes out are told apart: of a field with a default, a reader says that it may be missing, a writer that
//! it is there. A type whose two schemas differ is published twice, the one that goes out under a name of its own.

use std::collections::BTreeSet;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::answer::SchemaOf;

const PREFIX: &str = "#/components/schemas/";
/// What the name of a type ends in where what goes out differs from what comes in.
const GOES_OUT: &str = "Shown";

/// A parameter of a path or a query.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it may be; never null, since nothing in an address is.
    pub schema: Value,
    /// Whether it must be there.
    pub required: bool,
}

impl Parameter {
    /// The JSON type that its text is read as.
    #[must_use]
    pub fn kind(&self) -> &str {
        kind_of(&self.schema)
    }

    /// The JSON type of its items, where it is a list.
    #[must_use]
    pub fn item_kind(&self) -> &str {
        self.schema.get("items").map_or("string", kind_of)
    }
}

fn kind_of(schema: &Value) -> &str {
    schema.get("type").and_then(Value::as_str).unwrap_or("string")
}

/// Collects schemas.
pub struct Schemas {
    coming_in: SchemaGenerator,
    going_out: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Self {
            coming_in: settings().for_deserialize().into_generator(),
            going_out: settings().for_serialize().into_generator(),
        }
    }
}

impl Schemas {
    /// The schema of what is read.
    pub fn read(&mut self, schema: &SchemaOf) -> Value {
        schema(&mut self.coming_in).to_value()
    }

    /// The schema of what is written; its references are to be renamed by [`Self::finish`].
    pub fn written(&mut self, schema: &SchemaOf) -> Value {
        schema(&mut self.going_out).to_value()
    }

    /// The parameters that a type's fields are.
    pub fn parameters(&mut self, schema: &SchemaOf) -> Vec<Parameter> {
        let root = schema(&mut self.coming_in).to_value();
        let whole = self.resolve(&root);
        let required = whole.get("required").cloned().unwrap_or_default();
        let required: Vec<&str> =
            required.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = whole.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        properties
            .into_iter()
            .map(|(name, schema)| Parameter {
                required: required.contains(&name.as_str()),
                schema: self.not_null(schema),
                name,
            })
            .collect()
    }

    fn resolve(&self, schema: &Value) -> Value {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|at| at.strip_prefix(PREFIX));
        name.and_then(|name| self.coming_in.definitions().get(name)).unwrap_or(schema).clone()
    }

    /// A field's schema without the null that an optional field may also be. References are followed: a parameter's type must be plain.
    fn not_null(&self, mut schema: Value) -> Value {
        let Some(object) = schema.as_object_mut() else { return schema };
        object.remove("default");
        if let Some(Value::Array(kinds)) = object.get_mut("type") {
            kinds.retain(|kind| kind != "null");
            if let [only] = kinds.as_slice() {
                let only = only.clone();
                object.insert("type".to_owned(), only);
            }
        }
        let branches = object.get("anyOf").and_then(Value::as_array).cloned().unwrap_or_default();
        let rest: Vec<&Value> = branches.iter().filter(|branch| branch["type"] != "null").collect();
        let inner = match (rest.as_slice(), object.get("$ref")) {
            ([only], _) if branches.len() == 2 => Some((*only).clone()),
            (_, Some(_)) => Some(json!({ "$ref": object["$ref"] })),
            _ => None,
        };
        let Some(inner) = inner else { return schema };
        let description = object.get("description").cloned();
        let mut inner = self.resolve(&inner);
        if let (Some(object), Some(description)) = (inner.as_object_mut(), description) {
            object.insert("description".to_owned(), description);
        }
        inner
    }

    /// The schemas by name, and the names that those that go out got where they differ from those that come in.
    pub fn finish(mut self) -> (Map<String, Value>, BTreeSet<String>) {
        let mut all = self.coming_in.take_definitions(true);
        let mut out = self.going_out.take_definitions(true);
        let differing = differing(&all, &out);
        for (name, schema) in &mut out {
            rename(schema, &differing);
            let name = if differing.contains(name) { format!("{name}{GOES_OUT}") } else { name.clone() };
            all.entry(name).or_insert_with(|| schema.clone());
        }
        // `Nothing` says that there is nothing, and is not referred to.
        all.remove("Nothing");
        (all, differing)
    }
}

/// The types whose two schemas differ, or refer to one that does.
fn differing(coming_in: &Map<String, Value>, going_out: &Map<String, Value>) -> BTreeSet<String> {
    let both = |name: &&String| coming_in.contains_key(*name);
    let mut names: BTreeSet<String> = going_out
        .keys()
        .filter(both)
        .filter(|name| coming_in.get(*name) != going_out.get(*name))
        .cloned()
        .collect();
    loop {
        let more: Vec<String> = going_out
            .iter()
            .filter(|(name, schema)| {
                coming_in.contains_key(*name) && !names.contains(*name) && refers_to(schema, &names)
            })
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            return names;
        }
        names.extend(more);
    }
}

fn refers_to(schema: &Value, names: &BTreeSet<String>) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(key, value)| {
            let name = value.as_str().filter(|_| key == "$ref").and_then(|at| at.strip_prefix(PREFIX));
            name.is_some_and(|name| names.contains(name)) || refers_to(value, names)
        }),
        Value::Array(items) => items.iter().any(|item| refers_to(item, names)),
        _ => false,
    }
}

/// Makes the references of what goes out point to the names that it got.
pub fn rename(schema: &mut Value, differing: &BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                let name = value.as_str().filter(|_| key == "$ref").and_then(|at| at.strip_prefix(PREFIX));
                match name.filter(|name| differing.contains(*name)) {
                    Some(name) => *value = Value::String(format!("{PREFIX}{name}{GOES_OUT}")),
                    None => rename(value, differing),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, differing)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::super::answer::schema_of;
    use super::Schemas;

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Both {
        #[serde(default)]
        inner: Inner,
    }

    #[derive(Default, Serialize, Deserialize, JsonSchema)]
    struct Inner {
        #[serde(default)]
        number: u32,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Same {
        name: String,
    }

    #[test]
    fn what_differs_is_published_twice_and_what_does_not_once() {
        let mut schemas = Schemas::default();
        assert_eq!(schemas.read(&schema_of::<Both>()), json!({ "$ref": "#/components/schemas/Both" }));
        schemas.read(&schema_of::<Same>());
        schemas.written(&schema_of::<Both>());
        schemas.written(&schema_of::<Same>());
        let (all, differing) = schemas.finish();
        let names: Vec<&str> = all.keys().map(String::as_str).collect();
        assert_eq!(names, ["Both", "BothShown", "Inner", "InnerShown", "Same"]);
        assert_eq!(
            all["BothShown"]["properties"]["inner"]["$ref"],
            "#/components/schemas/InnerShown",
            "{differing:?}"
        );
    }

    #[derive(Deserialize, JsonSchema)]
    #[allow(dead_code, reason = "its schema is what is looked at")]
    struct Asked {
        /// How many.
        limit: Option<u32>,
        name: String,
    }

    #[test]
    fn a_parameter_is_never_null() {
        let parameters = Schemas::default().parameters(&schema_of::<Asked>());
        let limit = &parameters[0];
        assert_eq!((limit.name.as_str(), limit.kind(), limit.required), ("limit", "integer", false));
        assert_eq!(limit.schema["description"], "How many.");
        assert!(parameters[1].required);
    }
}

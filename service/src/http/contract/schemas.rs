//! The parameters of paths and queries, from the schemas of the types that they are read into.

use redress_shared::schema::Schemas;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};
use std::sync::Arc;

/// How a schema is made; what it refers to is kept among the schemas.
pub type SchemaOf = Arc<dyn Fn(&mut Schemas) -> Schema + Send + Sync>;

/// The schema of a type as it is taken.
#[must_use]
pub fn taken<T: JsonSchema + 'static>() -> SchemaOf {
    Arc::new(|schemas| schemas.taken::<T>())
}

/// The schema of a type as it is given.
#[must_use]
pub fn given<T: JsonSchema + 'static>() -> SchemaOf {
    Arc::new(|schemas| schemas.given::<T>())
}

const PREFIX: &str = "#/components/schemas/";

/// A parameter of a path or a query.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it may be; never null, since nothing in an address is.
    pub schema: Value,
    /// The JSON type that its text is read as.
    pub kind: String,
    /// The JSON type of its items, where it is a list.
    pub item_kind: String,
    /// Whether it must be there.
    pub required: bool,
}

/// The parameters that the fields of a type are.
#[must_use]
pub fn parameters(whole: &Value, definitions: &Map<String, Value>) -> Vec<Parameter> {
    let whole = resolve(whole, definitions);
    let required = whole.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.into_iter().flatten().any(|required| required == name);
    let properties = whole.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties
        .map(|(name, schema)| {
            let schema = not_null(schema.clone());
            let plain = resolve(&schema, definitions);
            Parameter {
                required: is_required(name),
                kind: kind_of(plain),
                item_kind: plain
                    .get("items")
                    .map_or_else(String::new, |items| kind_of(resolve(items, definitions))),
                name: name.clone(),
                schema,
            }
        })
        .collect()
}

/// How a schema refers to the definition of that name.
#[must_use]
pub fn at(name: &str) -> String {
    format!("{PREFIX}{name}")
}

/// The name of the definition that a schema refers to.
#[must_use]
pub fn referred(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(PREFIX)
}

fn resolve<'a>(schema: &'a Value, definitions: &'a Map<String, Value>) -> &'a Value {
    referred(schema).and_then(|name| definitions.get(name)).unwrap_or(schema)
}

fn kind_of(schema: &Value) -> String {
    schema.get("type").and_then(Value::as_str).unwrap_or("string").to_owned()
}

/// A field's schema without the null that an optional field may also be.
fn not_null(mut schema: Value) -> Value {
    let Some(object) = schema.as_object_mut() else { return schema };
    object.remove("default");
    for words in ["type", "enum"] {
        if let Some(Value::Array(all)) = object.get_mut(words) {
            all.retain(|word| word != "null" && !word.is_null());
        }
    }
    if let Some([only]) = object.get("type").and_then(Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        object.insert("type".to_owned(), only);
    }
    let branches = object.get("anyOf").and_then(Value::as_array);
    let rest: Vec<Value> =
        branches.into_iter().flatten().filter(|branch| branch["type"] != "null").cloned().collect();
    if let ([Value::Object(only)], Some(2)) = (rest.as_slice(), branches.map(Vec::len)) {
        object.remove("anyOf");
        let more = only.clone();
        object.extend(more);
    }
    schema
}

#[cfg(test)]
mod tests {
    use redress_shared::case::words::Phase;
    use redress_shared::schema::Schemas;
    use schemars::JsonSchema;
    use serde_json::json;

    use super::parameters;

    #[derive(JsonSchema)]
    #[allow(dead_code, reason = "its schema is what is looked at")]
    struct Asked {
        /// How many.
        limit: Option<u32>,
        name: String,
        /// Where it stands.
        phase: Option<Phase>,
    }

    #[test]
    fn a_parameter_is_never_null() {
        let mut schemas = Schemas::at("/components/schemas");
        let whole = schemas.taken::<Asked>().to_value();
        let definitions = schemas.into_definitions();
        let parameters = parameters(&whole, &definitions);
        let [limit, name, phase] = parameters.as_slice() else { panic!("{parameters:?}") };
        assert_eq!((limit.name.as_str(), limit.kind.as_str(), limit.required), ("limit", "integer", false));
        assert_eq!(limit.schema["description"], "How many.");
        assert!(name.required);
        assert_eq!(
            phase.schema,
            json!({ "description": "Where it stands.", "$ref": "#/components/schemas/Phase" })
        );
    }
}

//! The JSON Schema of a profile, generated from its types, and the check of a file against a schema.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::Profile;
use crate::schema::{plain_enum, without_default, without_null};

/// The JSON Schema of a profile, as editors can use it; `shared/policies/profile.schema.json` is the same.
///
/// ```
/// let schema = redress_shared::policy::profile_schema();
/// assert_eq!(schema["title"], "Profile");
/// // Every closed list of words is an `enum`, so that an editor can offer them.
/// assert_eq!(schema["$defs"]["Says"]["enum"][0], "meets");
/// ```
#[must_use]
pub fn profile_schema() -> Value {
    schema_of::<Profile>()
}

/// The schema of a type as its file is written.
pub(crate) fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .for_deserialize()
        .with_transform(RecursiveTransform(as_toml as fn(&mut Schema)))
        .with_transform(RecursiveTransform(plain_enum as fn(&mut Schema)));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// TOML has no null: what may be absent is left out, so that `X or null` is `X`.
fn as_toml(schema: &mut Schema) {
    if let Some(object) = schema.as_object_mut() {
        without_null(object);
        without_default(object);
    }
}

/// Follows `$ref` to where a schema is written.
pub(crate) fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

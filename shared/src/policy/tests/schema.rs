//! The schema file that editors use is the one that files are held against.

use crate::policy::profile_schema;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/policies/profile.schema.json");

#[test]
fn the_schema_file_is_what_the_types_say() {
    let generated = format!("{}\n", serde_json::to_string_pretty(&profile_schema()).unwrap());
    if std::env::var_os("UPDATE_PROFILE_SCHEMA").is_some() {
        std::fs::write(FILE, &generated).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        written == generated,
        "{FILE} is out of step with the types: run `UPDATE_PROFILE_SCHEMA=1 cargo test -p redress-shared schema` and review \
         what changed"
    );
}

#[test]
fn every_list_of_words_can_be_listed() {
    let schema = profile_schema();
    let definitions = schema["$defs"].as_object().unwrap();
    assert!(definitions.values().all(|definition| definition.get("oneOf").is_none()));
    assert_eq!(schema["$defs"]["Convention"]["enum"], serde_json::json!(["after", "inclusive", "rolled"]));
}

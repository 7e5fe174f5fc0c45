//! One document holds all of the schemas: each has a name of its own, a description, and formats that everybody knows.

use redress_shared::case::deadline::{Deadline, Standing};
use redress_shared::case::obligation::Obligation;
use redress_shared::case::record::RecordKind;
use redress_shared::case::refusal::{Caution, Refusal};
use redress_shared::case::{Case, Command, Logged};
use redress_shared::code::Code;
use redress_shared::letter::{Letter, Missing};
use redress_shared::policy::{Change, Point, Profile};
use redress_shared::schema::Schemas;
use serde_json::{Map, Value};

/// Everything that goes over the API, in one document, as it is taken and as it is given.
pub fn everything() -> (Map<String, Value>, Map<String, Value>) {
    let mut schemas = Schemas::at("/$defs");
    for verb in Command::VERBS {
        schemas.content(verb).unwrap();
    }
    schemas.given::<Case>();
    schemas.given::<Logged>();
    schemas.given::<Deadline>();
    schemas.given::<Standing>();
    schemas.given::<Obligation>();
    schemas.given::<Caution>();
    schemas.given::<Refusal>();
    schemas.given::<RecordKind>();
    schemas.given::<Letter>();
    schemas.given::<Missing>();
    schemas.given::<Profile>();
    schemas.given::<Point>();
    schemas.given::<Change>();
    schemas.given::<Code>();
    schemas.into_both()
}

#[test]
fn no_two_types_have_the_same_name() {
    let (taken, given) = everything();
    for name in taken.keys().chain(given.keys()) {
        let stem = name.trim_end_matches(|last: char| last.is_ascii_digit());
        assert!(
            stem == name || !taken.contains_key(stem) && !given.contains_key(stem),
            "{name} is a second {stem}"
        );
    }
    let differ: Vec<&String> = taken
        .iter()
        .filter(|(name, schema)| given.get(*name).is_some_and(|other| other != *schema))
        .map(|(name, _)| name)
        .collect();
    // Its job title may be null where it is taken, and never is where it is given.
    assert_eq!(differ, ["Staff"]);
}

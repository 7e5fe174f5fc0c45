//! What comes in.

use redress_shared::case::Command;
use redress_shared::schema::Schemas;

use super::{CONTENTS, expect_valid, read};

#[test]
fn every_command_has_an_example_that_is_taken() {
    for verb in Command::VERBS {
        let example = Command::example(verb).unwrap_or_else(|| panic!("{verb} has no example"));
        expect_valid(&CONTENTS[verb], example);
        let command = read(verb, example).unwrap_or_else(|error| panic!("{verb}: {error}"));
        assert_eq!(command.verb(), *verb);
    }
}

#[test]
fn every_command_is_described() {
    let mut schemas = Schemas::at("/$defs");
    for verb in Command::VERBS {
        let summary = Command::summary(verb).unwrap();
        assert!(summary.ends_with('.') && !summary.starts_with(' '), "{summary}");
        schemas.content(verb).unwrap();
    }
    let definitions = schemas.into_definitions();
    assert_eq!(definitions["Close"]["title"], "close");
    assert_eq!(definitions["Close"]["description"], "The case is closed.");
    assert_eq!(definitions["Close"]["examples"][0]["reason"], "answered");
    assert_eq!((Command::summary("delete"), Command::example("delete")), (None, None));
}

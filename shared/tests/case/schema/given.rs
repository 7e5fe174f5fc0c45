//! What goes out is as its schema says, whatever happens to a case; and the schema names every member of it.

use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::{ProptestConfig, proptest};
use redress_shared::case::deadline::Deadline;
use redress_shared::case::obligation::{Obligation, obligations};
use redress_shared::case::record::RecordRef;
use redress_shared::case::refusal::Refusal;
use redress_shared::case::{Case, CaseId, Caution, Logged, evolve, opened};
use redress_shared::code::{Code, codes};
use redress_shared::letter::{Letter, Words, compose};
use redress_shared::policy::{self, Point, Profile};
use redress_shared::schema::Schemas;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{CONTENTS, expect_valid, validator};
use crate::kit::{POLICIES, Play, lives, rules};

/// The validators of everything that a life gives, in which a member that is not in the schema is an error.
struct Given {
    case: Validator,
    logged: Validator,
    deadline: Validator,
    obligation: Validator,
    caution: Validator,
    refusal: Validator,
    letter: Validator,
}

static GIVEN: LazyLock<Given> = LazyLock::new(|| Given {
    case: closed::<Case>(),
    logged: closed::<Logged>(),
    deadline: closed::<Deadline>(),
    obligation: closed::<Obligation>(),
    caution: closed::<Caution>(),
    refusal: closed::<Refusal>(),
    letter: closed::<Letter>(),
});

fn closed<T: JsonSchema>() -> Validator {
    let mut schemas = Schemas::at("/$defs");
    let schema = schemas.given::<T>();
    let mut definitions = schemas.into_definitions();
    close(&mut definitions);
    validator(schema.to_value(), &definitions)
}

/// Forbids members that are not named. An event's own are forbidden with its tag, which is the event's and not theirs.
fn close(definitions: &mut Map<String, Value>) {
    let variants = definitions.get_mut("Event").and_then(|event| event["oneOf"].as_array_mut());
    let mut tagged = Vec::new();
    for variant in variants.into_iter().flatten() {
        variant["unevaluatedProperties"] = json!(false);
        tagged.push(variant["$ref"].as_str().unwrap().trim_start_matches("#/$defs/").to_owned());
    }
    for (_, definition) in definitions.iter_mut().filter(|(name, _)| !tagged.contains(name)) {
        if definition.get("properties").is_some() {
            definition["additionalProperties"] = json!(false);
        }
    }
}

#[track_caller]
fn expect<T: Serialize>(validator: &Validator, given: &T) {
    expect_valid(validator, &serde_json::to_value(given).unwrap());
}

/// Words for every record.
struct Anything;

impl Words for Anything {
    fn of(&self, _record: RecordRef) -> Option<String> {
        Some(r#"{"name": "somebody"}"#.to_owned())
    }
}

fn expect_letters(play: &Play) {
    let Some((first, rest)) = play.log.split_first() else { return };
    let mut case = opened(CaseId(1), first).unwrap();
    for logged in std::iter::once(first).chain(rest) {
        if logged.sequence > 1 {
            evolve(&mut case, logged);
        }
        for letter in compose(&case, logged, &play.rules, &Anything).into_iter().flatten() {
            expect(&GIVEN.letter, &letter);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_life_gives_what_the_schemas_say(life in lives()) {
        let mut play = life.begin();
        for choice in &life.choices {
            let (at, command) = choice.read(&mut play);
            let content = serde_json::to_value(&command).unwrap();
            if !CONTENTS[command.verb()].is_valid(&content[command.verb()]) {
                continue;
            }
            match play.decide(at, &command) {
                Ok(()) => play.decision.iter().flat_map(|decision| &decision.cautions).for_each(|caution| expect(&GIVEN.caution, caution)),
                Err(refusal) => expect(&GIVEN.refusal, &*refusal),
            }
            let Some(case) = &play.case else { continue };
            expect(&GIVEN.case, case);
            play.deadlines().iter().for_each(|deadline| expect(&GIVEN.deadline, deadline));
            obligations(case, &play.rules).into_iter().flatten().for_each(|owed| expect(&GIVEN.obligation, &owed));
        }
        play.log.iter().for_each(|logged| expect(&GIVEN.logged, logged));
        expect_letters(&play);
    }
}

#[test]
fn policies_and_editions_are_as_their_schemas_say() {
    let (profile, point, edition) = (closed::<Profile>(), closed::<Point>(), closed::<Code>());
    let codes = codes().unwrap();
    for code in codes {
        expect(&edition, code);
    }
    for id in POLICIES {
        let rules = rules(id);
        expect(&profile, &rules.profile);
        for code in codes {
            policy::check(&rules.profile, code).iter().for_each(|found| expect(&point, found));
        }
    }
}

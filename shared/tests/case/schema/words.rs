//! Texts, labels, dates and instants: the pattern says what the code does.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use jsonschema::Validator;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use redress_shared::case::record::{Digest, LABEL_LIMIT, Label, TEXT_LIMIT, Text};
use redress_shared::case::{CaseId, RecordId};
use redress_shared::code::ProvisionNumber;
use redress_shared::schema::Schemas;
use rstest::rstest;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::validator;

static TEXT: LazyLock<Validator> = LazyLock::new(of::<Text>);
static LABEL: LazyLock<Validator> = LazyLock::new(of::<Label>);
static DATE: LazyLock<Validator> = LazyLock::new(of::<NaiveDate>);
static INSTANT: LazyLock<Validator> = LazyLock::new(of::<DateTime<Utc>>);

fn of<T: JsonSchema>() -> Validator {
    let mut schemas = Schemas::at("/$defs");
    let schema = schemas.taken::<T>();
    validator(schema.to_value(), &schemas.into_definitions())
}

fn reads<T: DeserializeOwned>(value: &Value) -> bool {
    serde_json::from_value::<T>(value.clone()).is_ok()
}

/// Every character that a rule tells apart, their neighbours, and some of any kind.
fn words() -> impl Strategy<Value = String> {
    let telling: Vec<char> = (0..=0x00A2_u32)
        .chain([
            0x1680, 0x1681, 0x180E, 0x200B, 0x2028, 0x2029, 0x202A, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF,
        ])
        .chain(0x2000..=0x200A)
        .filter_map(char::from_u32)
        .collect();
    let character = prop_oneof![3 => select(telling), 1 => any::<char>(), 3 => select(vec![' ', '\n', 'a'])];
    vec(character, 0..8).prop_map(|characters| characters.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_text_or_label_is_read_if_and_only_if_its_schema_takes_it(words in words()) {
        let words = json!(words);
        prop_assert_eq!(TEXT.is_valid(&words), reads::<Text>(&words), "{:?} as a text", words);
        prop_assert_eq!(LABEL.is_valid(&words), reads::<Label>(&words), "{:?} as a label", words);
    }

    #[test]
    fn every_date_and_instant_that_a_schema_takes_is_read(
        year in select(vec!["0000", "0999", "1000", "1900", "2024", "2025", "2999", "3000", "9999", "+2025", "-2025", "25"]),
        month in 0..14_u32, day in 0..33_u32, hour in 0..26_u32, minute in select(vec![0, 59, 60]),
        second in select(vec!["00", "59", "60", "61", "7", ""]),
        fraction in select(vec!["", ".", ".1", ".123456789", ".1234567890", ",5"]),
        offset in select(vec!["Z", "z", "", "+00:00", "-00:00", "+01:00", "-23:59", "+23:59", "+24:00", "+0100", "+01", " UTC", "\u{2212}01:00"]),
        between in select(vec!["T", "t", " ", ""]),
    ) {
        let date = format!("{year}-{month:02}-{day:02}");
        let instant = format!("{date}{between}{hour:02}:{minute:02}:{second}{fraction}{offset}");
        for value in [json!(date), json!(format!("{year}-{month}-{day}")), json!(instant)] {
            if DATE.is_valid(&value) {
                prop_assert!(reads::<NaiveDate>(&value), "{}", value);
            }
            if INSTANT.is_valid(&value) {
                prop_assert!(reads::<DateTime<Utc>>(&value), "{}", value);
            }
        }
    }
}

#[test]
fn a_limit_counts_characters_and_not_bytes() {
    for character in ["a", "\u{1F525}"] {
        for (validator, limit) in [(&*TEXT, TEXT_LIMIT), (&*LABEL, LABEL_LIMIT)] {
            assert!(validator.is_valid(&json!(character.repeat(limit))));
            assert!(!validator.is_valid(&json!(character.repeat(limit + 1))));
        }
    }
}

#[rstest]
#[case::a_day("2025-04-14", true)]
#[case::no_such_day("2025-02-29", false)]
#[case::short("2025-4-14", false)]
#[case::signed("+2025-04-14", false)]
#[case::too_long_ago("0999-12-31", false)]
#[case::too_far_off("9999-12-31", false)]
fn a_date_has_one_spelling(#[case] date: &str, #[case] taken: bool) {
    assert_eq!(DATE.is_valid(&json!(date)), taken);
}

#[rstest]
#[case::of_greenwich("2025-04-14T10:00:00Z", true)]
#[case::with_an_offset("2025-04-14T11:00:00.123456+01:00", true)]
#[case::in_small_letters("2025-04-14t10:00:00z", false)]
#[case::in_a_leap_second("2016-12-31T23:59:60Z", false)]
#[case::without_an_offset("2025-04-14T10:00:00", false)]
#[case::finer_than_a_nanosecond("2025-04-14T10:00:00.0000000001Z", false)]
fn an_instant_has_one_spelling(#[case] instant: &str, #[case] taken: bool) {
    assert_eq!(INSTANT.is_valid(&json!(instant)), taken);
}

#[test]
fn ids_digests_and_provisions_are_as_they_are_written() {
    let (case, record) = (of::<CaseId>(), of::<RecordId>());
    for id in [0, 1, u128::MAX] {
        assert!(
            case.is_valid(&json!(CaseId(id).to_string()))
                && record.is_valid(&json!(RecordId(id).to_string()))
        );
    }
    assert!(!case.is_valid(&json!("1")) && !case.is_valid(&json!("01890a5dac96774bbcceb302099a8057")));
    assert!(of::<Digest>().is_valid(&json!(Digest::default().to_string())));
    assert!(!of::<Digest>().is_valid(&json!("0".repeat(63))));
    let provision = of::<ProvisionNumber>();
    for number in ["6.10", "255.255", "6.256", "0.1", "6.03", "6", "6.3a", "6.3\n", "99.100", "300.1"] {
        let value = json!(number);
        assert_eq!(provision.is_valid(&value), reads::<ProvisionNumber>(&value), "{number:?}");
    }
}

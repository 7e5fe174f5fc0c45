//! Which version is in force on a day.

use chrono::NaiveDate;
use rstest::rstest;

use super::SMALL;
use crate::policy::{Library, NoPolicy, PolicyErrors};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A version of the small policy: its id, status, first day, and last day if it names one.
fn version(id: &str, status: &str, from: &str, to: &str) -> (String, String) {
    let last = if to.is_empty() {
        String::new()
    } else {
        format!("\neffective_to = {{ value = {to}, clause = \"1\" }}")
    };
    let text = SMALL
        .replace("small-2024", id)
        .replace("\"adopted\"", &format!("\"{status}\"{last}"))
        .replace("value = 2024-04-01", &format!("value = {from}"));
    (format!("{id}.toml"), text)
}

fn library() -> Library {
    Library::load([
        version("second", "adopted", "2025-01-01", "2025-12-31"),
        version("weeks", "interim", "2024-06-03", "2024-06-28"),
        version("first", "adopted", "2024-04-01", ""),
    ])
    .unwrap()
}

#[rstest]
#[case::first_day("2024-04-01", "first")]
#[case::before_the_interim("2024-06-02", "first")]
#[case::interim("2024-06-03", "weeks")]
#[case::interim_last_day("2024-06-28", "weeks")]
#[case::after_the_interim("2024-06-29", "first")]
#[case::last_day("2024-12-31", "first")]
#[case::next("2025-01-01", "second")]
#[case::end("2025-12-31", "second")]
fn the_version_in_force(#[case] day: &str, #[case] expected: &str) {
    assert_eq!(library().in_force("small", date(day)).unwrap().policy.id, expected);
}

#[rstest]
#[case::before_all("2024-03-31")]
#[case::a_replaced_version_does_not_come_back("2026-01-01")]
fn no_version_is_in_force(#[case] day: &str) {
    let error = library().in_force("small", date(day)).unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "no version of the policy of `small` covers {day}: first from 2024-04-01 to 2024-12-31, \
             weeks from 2024-06-03 to 2024-06-28, second from 2025-01-01 to 2025-12-31"
        )
    );
}

#[test]
fn what_is_not_there_is_said() {
    let library = library();
    let error = library.in_force("large", date("2024-05-01")).unwrap_err();
    assert_eq!(error.to_string(), "no policy of a landlord `large` is known: the landlords are small");
    assert_eq!(library.by_id("first").unwrap().policy.id, "first");
    assert!(matches!(library.by_id("third"), Err(NoPolicy::UnknownPolicy { known, .. }) if known.len() == 3));
    assert!(library.versions("large").is_empty());
}

fn refused(files: &[(String, String)]) -> Vec<String> {
    let PolicyErrors(errors) = Library::load(files.to_vec()).unwrap_err();
    errors.iter().map(ToString::to_string).collect()
}

#[rstest]
#[case::both_adopted(
    version("version-b", "adopted", "2024-06-01", ""),
    version("version-a", "adopted", "2024-04-01", "2024-06-01")
)]
#[case::same_first_day(
    version("version-a", "adopted", "2024-04-01", ""),
    version("version-b", "draft", "2024-04-01", "")
)]
#[case::two_interims(
    version("version-a", "interim", "2024-04-01", "2024-05-01"),
    version("version-b", "interim", "2024-05-01", "2024-06-01")
)]
#[case::interim_into_the_next(
    version("version-a", "interim", "2024-04-01", "2024-05-01"),
    version("version-b", "adopted", "2024-04-15", "")
)]
#[case::interim_past_the_end(
    version("version-a", "adopted", "2024-04-01", "2024-04-30"),
    version("version-b", "interim", "2024-04-15", "2024-05-01")
)]
fn versions_that_overlap_are_refused(#[case] one: (String, String), #[case] other: (String, String)) {
    let errors = refused(&[one, other]);
    assert_eq!(errors, ["version-b.toml: policy.effective_from: it overlaps with version-a in time"]);
}

#[test]
fn an_interim_version_may_begin_with_the_one_it_interrupts() {
    let library = Library::load([
        version("weeks", "interim", "2024-04-01", "2024-04-30"),
        version("first", "adopted", "2024-04-01", ""),
    ])
    .unwrap();
    assert_eq!(library.in_force("small", date("2024-04-01")).unwrap().policy.id, "weeks");
    assert_eq!(library.in_force("small", date("2024-05-01")).unwrap().policy.id, "first");
}

#[test]
fn an_interim_version_has_a_last_day() {
    let errors = refused(&[version("weeks", "interim", "2024-04-01", "")]);
    assert_eq!(errors, ["weeks.toml: policy.effective_to: it is missing: an interim version has a last day"]);
}

#[test]
fn mistakes_in_all_files_are_said_at_once() {
    let other = SMALL.replace("id = \"small\"", "id = \"other\"");
    let errors = refused(&[
        ("small-2024.toml".to_owned(), SMALL.to_owned()),
        ("other-2024.toml".to_owned(), other),
        ("broken.toml".to_owned(), "a =".to_owned()),
    ]);
    assert_eq!(errors.len(), 3, "{errors:#?}");
    assert_eq!(errors[0], "other-2024.toml: policy.id: its file should be named small-2024.toml");
    assert!(errors[1].starts_with("broken.toml:1: not TOML"), "{errors:#?}");
    assert_eq!(errors[2], "small-2024.toml: policy.id: 2 policies have the id small-2024 (of other, small)");
}

#[test]
fn every_embedded_policy_can_be_read() {
    let library = Library::embedded().unwrap_or_else(|errors| panic!("{errors}"));
    for profile in library.all() {
        let first_day = profile.policy.effective_from.value;
        assert_eq!(library.in_force(&profile.landlord.id, first_day), Ok(profile));
    }
}

/// The five landlords' policies and the model that a new landlord starts from.
#[test]
fn the_policies_that_come_with_the_program() {
    let library = Library::embedded().unwrap_or_else(|errors| panic!("{errors}"));
    let mut ids: Vec<_> = library.all().map(|profile| profile.policy.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "bradford-draft",
            "cheshire-west-2023",
            "hartlepool-2024",
            "housing-solutions-2024",
            "model-2024",
            "portsmouth-2024"
        ]
    );
    assert_eq!(library.versions("model").len(), 1, "the test that the model departs nowhere needs it");
}

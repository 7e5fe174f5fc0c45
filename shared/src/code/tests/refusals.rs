//! Data files that are refused, and why.

use rstest::rstest;

use crate::code::Code;

const GOOD: &str = include_str!("../../../codes/2024.toml");

fn refused(change: (&str, &str)) -> String {
    assert!(GOOD.contains(change.0), "nothing to change: {}", change.0);
    Code::from_toml("changed.toml", &GOOD.replacen(change.0, change.1, 1)).unwrap_err().to_string()
}

#[rstest]
#[case::unknown_field(("statutory = true", "statutory = true\nbinding = true"), "unknown field `binding`")]
#[case::date(("in_force_from = \"2024-04-01\"", "in_force_from = \"2024-04-31\""), "it cannot be read")]
#[case::period(
    ("in_force_from = \"2024-04-01\"", "in_force_from = \"2024-04-01\"\nin_force_to = \"2024-03-31\""),
    "it is in force to 2024-03-31, before its first day 2024-04-01"
)]
#[case::number(("number = \"6.3\"", "number = \"6.03\""), "`6.03` is not a provision's number")]
#[case::section(("number = \"6.20\"", "number = \"7.20\""), "provision 7.20 stands in section 6")]
#[case::order(("number = \"6.10\"", "number = \"6.9\""), "provision 6.9 is repeated or out of order")]
#[case::clock(("provision = \"6.15\"", "provision = \"6.21\""), "stage_2.extend cites provision 6.21")]
#[case::item(("provision = \"9.7\"", "provision = \"9.9\""), "governing_body `volume-and-outcomes` cites provision 9.9")]
#[case::repeated(("id = \"reasons\"", "id = \"decision\""), "stage_1_response has `decision` twice")]
#[case::evidence(("evidence = [\"policy\"]", "evidence = []"), "provision 1.2 needs at least one kind of evidence")]
#[case::evidence_twice(
    ("evidence = [\"policy\"]", "evidence = [\"policy\", \"policy\"]"),
    "provision 1.2 needs at least one kind of evidence"
)]
#[case::note(
    ("evidence_notes = { live = \"triage\" }", "evidence_notes = { guard = \"triage\" }"),
    "provision 6.1 explains Guard evidence"
)]
#[case::sentence(("more than two stages.", "more than two stages"), "the summary of provision 5.3")]
#[case::unit(("unit = \"months\"", "unit = \"moons\""), "unknown variant `moons`")]
fn a_damaged_file_is_refused(#[case] change: (&str, &str), #[case] expected: &str) {
    let message = refused(change);
    assert!(message.starts_with("changed.toml cannot be used:\n  "), "{message}");
    assert!(message.contains(expected), "{message}");
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let text = GOOD.replacen("more than two stages.", "more than two stages", 1).replacen(
        "provision = \"6.15\"",
        "provision = \"6.21\"",
        1,
    );
    assert_eq!(Code::from_toml("changed.toml", &text).unwrap_err().errors.len(), 2);
}

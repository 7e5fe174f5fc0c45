//! Clause registers: read, refused, counted.

use rstest::rstest;

use crate::policy::{CoverageTable, Library, Register};

const SMALL: &str = r#"
policy = "small-2024"
clauses = ["1", "2", "3"]

[[row]]
clause = "1"
summary = "Complaints are acknowledged in time."
handled = ["enforced", "letter"]
how = "The deadline acknowledge-1."
proof = ["small/01-acknowledged"]

[[row]]
clause = "1"
summary = "They are acknowledged kindly."
handled = ["attested"]
how = "An answer in the self-assessment."
reason = "Kindness is not in the record."

[[row]]
clause = "2"
summary = "The figures are reported."
handled = ["report"]
how = "The committee report."
proof = ["report:committee"]

[[row]]
clause = "3"
summary = "The service aims high."
handled = ["not-for-software"]
how = "Nothing."
reason = "An aim."
"#;

#[rstest]
#[case::clause_without_row(
    r#""2", "3"]"#,
    r#""2", "3", "4"]"#,
    "small-2024.toml:3: clauses[4]: clause `4` has no row"
)]
#[case::row_without_clause(
    r#"["1", "2", "3"]"#,
    r#"["1", "2"]"#,
    "row[4].clause: `clauses` does not list `3`"
)]
#[case::clause_twice(r#"["1", "2""#, r#"["1", "2", "2""#, "clauses[3]: it repeats clauses[2]")]
#[case::no_scenario(
    r#"proof = ["small/01-acknowledged"]"#,
    "",
    "row[1].proof: what is enforced is proved by a scenario"
)]
#[case::report_for_scenario(
    "small/01-acknowledged",
    "report:annual",
    "row[1].proof: what is enforced is proved by a scenario"
)]
#[case::no_report(
    r#"proof = ["report:committee"]"#,
    "",
    "row[3].proof: what is reported is proved by a report or a scenario"
)]
#[case::unknown_report("report:committee", "report:weekly", "row[3].proof[1]: `report:weekly` is no proof")]
#[case::no_reason(
    "reason = \"An aim.\"",
    "",
    "row[4].reason: it is missing: say why the clause is not-for-software"
)]
#[case::no_reason_attested(
    "reason = \"Kindness is not in the record.\"",
    "",
    "row[2].reason: it is missing: say why the clause is attested"
)]
#[case::both(
    r#"["attested"]"#,
    r#"["attested", "not-for-software"]"#,
    "row[2].handled: what is not for software is handled in no other way"
)]
#[case::no_way(r#"["attested"]"#, "[]", "row[2].handled: it does not say how the clause is handled")]
#[case::word("\"letter\"", "\"letters\"", "row[1].handled[2]: \"letters\" is not one of its words")]
#[case::empty("how = \"Nothing.\"", "how = \"\"", "row[4].how: it is empty")]
#[case::file("small-2024", "tiny-2024", "policy: its file should be named tiny-2024.toml")]
#[case::key(
    "reason = \"An aim.\"",
    "reason = \"An aim.\"\nnote = \"x\"",
    "row[4].note: this key is not known"
)]
fn a_damaged_register_is_refused(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    assert!(SMALL.contains(from), "nothing to change: {from}");
    let errors = Register::from_toml("small-2024.toml", &SMALL.replacen(from, to, 1)).unwrap_err();
    assert_eq!(errors.0.len(), 1, "one mistake, one error: {errors}");
    assert!(errors.to_string().contains(expected), "{errors}");
}

#[test]
fn the_coverage_counts_clauses_and_not_rows() {
    let register = Register::from_toml("small-2024.toml", SMALL).unwrap();
    assert_eq!(
        register.proofs().map(|(_, proof)| proof).collect::<Vec<_>>(),
        ["small/01-acknowledged", "report:committee"]
    );
    assert_eq!(
        CoverageTable::of(&[register]).to_string(),
        "policy      clauses  enforced  recorded  letter  report  attested  not-for-software  by software\n\
         small-2024        3         1         0       1       1         1                 1  2/3 = 66.7%\n"
    );
}

#[test]
fn every_embedded_register_is_of_a_policy_that_is_known() {
    let registers = Register::embedded().unwrap_or_else(|errors| panic!("{errors}"));
    let library = Library::embedded().unwrap_or_else(|errors| panic!("{errors}"));
    for register in registers {
        let profile = library.by_id(&register.policy).unwrap();
        for (row, proof) in register.proofs() {
            let own = proof.starts_with("report:") || proof.starts_with(&format!("{}/", profile.landlord.id));
            assert!(own, "{} {}: {proof} is another landlord's", register.policy, row.clause);
        }
    }
}

//! What is held of a provision besides the cases.

use redress_shared::measure::ReportingYear;

use super::*;

#[test]
fn a_statement_is_told_with_its_clause_and_how_far_it_goes() {
    let late = row("2025-26", "bradford-draft", "2.3");
    assert_eq!(late.policy_evidence.len(), 2);
    assert!(late.policy_evidence[0].starts_with("3.1.1, says otherwise: Six months from when"));
}

fn assessment(year: &str, profile: Option<&Profile>) -> Assessment {
    Assessment::of(&Span::Year(ReportingYear::parse(year).unwrap()), profile, Library::embedded().unwrap())
        .unwrap()
        .unwrap()
}

fn row(year: &str, policy: &str, number: &str) -> ProvisionRow {
    let profile = Library::embedded().unwrap().by_id(policy).unwrap();
    let rows = assessment(year, Some(profile)).rows;
    rows.into_iter().find(|row| row.number() == number).unwrap()
}

fn rules(policy: &str, number: &str) -> Vec<String> {
    row("2025-26", policy, number).rule_evidence
}

#[test]
fn what_the_code_check_finds_is_told_and_proposes() {
    let acknowledged = row("2025-26", "portsmouth-2024", "6.2");
    assert!(acknowledged.held.departs, "{acknowledged:?}");
    assert!(acknowledged.points[0].starts_with("Code check, departure (s.8 Stage One: acknowledgement): "));
    // Under the edition of 2022 the policy of Cheshire West keeps what it departs from under that of 2024.
    assert!(!row("2023-24", "cheshire-west-2023", "5.1").held.departs);
    assert!(row("2024-25", "cheshire-west-2023", "6.3").held.departs);
}

#[test]
fn a_guard_says_whether_a_breach_can_happen() {
    let row = |number| row("2025-26", "hartlepool-2024", number);
    assert_eq!(
        row("6.13").guards,
        ["The workflow prevents a breach: whoever considered stage 1 is not given stage 2."]
    );
    assert!(row("6.13").held.prevented);
    assert!(row("6.2").guards[0].starts_with("The workflow: a stage is logged"));
    assert!(!row("6.2").held.prevented);
}

#[test]
fn a_year_has_the_form_of_the_code_in_force_at_its_end() {
    for (year, code, rows, first) in
        [("2022-23", "2022", 72, "1.2"), ("2023-24", "2022", 72, "1.2"), ("2024-25", "2024", 72, "1.2")]
    {
        let assessment = assessment(year, None);
        assert_eq!((assessment.form.code.as_str(), assessment.rows.len()), (code, rows));
        assert_eq!(assessment.rows[0].number(), first);
    }
    let year = Span::Year(ReportingYear::regulatory(2020));
    assert!(
        Assessment::of(&year, None, Library::embedded().unwrap()).unwrap().is_none(),
        "no edition is known for that year"
    );
}

/// The form of 2022 goes by what asks for the same in the Code of 2024, under its own numbers.
#[test]
fn the_form_of_2022_is_filled_under_its_own_numbers() {
    let row = |number| row("2023-24", "cheshire-west-2023", number);
    assert_eq!(row("5.12").guards.len(), 1);
    assert!(row("1.8").rule_evidence[0].starts_with("Policy, "));
    assert!(row("4.3").guards.is_empty() && row("4.3").policy_evidence.is_empty());
}

#[test]
fn each_policys_rules_are_evidence_with_their_clauses() {
    for (policy, clauses) in [
        ("hartlepool-2024", ["5.2", "5.2", "5.5", "6.3", "6.5"]),
        ("bradford-draft", ["6.1.1", "6.1.2", "7.1", "7.1 Stage 2 box", "7.1"]),
        (
            "cheshire-west-2023",
            [
                "Stage 1: acknowledge",
                "Stage 1: respond",
                "Stage 1: response says",
                "Stage 2: respond",
                "Stage 2: response says",
            ],
        ),
        ("housing-solutions-2024", ["6.1", "6.1", "6.1", "6.2", "6.2"]),
        (
            "portsmouth-2024",
            [
                "s.8 Stage One: acknowledgement",
                "s.8 Stage One: response",
                "s.9 Decision letter: understanding",
                "s.8 Stage Two: response",
                "s.9 Decision letter: understanding",
            ],
        ),
    ] {
        for (number, clause) in ["6.2", "6.3", "6.9", "6.14", "6.19"].into_iter().zip(clauses) {
            let told = rules(policy, number);
            let start = format!("Policy, {clause}: ");
            assert!(
                told.first().is_some_and(|first| first.starts_with(&start)),
                "{policy} {number} {told:?}"
            );
        }
    }
    assert_eq!(
        rules("hartlepool-2024", "6.2"),
        ["Policy, 5.2: acknowledged within 5 working days of receipt."]
    );
    assert_eq!(rules("hartlepool-2024", "6.4")[0], "Policy, 5.3: an extension is at most 10 working days.");
}

#[test]
fn a_reading_alone_is_never_told_as_what_the_policy_says() {
    assert_eq!(
        rules("portsmouth-2024", "6.13")[0],
        "Policy silent; taken as: stage 2 is not for whoever considered stage 1."
    );
    // Stage 2 has no time to acknowledge in this policy, and nothing is made up in its place.
    assert!(rules("cheshire-west-2023", "6.11").is_empty());
    let said: Vec<String> = rules("bradford-draft", "2.4");
    assert!(!said.is_empty() && said.iter().all(|bullet| bullet.starts_with("Policy silent; taken as: ")));
}

#[test]
fn rules_are_evidence_for_provisions_that_the_form_has() {
    let rows = assessment("2025-26", None).rows;
    for profile in Library::embedded().unwrap().all() {
        let evidence = Evidence::of(profile);
        let mut numbers = evidence.numbers();
        assert!(numbers.all(|number| rows.iter().any(|row| row.number() == number)));
    }
}

#[test]
fn the_form_has_all_72_provisions_in_order() {
    let rows = assessment("2025-26", None).rows;
    assert_eq!(rows.len(), 72);
    assert_eq!((rows[0].number(), rows[71].number()), ("1.2".to_owned(), "9.8".to_owned()));
    assert!(rows.iter().all(|row| row.policy_evidence.is_empty() && row.rule_evidence.is_empty()));
}

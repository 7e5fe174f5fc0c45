//! What the evidence proposes.

use rstest::rstest;

use crate::assessment::{Asks, Comply, Held, Measured, ProposalRules, proposal_rules, propose};
use crate::code::{Evidence, form};
use crate::measure::Rate;

fn all(kept: u64, broken: u64) -> Held {
    let measured = Measured::Kept { kept, broken, open: 0, untold: 0, ended: 0 };
    Held { figures: vec![(Asks::All, measured)], ..Held::default() }
}

fn proposed(code: &str, number: &str, held: &Held) -> Option<(Comply, String)> {
    let row = form(code).unwrap().row(number).unwrap();
    propose(row, held, proposal_rules().unwrap()).map(|proposal| (proposal.comply, proposal.rule))
}

fn clear() -> Held {
    Held::default()
}

#[rstest]
#[case::all_in_time("6.2", all(44, 0), "yes always-kept")]
#[case::one_late("6.2", all(43, 1), "no not-always-kept")]
#[case::no_case("6.2", all(0, 0), "")]
#[case::policy_before_cases("6.2", Held { departs: true, ..all(44, 0) }, "no policy-departs")]
#[case::still_open("6.2", Held { figures: vec![(Asks::All, Measured::Kept { kept: 3, broken: 0, open: 2, untold: 0, ended: 0 })], ..clear() }, "")]
#[case::records_do_not_say("6.5", Held { figures: vec![(Asks::All, Measured::Kept { kept: 3, broken: 0, open: 0, untold: 1, ended: 0 })], ..clear() }, "")]
#[case::one_of_two_figures("7.3", Held { figures: vec![(Asks::All, Measured::Kept { kept: 3, broken: 0, open: 0, untold: 0, ended: 0 }), (Asks::All, Measured::Kept { kept: 0, broken: 0, open: 0, untold: 1, ended: 0 })], ..clear() }, "")]
#[case::silence_that_matters("1.2", Held { leaves_out: true, ..clear() }, "no policy-leaves-out")]
#[case::silence_elsewhere("6.5", Held { leaves_out: true, ..clear() }, "")]
#[case::prevented("5.3", Held { prevented: true, worked: true, ..clear() }, "yes cannot-be-broken")]
#[case::prevented_in_a_year_without_a_stage("5.3", Held { prevented: true, ..clear() }, "")]
#[case::withdrawn_before_the_answer("6.2", Held { figures: vec![(Asks::All, Measured::Kept { kept: 3, broken: 0, open: 0, untold: 0, ended: 2 })], ..clear() }, "yes always-kept")]
#[case::prevented_and_unclear("6.12", Held { prevented: true, worked: true, unclear: true, ..clear() }, "")]
#[case::policy_says_all("2.2", Held { says_all: true, ..clear() }, "yes policy-says-so")]
#[case::policy_says_all_of_conduct("6.2", Held { says_all: true, ..clear() }, "")]
#[case::a_part_alone("2.1", Held { figures: vec![(Asks::AllOfPart, Measured::Kept { kept: 3, broken: 0, open: 0, untold: 0, ended: 0 })], ..clear() }, "")]
#[case::a_part_that_falls_short("2.1", Held { figures: vec![(Asks::AllOfPart, Measured::Kept { kept: 3, broken: 1, open: 0, untold: 0, ended: 0 })], ..clear() }, "no not-always-kept")]
#[case::some_improvements("9.1", Held { figures: vec![(Asks::Some, Measured::Count(2))], ..clear() }, "yes done-in-the-year")]
#[case::no_improvement("9.1", Held { figures: vec![(Asks::Some, Measured::Count(0))], ..clear() }, "")]
#[case::told_alone("1.4", Held { figures: vec![(Asks::Nothing, Measured::Share(Rate::new(4, 4)))], ..clear() }, "")]
#[case::a_person_says_the_rest("3.4", Held { says_all: true, ..clear() }, "")]
#[case::a_person_says_the_rest_of_a_no("3.4", Held { leaves_out: true, ..clear() }, "no policy-leaves-out")]
fn what_is_proposed(#[case] number: &str, #[case] held: Held, #[case] expected: &str) {
    let found =
        proposed("2024", number, &held).map_or(String::new(), |(comply, rule)| format!("{comply} {rule}"));
    assert_eq!(found, expected);
}

/// Whatever is held, a provision that a person has to attest in part or in whole is never proposed as complied with.
#[test]
fn no_yes_is_proposed_for_what_a_person_attests() {
    let held = Held { says_all: true, prevented: true, worked: true, ..all(9, 0) };
    for code in ["2022", "2024"] {
        for row in form(code).unwrap().rows() {
            let attested = row.evidence.contains(&Evidence::Attest);
            let found = propose(row, &held, proposal_rules().unwrap()).map(|proposal| proposal.comply);
            assert_eq!(found, (!attested).then_some(Comply::Yes), "{code} {}", row.number);
        }
    }
}

#[test]
fn nothing_is_proposed_without_evidence() {
    for code in ["2022", "2024"] {
        for row in form(code).unwrap().rows() {
            assert_eq!(propose(row, &Held::default(), proposal_rules().unwrap()), None, "{}", row.number);
        }
    }
}

#[test]
fn a_form_of_another_edition_goes_by_what_asks_for_the_same() {
    let rules = proposal_rules().unwrap();
    let row = form("2022").unwrap().row("5.13").unwrap();
    let ids: Vec<_> = rules.figures_of(row).map(|figure| figure.id.as_str()).collect();
    assert_eq!(ids, ["answered-stage-2", "extensions-stage-2"]);
    assert_eq!(rules.guards_of(row).count(), 2);
    assert_eq!(
        proposed("2022", "1.8", &Held { leaves_out: true, ..clear() }).unwrap().1,
        "policy-leaves-out"
    );
}

/// Every provision that can be evidenced by the workflow or by the cases has a guard or a figure, and no other has.
#[test]
fn every_kind_of_evidence_is_there() {
    let rules = proposal_rules().unwrap();
    for row in form("2024").unwrap().rows() {
        let has_guard = rules.guards_of(row).next().is_some();
        assert_eq!(has_guard, row.evidence.contains(&Evidence::Guard), "guard of {}", row.number);
    }
}

#[rstest]
#[case("id = \"policy-departs\"", "id = \"always-kept\"", "rules has `always-kept` twice")]
#[case("provision = \"5.3\"", "provision = \"5.5\"", "provision 5.5 needs at least one kind of evidence")]
#[case(
    "provisions = [\"7.3\"]",
    "provisions = [\"7.9\"]",
    "actions cites provision 7.9, which is not in the Code"
)]
#[case("when = \"prevented\"", "when = \"hoped\"", "unknown variant `hoped`")]
fn rules_that_cannot_be_are_refused(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    let text = include_str!("../../../codes/proposals.toml");
    assert!(text.contains(from), "{from}");
    let refusal = ProposalRules::from_toml("p.toml", &text.replacen(from, to, 1)).unwrap_err().to_string();
    assert!(refusal.contains(expected), "{refusal}");
}

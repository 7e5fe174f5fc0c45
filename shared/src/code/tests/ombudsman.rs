//! Findings, orders, submissions and tariffs.

use chrono::NaiveDate;
use rstest::rstest;

use crate::code::{Ombudsman, Per, ombudsman};

const GOOD: &str = include_str!("../../../codes/ombudsman.toml");

#[test]
fn the_maladministration_rate_is_three_findings_over_six() {
    let findings = &ombudsman().unwrap().findings;
    let ids = |counted: fn(&crate::code::Finding) -> bool| -> Vec<&str> {
        findings.iter().filter(|finding| counted(finding)).map(|finding| finding.id.as_str()).collect()
    };
    assert_eq!(
        ids(|finding| finding.in_numerator),
        ["service-failure", "maladministration", "severe-maladministration"]
    );
    assert_eq!(ids(|finding| !finding.in_denominator), ["outside-jurisdiction", "withdrawn"]);
    assert_eq!(findings.len(), 8);
    assert!(ombudsman().unwrap().finding("reasonable-redress").is_some_and(|finding| !finding.in_numerator));
    assert!(ombudsman().unwrap().finding("upheld").is_none());
}

#[test]
fn failure_orders_have_three_types() {
    let numbers: Vec<u8> = ombudsman().unwrap().failure_orders.iter().map(|order| order.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert!(ombudsman().unwrap().failure_order(2).is_some_and(|order| order.title.contains("information")));
    assert!(ombudsman().unwrap().failure_order(4).is_none());
}

#[rstest]
#[case::spring_year_end(1_001, "2026-03-31", "2026-09-30")]
#[case::winter_year_end(50_000, "2025-12-31", "2026-09-30")]
#[case::year_end_on_the_day_itself(50_000, "2025-09-30", "2026-09-30")]
#[case::at_the_line(1_000, "2026-03-31", "2026-09-30")]
#[case::small_with_winter_year_end(1_000, "2025-12-31", "2026-06-30")]
#[case::clamped_to_the_month(12, "2025-08-31", "2026-02-28")]
fn the_self_assessment_is_due(#[case] homes: u32, #[case] year_end: NaiveDate, #[case] due: NaiveDate) {
    assert_eq!(ombudsman().unwrap().submission.due(homes, year_end), Some(due));
}

#[rstest]
#[case("no-heating-and-hot-water", 1500, Per::Day)]
#[case("no-heating-or-hot-water", 800, Per::Day)]
#[case("no-power", 1000, Per::Day)]
#[case("missed-appointment", 1500, Per::Occurrence)]
fn a_tariff_applies_from_its_date(#[case] id: &str, #[case] pence: u32, #[case] per: Per) {
    let on = |text: &str| ombudsman().unwrap().tariff(id, text.parse().unwrap());
    assert_eq!(on("2026-04-01").map(|tariff| (tariff.amount_pence, tariff.per)), Some((pence, per)));
    assert_eq!(on("2026-03-31"), None);
}

#[test]
fn a_later_sum_replaces_an_earlier_one_from_its_own_date() {
    let raised = "\n[[tariffs]]\nid = \"no-power\"\ntitle = \"No power\"\nfrom = \"2027-04-01\"\namount_pence = 1100\nper = \"day\"\n";
    let ombudsman = Ombudsman::from_toml("raised.toml", &format!("{GOOD}{raised}")).unwrap();
    let pence = |on: &str| ombudsman.tariff("no-power", on.parse().unwrap()).unwrap().amount_pence;
    assert_eq!((pence("2027-03-31"), pence("2027-04-01")), (1000, 1100));
}

#[rstest]
#[case(("id = \"withdrawn\"", "id = \"maladministration\""), "findings has `maladministration` twice")]
#[case(
    ("in_numerator = true\nin_denominator = true", "in_numerator = true\nin_denominator = false"),
    "finding `service-failure` is counted above the line and not below it"
)]
#[case(("number = 3", "number = 2"), "failure_orders has `2` twice")]
#[case(("month = 9, day = 30", "month = 2, day = 29"), "2-29 is not a day of every year")]
#[case(("id = \"no-power\"", "id = \"missed-appointment\""), "tariffs has `missed-appointment 2026-04-01` twice")]
#[case(("amount_pence = 800", "amount_pence = 8.00"), "it cannot be read")]
fn damaged_data_is_refused(#[case] change: (&str, &str), #[case] expected: &str) {
    assert!(GOOD.contains(change.0), "nothing to change: {}", change.0);
    let text = GOOD.replacen(change.0, change.1, 1);
    let message = Ombudsman::from_toml("changed.toml", &text).unwrap_err().to_string();
    assert!(message.contains(expected), "{message}");
}

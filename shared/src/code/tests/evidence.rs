//! How each provision is evidenced, held against a table kept apart from the data.

use crate::code::{Code, Evidence, Force};

const EVIDENCE: &str = "
    1.2: policy
    1.3: policy live
    1.4: policy live
    1.5: guard live
    1.6: attest
    2.1: guard live
    2.2: policy live
    2.3: policy live
    2.4: guard live
    2.5: live attest
    3.1: policy live
    3.2: policy live attest
    3.3: live attest
    3.4: policy attest
    3.5: policy attest
    3.6: policy live
    3.7: guard live
    4.1: attest
    4.2: attest
    4.3: attest
    5.1: policy attest
    5.2: guard policy
    5.3: guard policy
    5.4: guard live
    5.5: attest
    5.6: guard live
    5.7: guard live
    5.8: guard attest
    5.9: guard live
    5.10: live attest
    5.11: guard live
    5.12: guard
    5.13: guard live
    5.14: policy live attest
    5.15: attest
    6.1: live attest
    6.2: guard live
    6.3: guard live
    6.4: guard live
    6.5: guard live
    6.6: guard live
    6.7: guard live
    6.8: guard live
    6.9: guard
    6.10: guard live
    6.11: guard live
    6.12: guard policy
    6.13: guard
    6.14: guard live
    6.15: guard live
    6.16: guard live
    6.17: guard live
    6.18: guard live
    6.19: guard
    6.20: guard attest
    7.1: guard live
    7.2: live attest
    7.3: guard live
    7.4: policy attest
    8.1: report
    8.2: attest
    8.3: attest policy
    8.4: live attest
    8.5: attest
    9.1: live
    9.2: live attest
    9.3: live attest
    9.4: live attest
    9.5: attest
    9.6: attest
    9.7: report
    9.8: attest
";

fn name(kind: Evidence) -> &'static str {
    match kind {
        Evidence::Guard => "guard",
        Evidence::Live => "live",
        Evidence::Policy => "policy",
        Evidence::Attest => "attest",
        Evidence::Report => "report",
    }
}

#[test]
fn the_form_has_its_72_rows_in_order_each_evidenced_as_the_table_says() {
    let code = Code::embedded("2024").unwrap();
    let rows: Vec<String> = code
        .provisions()
        .map(|provision| {
            let kinds: Vec<_> = provision.evidence.iter().map(|kind| name(*kind)).collect();
            format!("{}: {}", provision.number, kinds.join(" "))
        })
        .collect();
    let table: Vec<&str> = EVIDENCE.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(rows, table);
    assert_eq!(rows.len(), 72);
}

#[test]
fn what_evidences_a_provision_is_named_by_kind() {
    let refusal_explained = Code::embedded("2024").unwrap().provision("2.4").unwrap();
    assert_eq!(refusal_explained.evidence_note(Evidence::Guard), Some("letter"));
    assert_eq!(refusal_explained.evidence_note(Evidence::Live), Some("refusals, directions"));
    assert_eq!(refusal_explained.evidence_note(Evidence::Attest), None);
}

#[test]
fn only_a_review_on_request_is_not_a_must() {
    let code = Code::embedded("2024").unwrap();
    let softer: Vec<_> = code.provisions().filter(|provision| provision.force == Force::Should).collect();
    assert_eq!(softer.iter().map(|provision| provision.number.to_string()).collect::<Vec<_>>(), ["8.4"]);
}

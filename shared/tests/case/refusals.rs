//! Every refusal: that each can be had, which clause it names, and that it says what to do.

use std::collections::BTreeSet;

use redress_shared::case::{Refusal, RefusalCode};

use crate::kit::refusal_under;
use crate::refusals_table::{Row, rows, script};

/// Refusals of plain sense: time runs forwards, things have numbers, nothing is done twice. No document says so.
const PLAIN_SENSE: &[RefusalCode] = &[
    RefusalCode::ImplausibleDate,
    RefusalCode::InTheFuture,
    RefusalCode::BeforeReceipt,
    RefusalCode::OutOfOrder,
    RefusalCode::WrongPhase,
    RefusalCode::UnknownItem,
    RefusalCode::AlreadyDone,
    RefusalCode::BeyondCalendar,
    RefusalCode::ExtensionNotLater,
    RefusalCode::OfferNotOpen,
    RefusalCode::OfferStillOpen,
    RefusalCode::NothingToPay,
    RefusalCode::OrderNeedsDate,
    RefusalCode::FindingMissing,
    RefusalCode::FailureOrderType,
    RefusalCode::NothingChanges,
];

/// Whoever looks up the rules for a day finds this out, before there is anything to decide.
const NOT_DECIDED_HERE: &[RefusalCode] = &[RefusalCode::NoRulesInForce];

fn refused(row: &Row) -> Box<Refusal> {
    refusal_under((row.rules)(), &script(row))
}

#[test]
fn every_row_is_refused_for_its_reason_and_names_its_clause() {
    let wrong = |row: &Row| {
        let refusal = refused(row);
        let (code, citation) = (refusal.code, refusal.citation.to_string());
        (code != row.code || citation != row.citation)
            .then(|| format!("{} [{}] came as {refusal}\n{}\n", row.code, row.citation, script(row)))
    };
    let wrong: Vec<String> = rows().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_types_of_failure_orders_are_those_of_the_data() {
    let row = rows().find(|row| row.code == RefusalCode::FailureOrderType).expect("a row");
    assert_eq!(
        refused(row).hint,
        "1 is: Not progressing a complaint; 2 is: Not providing information to the Ombudsman; 3 is: Not complying with the Code"
    );
}

#[test]
fn a_restriction_that_is_refused_names_what_governs_it() {
    let governed = [RefusalCode::RestrictionNeedsAssessment, RefusalCode::ProcedureNotFollowed];
    let found: Vec<&Row> = rows().filter(|row| governed.contains(&row.code)).collect();
    assert!(found.len() >= governed.len());
    for row in found {
        let named = (row.rules)().profile.behaviour.governed_by.value;
        assert!(refused(row).hint.ends_with(&format!("what governs it is: {named}")), "{}", row.code);
    }
}

#[test]
fn every_code_has_a_row() {
    let had: BTreeSet<RefusalCode> = rows().map(|row| row.code).collect();
    let missing: Vec<&RefusalCode> = RefusalCode::ALL
        .iter()
        .filter(|code| !had.contains(code) && !NOT_DECIDED_HERE.contains(code))
        .collect();
    assert!(missing.is_empty(), "no row leads to {missing:?}");
}

#[test]
fn every_refusal_says_what_is_wrong_and_what_to_do_and_where_it_is_written() {
    for row in rows() {
        let refusal = refused(row);
        assert!(refusal.message.chars().count() > 10, "{refusal}");
        assert!(refusal.hint.chars().count() > 10, "{refusal}");
        assert!(!refusal.message.ends_with('.') && !refusal.hint.ends_with('.'), "{refusal}");
        let cited = refusal.citation.policy.is_some() || refusal.citation.code.is_some();
        assert!(cited || PLAIN_SENSE.contains(&row.code), "{}: {refusal}", row.code);
    }
}

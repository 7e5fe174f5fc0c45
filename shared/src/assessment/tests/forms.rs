//! The form of each edition.

use crate::code::{Code, Evidence, Force, form};

#[test]
fn the_form_of_2024_is_its_provisions() {
    let (form, code) = (form("2024").unwrap(), Code::embedded("2024").unwrap());
    let numbers: Vec<_> = form.rows().map(|row| row.number).collect();
    assert_eq!(numbers, code.provisions().map(|provision| provision.number).collect::<Vec<_>>());
    assert_eq!(form.rows().count(), 72);
    assert!(form.rows().all(|row| row.later == [row.number]));
    assert_eq!(form.columns().len(), 5);
    assert_eq!(form.columns()[2], "Comply: Yes / No");
}

/// How many musts and shoulds each section of the form of 2022 has.
#[test]
fn the_form_of_2022_has_its_own_rows_musts_and_shoulds() {
    let form = form("2022").unwrap();
    let counts: Vec<_> = form
        .sections
        .iter()
        .map(|section| {
            let musts = section.provisions.iter().filter(|row| row.force == Force::Must).count();
            (section.number, musts, section.provisions.len() - musts)
        })
        .collect();
    assert_eq!(
        counts,
        [(1, 6, 2), (2, 7, 1), (3, 2, 1), (4, 10, 9), (5, 12, 8), (6, 4, 2), (7, 1, 4), (8, 3, 0)]
    );
    assert_eq!(form.columns().len(), 4);
    // Its clocks are cited by numbers that the form has.
    for (clock, number) in Code::embedded("2022").unwrap().clocks.citations() {
        assert!(form.row(&number.to_string()).is_some(), "{clock} {number}");
    }
}

#[test]
fn a_row_without_a_later_provision_is_for_a_person() {
    let form = form("2022").unwrap();
    for row in form.rows().filter(|row| row.later.is_empty()) {
        assert!(row.evidence.contains(&Evidence::Attest), "{}", row.number);
    }
}

#[test]
fn every_summary_of_2022_is_a_sentence_of_its_own() {
    let mut summaries: Vec<_> = form("2022").unwrap().rows().map(|row| row.summary.as_str()).collect();
    assert!(summaries.iter().all(|text| text.starts_with(char::is_uppercase)), "{summaries:?}");
    let all = summaries.len();
    summaries.sort_unstable();
    summaries.dedup();
    assert_eq!(summaries.len(), all);
}

#[test]
fn an_edition_without_a_form_is_told_which_there_are() {
    let refusal = form("2020").unwrap_err().to_string();
    assert_eq!(refusal, "there is no Code `2020`: the editions are 2022, 2024");
}

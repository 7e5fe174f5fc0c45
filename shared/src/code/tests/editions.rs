//! The editions, their sections, clocks and lists.

use chrono::NaiveDate;
use rstest::rstest;

use crate::code::{Code, CodeUnavailable, ContentList, code_in_force, codes};

#[test]
fn the_2024_clocks() {
    insta::assert_snapshot!(toml::to_string(&Code::embedded("2024").unwrap().clocks).unwrap());
}

#[test]
fn the_2022_clocks() {
    insta::assert_snapshot!(toml::to_string(&Code::embedded("2022").unwrap().clocks).unwrap());
}

#[test]
fn the_lists_of_2024() {
    let code = Code::embedded("2024").unwrap();
    let lists: Vec<String> = ContentList::ALL
        .into_iter()
        .flat_map(|list| code.contents.list(list).iter().map(move |item| (list, item)))
        .map(|(list, item)| {
            let mark = if item.where_applicable { " where applicable" } else { "" };
            format!("{list} {} {}{mark}", item.citation(), item.id)
        })
        .collect();
    insta::assert_snapshot!(lists.join("\n"));
}

#[test]
fn every_limit_of_2024_cites_a_provision_that_names_its_number() {
    let code = Code::embedded("2024").unwrap();
    for (clock, number) in code.clocks.citations() {
        let summary = &code.provision_numbered(number).unwrap().summary;
        let count = match clock {
            "accept_within" => "12 months",
            "stages" => "two stages",
            "stage_1.acknowledge" | "stage_2.acknowledge" => "5 working days",
            "stage_1.respond" => "10 working days",
            "stage_1.extend" => "10 more working days",
            "stage_2.respond" => "20 working days",
            _ => "20 more working days",
        };
        assert!(summary.contains(count), "{clock}: {number} does not say {count}: {summary}");
    }
}

#[test]
fn every_summary_is_a_sentence_of_its_own() {
    let code = Code::embedded("2024").unwrap();
    let mut summaries: Vec<_> = code.provisions().map(|provision| provision.summary.as_str()).collect();
    for summary in &summaries {
        assert!(summary.ends_with('.') && summary.len() > 40, "{summary}");
        assert!(summary.starts_with(char::is_uppercase), "{summary}");
    }
    summaries.sort_unstable();
    summaries.dedup();
    assert_eq!(summaries.len(), 72);
}

#[test]
fn the_sections_are_1_to_9_with_their_titles() {
    let sections = &Code::embedded("2024").unwrap().sections;
    let counts: Vec<_> = sections.iter().map(|section| (section.number, section.provisions.len())).collect();
    assert_eq!(counts, [(1, 5), (2, 5), (3, 7), (4, 3), (5, 15), (6, 20), (7, 4), (8, 5), (9, 8)]);
    assert!(sections.iter().all(|section| !section.title.is_empty()));
}

#[rstest]
#[case("2022-03-31", None)]
#[case("2022-04-01", Some("2022"))]
#[case("2024-03-31", Some("2022"))]
#[case("2024-04-01", Some("2024"))]
#[case("2030-01-01", Some("2024"))]
fn the_edition_is_the_one_in_force_on_the_day(#[case] date: NaiveDate, #[case] id: Option<&str>) {
    assert_eq!(code_in_force(date).ok().map(|code| code.id.as_str()), id);
}

#[test]
fn the_editions_follow_each_other_without_gap_or_overlap() {
    let codes = codes().unwrap();
    for (earlier, later) in codes.iter().zip(codes.iter().skip(1)) {
        assert_eq!(earlier.in_force_to.unwrap().succ_opt(), Some(later.in_force_from));
    }
    assert_eq!(codes.last().unwrap().in_force_to, None);
    assert_eq!(codes.iter().map(|code| code.statutory).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_date_before_the_first_edition_is_told_what_is_covered() {
    let refusal = code_in_force(NaiveDate::from_ymd_opt(2021, 1, 4).unwrap()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "no edition of the Code is known for 2021-01-04: they are covered from 2022-04-01"
    );
}

#[test]
fn an_unknown_edition_is_told_which_there_are() {
    let refusal = Code::embedded("2020").unwrap_err();
    assert_eq!(refusal.to_string(), "there is no Code `2020`: the editions are 2022, 2024");
    assert!(matches!(refusal, CodeUnavailable::UnknownEdition { .. }));
}

#[test]
fn the_edition_of_2022_has_clocks_alone() {
    let code = Code::embedded("2022").unwrap();
    assert_eq!(code.provisions().count(), 0);
    assert!(ContentList::ALL.into_iter().all(|list| code.contents.list(list).is_empty()));
}

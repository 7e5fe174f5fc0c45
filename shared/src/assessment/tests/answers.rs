//! The answers file: what is refused, what is written ready-made, and what is carried over.

use rstest::rstest;

use crate::assessment::answers::{Answer, Answers, Ready, carried, draft};
use crate::assessment::{Comply, Proposal};
use crate::code::form;

const GOOD: &str = r#"landlord = "a"
year = "2025-26"
code = "2024"
accountable_officer = "Director of Housing"
nothing_to_report = ["landlord-report"]

[governing_body]
name = "Board"
response = ["The board has read the report."]
responded_on = 2026-07-01
web_address = "https://a.example/complaints"

[[ombudsman_reports]]
on = "other"
title = "Spotlight on damp"
published_on = 2025-10-01
web_address = "https://ombudsman.example/spotlight"

[provisions."4.1"]
comply = "yes"
evidence = "A team of three."
confirmed_by = "Head of Housing"
confirmed_on = 2026-06-01

[provisions."6.2"]
comply = "no"
action = "A second officer on Mondays"
action_by = 2026-09-30
confirmed_by = "Head of Housing"
confirmed_on = 2026-06-01
"#;

#[test]
fn a_good_file_is_read() {
    let answers = Answers::from_toml("a.toml", GOOD).unwrap_or_else(|errors| panic!("{errors}"));
    let day = "2026-07-01".parse().unwrap();
    assert_eq!(answers.to("6.2").unwrap().confirmed(day), Some(Comply::No));
    assert_eq!(answers.governing_body.unwrap().responded_on, day);
}

#[rstest]
#[case::edition(
    "code = \"2024\"",
    "code = \"2020\"",
    "a.toml:3: code: there is no Code `2020`: the editions are 2022, 2024"
)]
#[case::year(
    "year = \"2025-26\"",
    "year = \"2025-27\"",
    "a.toml:2: year: it is not a year of the form 2025-26, or 2025"
)]
#[case::provision(
    "\"6.2\"]",
    "\"6.21\"]",
    "a.toml:25: provisions.6.21: the form of 2024 has no such provision (did you mean `6.1`"
)]
#[case::word(
    "comply = \"no\"",
    "comply = \"partly\"",
    "provisions.6.2.comply: \"partly\" is not one of its words (allowed are yes, no)"
)]
#[case::key("action_by = 2026", "by = 2026", "provisions.6.2.by: this key is not known")]
#[case::date(
    "action_by = 2026-09-30",
    "action_by = \"in autumn\"",
    "provisions.6.2.action_by: \"in autumn\" is not a date of the form 2024-04-01"
)]
#[case::no_action(
    "action = \"A second officer on Mondays\"\n",
    "",
    "provisions.6.2.action: a no says what will be done"
)]
#[case::no_date(
    "action_by = 2026-09-30\n",
    "",
    "provisions.6.2.action_by: a no says by when it will be done"
)]
#[case::yes_with_action(
    "comply = \"no\"",
    "comply = \"yes\"",
    "provisions.6.2.action: it goes with a no: leave it out, or answer no"
)]
#[case::unanswered(
    "comply = \"no\"\n",
    "",
    "provisions.6.2.comply: it is confirmed and not answered: say yes or no"
)]
#[case::no_evidence(
    "evidence = \"A team of three.\"\n",
    "",
    "provisions.4.1.evidence: only a person can say so here: give what shows it"
)]
#[case::a_person(
    "confirmed_by = \"Head of Housing\"",
    "confirmed_by = \"j@a.example\"",
    "provisions.4.1.confirmed_by: name the office, not a person or an address"
)]
#[case::no_office(
    "confirmed_by = \"Head of Housing\"\n",
    "",
    "provisions.4.1.confirmed_by: say which office confirmed it"
)]
#[case::no_day(
    "confirmed_on = 2026-06-01\n",
    "",
    "provisions.4.1.confirmed_on: say when the office confirmed it"
)]
#[case::empty(
    "evidence = \"A team of three.\"",
    "evidence = \" \"",
    "provisions.4.1.evidence: it is empty: fill it in, or leave it out"
)]
#[case::stale(
    "evidence = \"A team",
    "carried_from = \"2024-25\"\nevidence = \"A team",
    "provisions.4.1.carried_from: its words are still last year's: read them again, then take this line away"
)]
#[case::both(
    "\"landlord-report\"]",
    "\"other-reports\"]",
    "a.toml:5: nothing_to_report: `other-reports` is said to be nothing and is listed under `ombudsman_reports`: keep one of the two"
)]
#[case::address(
    "\"https://ombudsman.example/spotlight\"",
    "\"www.ombudsman.example\"",
    "ombudsman_reports[1].web_address: it is not a web address"
)]
#[case::no_response(
    "response = [\"The board has read the report.\"]",
    "response = []",
    "governing_body.response: it says nothing"
)]
#[case::no_analysis(
    "nothing_to_report",
    "analysis = [\" \"]\nnothing_to_report",
    "a.toml:5: analysis[1]: it is empty: fill it in, or leave it out"
)]
#[case::no_improvement(
    "[provisions.\"4.1\"]",
    "[[improvements]]\nwhat = \"\"\nlearnt_from = \"Damp\"\n[provisions.\"4.1\"]",
    "improvements[1].what: it is empty"
)]
#[case::no_finding(
    "[provisions.\"4.1\"]",
    "[[non_compliance]]\nfound = \"Late\"\ndone = \" \"\nfound_on = 2026-01-01\n[provisions.\"4.1\"]",
    "non_compliance[1].done: it is empty"
)]
#[case::no_day_of_a_report(
    "published_on = 2025-10-01",
    "published_on = 2000-01-01",
    "ombudsman_reports[1].published_on: it is still the ready-made file's 2000-01-01: give the day"
)]
#[case::no_day_of_an_action(
    "action_by = 2026-09-30",
    "action_by = 2000-01-01",
    "provisions.6.2.action_by: it is still the ready-made file's 2000-01-01"
)]
fn what_is_wrong_is_said_with_its_place(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    assert!(GOOD.contains(from), "nothing to change: {from}");
    let errors = Answers::from_toml("a.toml", &GOOD.replacen(from, to, 1)).unwrap_err().to_string();
    assert!(errors.contains(expected), "{errors}");
    assert!(errors.lines().all(|line| line.starts_with("a.toml:")), "{errors}");
}

fn ready(number: &str, proposal: Option<Proposal>, carried: Option<Answer>) -> Ready {
    let row = form("2024").unwrap().row(number).unwrap();
    let evidence = vec!["Measured: 43 of 44.".to_owned()];
    Ready { number: number.to_owned(), summary: row.summary.clone(), evidence, proposal, carried }
}

#[test]
fn a_ready_made_file_reads_back_and_confirms_nothing() {
    let proposal = Proposal {
        comply: Comply::No,
        rule: "not-always-kept".to_owned(),
        because: "the year's cases show that it was not always kept".to_owned(),
    };
    let last = Answer {
        commentary: Some("Said \"last year\",\nin two lines.".to_owned()),
        carried_from: Some("2024-25".to_owned()),
        ..Answer::default()
    };
    let head = Answers {
        landlord: "a".to_owned(),
        year: "2025-26".to_owned(),
        code: "2024".to_owned(),
        member_responsible: Some("Chair of the \"Board\"".to_owned()),
        ..Answers::default()
    };
    let rows = [ready("6.2", Some(proposal), None), ready("9.5", None, Some(last.clone()))];
    let file = draft(&head, &rows);
    insta::assert_snapshot!(file);
    let read = Answers::from_toml("a.toml", &file).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(read.to("6.2").unwrap().comply, Some(Comply::No));
    assert_eq!(read.to("9.5").unwrap(), &last);
    assert_eq!(read.member_responsible, head.member_responsible);
    let day = "2030-01-01".parse().unwrap();
    assert!(read.provisions.values().all(|answer| answer.confirmed(day).is_none()));
    assert!(file.lines().all(|line| line.len() <= 110), "{file}");
}

#[test]
fn last_years_words_are_carried_with_their_year_and_nothing_else_is() {
    let last = Answers::from_toml("a.toml", GOOD).unwrap();
    let form = form("2024").unwrap();
    let team = carried(form.row("4.1").unwrap(), form, &last, form).unwrap();
    assert_eq!(team.evidence.as_deref(), Some("A team of three."));
    assert_eq!(team.carried_from.as_deref(), Some("2025-26"));
    assert_eq!((team.comply, team.confirmed_on), (None, None));
    // What was to be done is this year's question.
    let late = carried(form.row("6.2").unwrap(), form, &last, form).unwrap();
    assert_eq!(
        late.commentary.as_deref(),
        Some("The answer was no. To be done by 2026-09-30: A second officer on Mondays")
    );
    assert_eq!(carried(form.row("9.5").unwrap(), form, &last, form), None);
}

#[test]
fn between_editions_words_go_to_what_asks_for_the_same() {
    let text = GOOD
        .replace("code = \"2024\"", "code = \"2022\"")
        .replace("\"6.2\"]", "\"5.12\"]")
        .replace("\"4.1\"]", "\"3.1\"]");
    let last = Answers::from_toml("a.toml", &text).unwrap_or_else(|errors| panic!("{errors}"));
    let (now, before) = (form("2024").unwrap(), form("2022").unwrap());
    assert!(carried(now.row("6.13").unwrap(), now, &last, before).is_some());
    assert!(carried(now.row("4.1").unwrap(), now, &last, before).is_some());
    assert_eq!(carried(now.row("5.12").unwrap(), now, &last, before), None);
}

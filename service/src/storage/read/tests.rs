//! What the lists give.

use super::cases::{CaseLine, CasePlace, CaseSort, Way, besides, count, page};
use super::filter::CaseFilter;
use super::samples::{case, database, run};
use crate::storage::Connection;

fn filter() -> CaseFilter {
    CaseFilter {
        landlord: "one".to_owned(),
        as_of: "2026-11-10T12:00:00Z".parse().unwrap(),
        ..CaseFilter::default()
    }
}

/// The ids of the whole list, taken in pages of two; between pages, somebody writes.
fn walk(
    connection: &mut Connection,
    filter: &CaseFilter,
    sort: (CaseSort, Way),
    mut meanwhile: impl FnMut(&mut Connection),
) -> Vec<String> {
    let mut ids = Vec::new();
    let mut after: Option<CasePlace> = None;
    loop {
        let lines: Vec<CaseLine> = page(connection, filter, sort, after.as_ref(), 2).unwrap();
        ids.extend(lines.iter().map(|line| line.id.clone()));
        match lines.last() {
            Some(last) => after = Some(CasePlace::of(last, sort.0)),
            None => return ids,
        }
        meanwhile(connection);
    }
}

fn ids(connection: &mut Connection, filter: &CaseFilter) -> String {
    let ids = walk(connection, filter, (CaseSort::Received, Way::Forward), |_| {});
    assert_eq!(count(connection, filter).unwrap(), i64::try_from(ids.len()).unwrap());
    ids.concat()
}

fn filled() -> (tempfile::TempDir, crate::storage::Database) {
    let (folder, database) = database();
    let connection: &mut Connection = &mut database.connection().unwrap();
    case(connection, ["one", "c", "stage-1", "2026-11-01"], Some("2026-11-09"));
    case(connection, ["one", "a", "stage-1", "2026-11-02"], Some("2026-11-10"));
    case(connection, ["one", "b", "closed", "2026-11-02"], None);
    case(connection, ["one", "d", "refused", "2026-10-01"], None);
    case(connection, ["one", "e", "received", "2026-11-03"], Some("2026-11-09"));
    case(connection, ["other", "f", "stage-1", "2026-11-02"], Some("2026-11-01"));
    (folder, database)
}

#[test]
fn both_sorts_go_both_ways_and_leave_nothing_out() {
    let (_folder, database) = filled();
    let connection: &mut Connection = &mut database.connection().unwrap();
    for (sort, way, wanted) in [
        (CaseSort::Received, Way::Forward, "dcabe"),
        (CaseSort::Received, Way::Back, "ebacd"),
        (CaseSort::Due, Way::Forward, "ceadb"),
        (CaseSort::Due, Way::Back, "aecdb"),
    ] {
        assert_eq!(walk(connection, &filter(), (sort, way), |_| {}).concat(), wanted, "{sort:?} {way:?}");
    }
}

#[test]
fn a_walk_sees_what_was_there_from_start_to_end_once_while_others_write() {
    let (_folder, database) = database();
    let connection: &mut Connection = &mut database.connection().unwrap();
    let mut there = Vec::new();
    for number in 0..40 {
        let id = format!("m{number:02}");
        case(connection, ["one", &id, "stage-1", &format!("2026-10-{:02}", 1 + number % 20)], None);
        there.push(id);
    }
    let mut added = 0;
    let seen = walk(connection, &filter(), (CaseSort::Received, Way::Forward), |connection| {
        added += 1;
        // Before, among and after what has been seen; and what is there changes.
        for (number, day) in [(1, "2026-09-30"), (2, "2026-10-10"), (3, "2026-11-01")] {
            if added < 20 {
                case(connection, ["one", &format!("n{added}-{number}"), "received", day], None);
            }
        }
        run(connection, "UPDATE cases SET version = version + 1, phase = 'closed' WHERE id < 'm10'");
    });
    let mut again: Vec<String> = seen.iter().filter(|id| id.starts_with('m')).cloned().collect();
    again.sort();
    assert_eq!(again, there);
}

#[test]
fn every_filter_narrows() {
    let (_folder, database) = filled();
    let connection: &mut Connection = &mut database.connection().unwrap();
    run(connection, "INSERT INTO case_categories VALUES ('a', 'one', 'Lifts')");
    run(connection, "UPDATE cases SET stage = 1, handler = 'officer-2', area = 'South' WHERE id = 'c'");
    run(
        connection,
        "UPDATE case_deadlines SET due_on = '2026-11-10', due_at = '2026-11-10 11:00:00' WHERE case_id = 'a'",
    );
    let text = |text: &str| Some(text.to_owned());
    for (filter, wanted) in [
        (filter(), "dcabe"),
        (CaseFilter { phase: text("stage-1"), ..filter() }, "ca"),
        (CaseFilter { kind: text("enquiry"), ..filter() }, ""),
        (CaseFilter { open: Some(true), ..filter() }, "cae"),
        (CaseFilter { open: Some(false), ..filter() }, "db"),
        (CaseFilter { stage: Some(1), ..filter() }, "c"),
        (CaseFilter { handler: text("officer-2"), ..filter() }, "c"),
        (CaseFilter { area: text("South"), ..filter() }, "c"),
        (CaseFilter { category: text("Lifts"), ..filter() }, "a"),
        (CaseFilter { case: text("b"), ..filter() }, "b"),
        (CaseFilter { due_before: Some("2026-11-10".parse().unwrap()), ..filter() }, "ce"),
        // The one that is due at eleven today is overdue at noon.
        (CaseFilter { overdue: Some(true), ..filter() }, "cae"),
        (CaseFilter { overdue: Some(false), ..filter() }, "db"),
        (
            CaseFilter { overdue: Some(true), as_of: "2026-11-10T10:00:00Z".parse().unwrap(), ..filter() },
            "ce",
        ),
        (CaseFilter { overdue: Some(true), as_of: "2026-11-09T12:00:00Z".parse().unwrap(), ..filter() }, ""),
    ] {
        assert_eq!(ids(connection, &filter), wanted, "{filter:?}");
    }
}

#[test]
fn words_are_found_whatever_their_case_and_only_as_they_stand() {
    let (_folder, database) = filled();
    let connection: &mut Connection = &mut database.connection().unwrap();
    for (record, case, kind, body) in [
        (1, "a", "narrative", "The CAF\u{c9} door sticks: 100% of the time"),
        (2, "b", "person", "Caf\u{e9} Owner"),
        (3, "c", "special-category", "caf\u{e9}"),
        (4, "d", "narrative", "100 of the time, a_b\\c"),
    ] {
        run(
            connection,
            &format!(
                "INSERT INTO case_records VALUES ('{record}', 'one', '{case}', '{kind}', X'00', '{body}')"
            ),
        );
    }
    run(connection, "UPDATE cases SET came_from = 'd' WHERE id = 'e'");
    run(connection, "UPDATE cases SET service_area = 'Lifts and stairs' WHERE id = 'c'");
    run(connection, "INSERT INTO case_categories VALUES ('b', 'one', 'Stairwells')");
    for (text, wanted) in [
        ("caf\u{e9} DOOR", "a"),
        ("100%", "a"),
        ("a_b\\c", "de"),
        ("axb", ""),
        ("stair", "cb"),
        ("owner", ""),
        ("of the time", "dae"),
    ] {
        assert_eq!(
            ids(connection, &CaseFilter { text: Some(text.to_owned()), ..filter() }),
            wanted,
            "{text}"
        );
    }
}

#[test]
fn what_lines_have_besides_is_the_landlords_own() {
    let (_folder, database) = filled();
    let connection: &mut Connection = &mut database.connection().unwrap();
    run(
        connection,
        "INSERT INTO case_references VALUES ('one', 'crm', 'C-1', 'a'), ('one', 'archive', '7', 'a')",
    );
    let lines = page(connection, &filter(), (CaseSort::Received, Way::Forward), None, 50).unwrap();
    let more = besides(connection, "one", &lines, filter().as_of).unwrap();
    assert_eq!(more.overdue.iter().map(String::as_str).collect::<String>(), "ce");
    let references: Vec<&str> = more.references["a"].iter().map(|(system, _)| system.as_str()).collect();
    assert_eq!(references, ["archive", "crm"]);
    assert_eq!(
        besides(connection, "other", &lines, filter().as_of).unwrap(),
        super::cases::Besides::default()
    );
}

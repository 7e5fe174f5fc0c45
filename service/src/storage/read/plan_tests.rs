//! How SQLite goes about the lists: by an index, in its order, however many cases there are.

use std::sync::{Arc, Mutex};

use diesel::connection::InstrumentationEvent;
use diesel::sql_types::Text;
use diesel::{Connection as _, QueryableByName, RunQueryDsl, sql_query};

use super::cases::{CasePlace, CaseSort, Way, page};
use super::filter::CaseFilter;
use super::items::{
    ActionLine, DeterminationLine, FailureOrderLine, Item, ItemFilter, ItemPlace, LearningLine, OrderLine,
    RefusalLine,
};
use super::{due, feed, samples};
use crate::storage::{Connection, timers};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// The plans of the queries that some reading sends.
fn plans(work: impl FnOnce(&mut Connection)) -> Vec<String> {
    let (_folder, database) = samples::database();
    let connection: &mut Connection = &mut database.connection().unwrap();
    let sent: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = sent.clone();
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            heard.lock().unwrap().push(query.to_string());
        }
    });
    work(connection);
    let queries: Vec<String> = std::mem::take(&mut *sent.lock().unwrap());
    assert!(!queries.is_empty());
    let plan = |query: &String| {
        let sql = query.split(" -- binds:").next().unwrap();
        let steps: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(connection).unwrap();
        steps.into_iter().map(|step| step.detail).collect::<Vec<_>>().join("; ")
    };
    queries.iter().map(plan).collect()
}

fn in_order_by(index: &str, plan: &str) {
    assert!(plan.contains(index), "{plan}");
    assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
}

fn filter() -> CaseFilter {
    CaseFilter { landlord: "one".to_owned(), ..CaseFilter::default() }
}

#[test]
fn cases_are_read_in_the_order_of_an_index() {
    let date = "2026-11-02".parse().unwrap();
    let received = || Some(CasePlace::Received(date, "x".to_owned()));
    let due = || Some(CasePlace::Due(date, "x".to_owned()));
    let nothing_due = || Some(CasePlace::NothingDue(date, "x".to_owned()));
    let phase = || CaseFilter { phase: Some("received".to_owned()), ..filter() };
    let handler = || CaseFilter { handler: Some("officer-1".to_owned()), ..filter() };
    let open = || CaseFilter { open: Some(true), ..filter() };
    let owed = || CaseFilter { due_before: Some(date), ..filter() };
    for (filter, sort, after, indexes) in [
        (filter(), CaseSort::Received, None, &["cases_by_receipt"][..]),
        (filter(), CaseSort::Received, received(), &["cases_by_receipt"]),
        (phase(), CaseSort::Received, received(), &["cases_by_phase"]),
        (handler(), CaseSort::Received, received(), &["cases_by_handler"]),
        (open(), CaseSort::Received, received(), &["cases_open"]),
        (filter(), CaseSort::Due, None, &["cases_by_next_due", "cases_by_receipt"]),
        (filter(), CaseSort::Due, due(), &["cases_by_next_due", "cases_by_receipt"]),
        (filter(), CaseSort::Due, nothing_due(), &["cases_by_receipt"]),
        (owed(), CaseSort::Due, due(), &["cases_by_next_due"]),
        (CaseFilter { overdue: Some(true), ..filter() }, CaseSort::Due, due(), &["cases_by_next_due"]),
    ] {
        for way in [Way::Forward, Way::Back] {
            let plans =
                plans(|connection| drop(page(connection, &filter, (sort, way), after.as_ref(), 50).unwrap()));
            assert_eq!(plans.len(), indexes.len(), "{plans:?}");
            plans.iter().zip(indexes).for_each(|(plan, index)| in_order_by(index, plan));
        }
    }
}

/// The place in the list narrows what is looked at, and is not only held against every line from the beginning.
#[test]
fn a_page_begins_where_the_one_before_ended() {
    let after = CasePlace::Received("2026-11-02".parse().unwrap(), "x".to_owned());
    let sort = (CaseSort::Received, Way::Forward);
    let plans = plans(|connection| drop(page(connection, &filter(), sort, Some(&after), 50).unwrap()));
    assert!(plans[0].contains("(landlord_id=? AND (received_on,id)>(?,?))"), "{plans:?}");
}

#[test]
fn what_is_owed_is_read_in_the_order_of_an_index() {
    let filter = due::DueFilter { landlord: "one".to_owned(), ..due::DueFilter::default() };
    let after = ("2026-11-02".parse().unwrap(), "x".to_owned(), "x".to_owned(), "x".to_owned());
    for after in [None, Some(&after)] {
        let plans = plans(|connection| drop(due::page(connection, &filter, after, 50).unwrap()));
        in_order_by("case_deadlines_by_date", &plans[0]);
    }
}

#[test]
fn what_is_to_be_told_is_found_by_an_index_of_what_has_not_been() {
    let (now, today) = ("2026-11-02T12:00:00".parse().unwrap(), "2026-11-02".parse().unwrap());
    let over = plans(|connection| drop(timers::over(connection, "one", (now, today), 50).unwrap()));
    in_order_by("case_deadlines_untold (landlord_id=? AND due_on<?)", &over[0]);
    let ahead = plans(|connection| drop(timers::ahead(connection, "one", (today, 2), 50).unwrap()));
    in_order_by("case_deadlines_untold (landlord_id=? AND due_on<?)", &ahead[0]);
    let closed = plans(|connection| drop(timers::closed(connection, "one", today, 50).unwrap()));
    in_order_by("case_windows_untold (landlord_id=? AND due_on<?)", &closed[0]);
}

#[test]
fn what_hangs_on_cases_is_read_in_the_order_of_an_index() {
    fn check<Line: Item>(index: &str, filter: &ItemFilter) {
        let on = "2026-11-02".parse().unwrap();
        let after = ItemPlace { on, case: "x".to_owned(), what: "x".to_owned(), number: 1 };
        let plans = plans(|connection| drop(Line::page(connection, filter, Some(&after), 50).unwrap()));
        in_order_by(index, &plans[0]);
    }
    let all = ItemFilter { landlord: "one".to_owned(), ..ItemFilter::default() };
    check::<ActionLine>("case_actions_by_date", &all);
    check::<DeterminationLine>("case_findings_by_date", &all);
    check::<OrderLine>("case_orders_by_case", &all);
    check::<FailureOrderLine>("case_failure_orders_by_date", &all);
    check::<LearningLine>("case_learning_by_date", &all);
    check::<RefusalLine>("case_refusals_by_date", &all);
    check::<ActionLine>("case_actions_open", &ItemFilter { open: Some(true), ..all });
}

#[test]
fn the_feed_is_read_in_its_order() {
    let all = feed::FeedFilter { landlord: "one".to_owned(), ..feed::FeedFilter::default() };
    let of_case = feed::FeedFilter { case: Some("x".to_owned()), ..all.clone() };
    for (filter, index) in [(all, "sqlite_autoindex_feed_1"), (of_case, "feed_by_case")] {
        let plans = plans(|connection| drop(feed::after(connection, &filter, (0, 10), 50).unwrap()));
        in_order_by(index, &plans[0]);
    }
}

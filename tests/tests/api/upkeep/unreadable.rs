//! What does not read is named, and hides nothing else.

use redress_tests::database::Backend;

use super::{after, look};
use crate::BACKEND;
use crate::api::server::Server;

/// PostgreSQL keeps no date that is none.
#[test]
fn a_value_that_is_no_date_is_named_with_its_column_and_written_anew() {
    if BACKEND == Backend::Postgres {
        return;
    }
    let server = Server::start();
    let (one, other) = (server.accepted(), server.accepted());
    let told = after(
        &server,
        &format!(
            "UPDATE case_deadlines SET due_at = '2025-01-01' WHERE case_id = '{one}'; \
             UPDATE cases SET received_on = 'x' WHERE id = '{one}'; \
             UPDATE case_stages SET policy_respond_due_on = '2027-01-01'"
        ),
    );
    assert_eq!(
        told,
        [
            "cases: received_on does not read",
            "case_stages 1: policy_respond_due_on",
            "case_deadlines: due_at does not read",
            "case_stages 1: policy_respond_due_on",
        ]
    );
    let (report, found) = look(&server, true);
    assert_eq!((report.renewed, found.len()), (2, 4), "{found:?}");
    assert_eq!(found[3].case.as_deref(), Some(other.as_str()));
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn a_document_whose_time_is_none_hides_no_row() {
    if BACKEND == Backend::Postgres {
        return;
    }
    let server = Server::start();
    server.accepted();
    let told = after(
        &server,
        "INSERT INTO documents (id, landlord_id, case_id, state, object_key, kind, media_type, added_at, added_by) \
         SELECT 'd', landlord_id, id, 'arriving', 'k', 'other', 'image/png', 'x', 'crm' FROM cases; \
         UPDATE case_stages SET policy_respond_due_on = '2027-01-01'",
    );
    assert_eq!(told, ["documents: added_at does not read", "case_stages 1: policy_respond_due_on"]);
}

/// Due dates that nobody can compute are not compared, and not written anew: those that stand were right.
#[test]
fn a_calendar_that_was_altered_is_named_and_all_but_rows_is_looked_at() {
    let server = Server::start();
    server.accepted();
    let told = after(
        &server,
        "UPDATE calendars SET body = '{}'; UPDATE case_records SET body = 'Else.' WHERE kind = 'narrative'; \
         UPDATE case_stages SET policy_respond_due_on = '2027-01-01'",
    );
    let calendar =
        "calendar 1 is damaged: it is not what its digest was made of; no row is compared without it";
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], calendar);
    assert!(told[1].ends_with("is not what its digest was made of"), "{told:?}");
    let (report, found) = look(&server, true);
    assert_eq!((report.renewed, report.cases), (0, 1));
    assert_eq!(found[0].to_string(), calendar);
}

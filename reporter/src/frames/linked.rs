//! What hangs on a case: categories, refusals, escalations, remedies, actions, learning, survey answers.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::account::Tally;
use super::derived::{OUTSTANDING, is_still_to_do};
use super::remedies::remedies;
use super::stages::Linked;
use super::{ById, Index, Ledger, Place, Rows, Scope, place_all, with_case, with_known_word};
use crate::source::Source;

pub(super) struct LinkedRows {
    pub(super) categories: Rows,
    pub(super) refusals: Rows,
    pub(super) escalations: Rows,
    pub(super) remedies: Rows,
    pub(super) money: Rows,
    pub(super) actions: Rows,
    pub(super) learning: Rows,
    pub(super) surveys: Rows,
}

pub(super) fn linked(
    source: &Source,
    by_id: &ById<'_>,
    first: &Index<&str, Linked<'_>>,
    scope: &Scope,
    ledger: &mut Ledger,
    outstanding: &mut Rows,
) -> LinkedRows {
    let (remedies, money) = remedies(source, by_id, scope, ledger);
    LinkedRows {
        categories: categories(source, by_id, first, ledger),
        refusals: refusals(source, by_id, scope, ledger),
        escalations: escalations(source, by_id, scope, ledger),
        remedies,
        money,
        actions: actions(source, by_id, scope, ledger, outstanding),
        learning: learning(source, scope, ledger),
        surveys: surveys(source, by_id, scope, ledger),
    }
}

/// A category belongs to the period of its case's stage 1, so that the shares are of complaints made.
fn categories(
    source: &Source,
    by_id: &ById<'_>,
    first: &Index<&str, Linked<'_>>,
    ledger: &mut Ledger,
) -> Rows {
    let all = &source.categories;
    let mut rows = Rows::with_room(&["slot", "category", "outcome", "in_time"], all.len());
    let mut booking = ledger.booking("report_categories", all.len());
    for row in all {
        let linked = first.get(row.case_id.as_str());
        let place = match linked.map(|linked| &linked.place) {
            Some(Place::Nowhere(_)) => Place::Excluded("of a stage that is in no figure"),
            Some(place) => place.clone(),
            None => with_case(by_id, &row.case_id, || Place::Excluded("of a case without a stage 1")),
        };
        booking.book(&place, || format!("case {} category {}", row.case_id, row.category));
        if let (Place::Counted(slot), Some(linked)) = (place, linked) {
            rows.push(&row.case_id, [slot, &row.category, linked.outcome, linked.in_time.word()], 1, 0);
        }
    }
    rows
}

fn refusals(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "what", "ground", "clause", "discretion", "overturned"]);
    let counted = place_all(
        ("report_refusals", &source.refusals),
        ledger,
        |row| format!("case {} refusal of {}", row.case_id, row.refused_on),
        |row| {
            with_case(by_id, &row.case_id, || {
                with_known_word("thing refused", &row.what, &["complaint", "escalation"], || {
                    scope.place(row.refused_on)
                })
            })
        },
    );
    for (row, window) in counted {
        let overturned = yes_or_no(scope.known(row.overturned_on).is_some());
        let discretion = yes_or_no(row.discretion_considered);
        rows.push(&row.case_id, [window, &row.what, &row.ground, &row.clause, discretion, overturned], 1, 0);
    }
    rows
}

fn escalations(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Rows {
    const OUTCOMES: &[&str] = &["accepted", "refused", "re-reviewed", "pending", "ended"];
    let mut rows = Rows::new(&["slot", "outcome", "reasons", "late"]);
    let counted = place_all(
        ("report_escalations", &source.escalations),
        ledger,
        |row| format!("case {} escalation of {}", row.case_id, row.requested_on),
        |row| {
            with_case(by_id, &row.case_id, || {
                with_known_word("result of an escalation", &row.outcome, OUTCOMES, || {
                    scope.place(row.requested_on)
                })
            })
        },
    );
    for (row, window) in counted {
        rows.push(
            &row.case_id,
            [window, &row.outcome, yes_or_no(row.reasons_given), yes_or_no(row.late)],
            1,
            0,
        );
    }
    rows
}

/// An action belongs to the period in which it fell due.
fn actions(
    source: &Source,
    by_id: &ById<'_>,
    scope: &Scope,
    ledger: &mut Ledger,
    outstanding: &mut Rows,
) -> Rows {
    let mut rows = Rows::new(&["slot", "stage", "state"]);
    let counted = place_all(
        ("report_actions", &source.actions),
        ledger,
        |row| format!("case {} action {}", row.case_id, row.action),
        |row| {
            with_case(by_id, &row.case_id, || match row.due_on > scope.as_of {
                true => Place::Excluded("not due yet"),
                false => scope.place(row.due_on),
            })
        },
    );
    for (row, window) in counted {
        let state = done_state(scope, Some(row.due_on), row.done_on);
        rows.push(&row.case_id, [window, &stage_or_other(row.stage), state], 1, 0);
    }
    let mut tally = Tally::default();
    for row in &source.actions {
        let state = done_state(scope, Some(row.due_on), row.done_on);
        if is_still_to_do(&mut tally, state, true) {
            outstanding.push(&row.case_id, ["action", state], 1, 0);
        }
    }
    ledger.derive(OUTSTANDING, source.actions.len(), tally);
    rows
}

fn learning(source: &Source, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "theme", "cause", "state", "reported"]);
    let counted = place_all(
        ("report_learning", &source.learning),
        ledger,
        |row| format!("learning {}", row.learning),
        |row| scope.place(row.recorded_on),
    );
    for (row, window) in counted {
        let state = if scope.known(row.done_on).is_some() { "done" } else { "open" };
        rows.push(
            row.case_id.as_deref().unwrap_or_default(),
            [window, &row.theme, &row.root_cause, state, yes_or_no(row.reported_to.is_some())],
            1,
            0,
        );
    }
    rows
}

fn surveys(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "answer"]);
    let counted = place_all(
        ("report_surveys", &source.surveys),
        ledger,
        |row| format!("case {} survey of {}", row.case_id, row.answered_on),
        |row| {
            with_case(by_id, &row.case_id, || match row.answer {
                1..=5 => scope.place(row.answered_on),
                other => Place::Nowhere(format!("{other} is no answer (1 to 5)")),
            })
        },
    );
    for (row, window) in counted {
        rows.push(&row.case_id, [window, &row.answer.to_string()], 1, 0);
    }
    rows
}

/// How something with a due date stands on the report's date.
pub(super) fn done_state(
    scope: &Scope,
    due_on: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
) -> &'static str {
    match (scope.known(done_on), due_on) {
        (Some(done), Some(due)) if done > due => "late",
        (Some(_), _) => "in-time",
        (None, Some(due)) if due < scope.as_of => "overdue",
        (None, _) => "not-due",
    }
}

/// What was promised at neither stage is of another.
pub(super) fn stage_or_other(stage: Option<i32>) -> Cow<'static, str> {
    match stage {
        Some(1) => "1".into(),
        Some(2) => "2".into(),
        Some(other) => other.to_string().into(),
        None => "other".into(),
    }
}

pub(super) const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

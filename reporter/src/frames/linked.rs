//! What hangs on a case: categories, refusals, escalations, remedies, actions, learning, survey answers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::scope::{EARLIER, OUTSIDE};
use super::stages::Linked;
use super::{Ledger, Place, Rows, Scope, place_all, with_case, with_known_word};
use crate::source::{Case, Remedy, Source};

type ById<'a> = BTreeMap<&'a str, &'a Case>;

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
    first: &BTreeMap<String, Linked>,
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
    first: &BTreeMap<String, Linked>,
    ledger: &mut Ledger,
) -> Rows {
    let mut rows = Rows::new(&["window", "category", "outcome", "in_time"]);
    let place = |case_id: &str| {
        with_case(by_id, case_id, || match first.get(case_id).map(|linked| &linked.place) {
            Some(Place::Nowhere(_)) => Place::Excluded("of a stage that is in no figure"),
            Some(Place::Excluded(EARLIER)) => Place::Excluded(OUTSIDE),
            Some(place) => place.clone(),
            None => Place::Excluded("of a case without a stage 1"),
        })
    };
    let named = |row: &crate::source::Category| format!("case {} category {}", row.case_id, row.category);
    let counted =
        place_all(("report_categories", &source.categories), ledger, named, |row| place(&row.case_id));
    for (row, window) in counted {
        if let Some(linked) = first.get(&row.case_id) {
            rows.push(&row.case_id, [window, &row.category, &linked.outcome, linked.in_time.word()], 1, 0);
        }
    }
    rows
}

fn refusals(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["window", "what", "ground", "clause", "discretion", "overturned"]);
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
    let mut rows = Rows::new(&["window", "outcome", "reasons", "late"]);
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

fn remedies(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> (Rows, Rows) {
    let mut remedies = Rows::new(&["window", "stage", "kind", "state"]);
    let mut money = Rows::new(&["window", "what", "amount"]);
    let is_negative =
        |row: &Remedy| [row.pence, row.paid_pence, row.offset_pence].iter().flatten().any(|p| *p < 0);
    let counted = place_all(
        ("report_remedies", &source.remedies),
        ledger,
        |row| format!("case {} remedy {}", row.case_id, row.remedy),
        |row| {
            with_case(by_id, &row.case_id, || match is_negative(row) {
                true => Place::Nowhere("an amount below zero".to_owned()),
                false => scope.place(row.offered_on),
            })
        },
    );
    for (row, window) in counted {
        let state = offer_state(scope, row);
        remedies.push(
            &row.case_id,
            [window, &stage_or_other(row.stage), &row.kind, state],
            1,
            pence(row.pence),
        );
        for (what, amount) in
            [("offered", row.pence), ("paid", row.paid_pence), ("set-off", row.offset_pence)]
        {
            if let Some(amount) = amount {
                money.push(&row.case_id, [window, what, &amount.to_string()], 1, pence(Some(amount)));
            }
        }
    }
    (remedies, money)
}

/// What has become of an offer by the report's date.
fn offer_state(scope: &Scope, row: &Remedy) -> &'static str {
    let answers = [("accepted", row.accepted_on), ("declined", row.declined_on), ("lapsed", row.lapsed_on)];
    answers.iter().find(|(_, on)| scope.known(*on).is_some()).map_or("open", |(state, _)| state)
}

/// An action belongs to the period in which it fell due.
fn actions(
    source: &Source,
    by_id: &ById<'_>,
    scope: &Scope,
    ledger: &mut Ledger,
    outstanding: &mut Rows,
) -> Rows {
    let mut rows = Rows::new(&["window", "stage", "state"]);
    let counted = place_all(
        ("report_actions", &source.actions),
        ledger,
        |row| format!("case {} action {}", row.case_id, row.action),
        |row| {
            with_case(by_id, &row.case_id, || match row.due_on > scope.as_of {
                true => Place::Excluded("not due by the report's date"),
                false => scope.place(row.due_on),
            })
        },
    );
    for (row, window) in counted {
        let state = done_state(scope, Some(row.due_on), row.done_on);
        rows.push(&row.case_id, [window, &stage_or_other(row.stage), state], 1, 0);
    }
    for row in &source.actions {
        outstanding.push(&row.case_id, ["action", done_state(scope, Some(row.due_on), row.done_on)], 1, 0);
    }
    rows
}

fn learning(source: &Source, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["window", "theme", "cause", "state", "reported"]);
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
    let mut rows = Rows::new(&["window", "answer"]);
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
fn stage_or_other(stage: Option<i32>) -> String {
    stage.map_or_else(|| "other".to_owned(), |stage| stage.to_string())
}

pub(super) const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Amounts below zero have been turned away before.
pub(super) fn pence(amount: Option<i64>) -> u64 {
    amount.and_then(|amount| u64::try_from(amount).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use redress_shared::calendar::Calendar;
    use redress_shared::measure::Choices;

    use super::offer_state;
    use crate::frames::{History, Scope};
    use crate::source::Remedy;

    fn offer(accepted: Option<&str>, declined: Option<&str>, lapsed: Option<&str>) -> Remedy {
        let on = |text: &str| text.parse::<NaiveDate>().unwrap();
        Remedy {
            landlord_id: "one".to_owned(),
            case_id: "case-1".to_owned(),
            stage: Some(1),
            remedy: 1,
            kind: "financial".to_owned(),
            pence: Some(5000),
            offered_on: on("2025-06-02"),
            accepted_on: accepted.map(on),
            declined_on: declined.map(on),
            lapsed_on: lapsed.map(on),
            paid_pence: None,
            offset_pence: None,
            basis: None,
            due_on: None,
        }
    }

    #[test]
    fn a_declined_offer_is_not_open_from_the_day_it_was_declined() {
        let scope = |as_of: &str| Scope {
            windows: Vec::new(),
            history: History::default(),
            as_of: as_of.parse().unwrap(),
            choices: Choices::default(),
            calendar: Calendar::england_and_wales().unwrap(),
        };
        let declined = offer(None, Some("2025-06-10"), None);
        assert_eq!(offer_state(&scope("2025-06-09"), &declined), "open");
        assert_eq!(offer_state(&scope("2025-06-10"), &declined), "declined");
        let late = scope("2025-12-31");
        assert_eq!(offer_state(&late, &offer(Some("2025-06-10"), None, None)), "accepted");
        assert_eq!(offer_state(&late, &offer(None, None, Some("2025-06-23"))), "lapsed");
        assert_eq!(offer_state(&late, &offer(None, None, None)), "open");
    }
}

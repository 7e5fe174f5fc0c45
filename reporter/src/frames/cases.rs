//! Cases of every kind, and what is remarkable about the complaints among them.

use std::collections::HashMap;

use redress_shared::measure::{Refused, StockType};

use super::stages::Linked;
use super::{Ledger, Place, Rows, Scope, month_of, place_all, with_known_word};
use crate::source::{Case, Source};

const KINDS: &[&str] =
    &["complaint", "service-request", "enquiry", "comment", "compliment", "policy-feedback"];
const TRIAGE: &[&str] = &["pending", "accepted", "refused", "not-a-complaint"];

pub(super) fn cases(
    source: &Source,
    first: &HashMap<&str, Linked<'_>>,
    scope: &Scope,
    ledger: &mut Ledger,
) -> (Rows, Rows) {
    let mut cases = Rows::new(&["slot", "kind", "month", "channel", "triage"]);
    let mut remarks = Rows::new(&["slot", "remark"]);
    let counted = place_all(
        ("report_cases", &source.cases),
        ledger,
        |case| format!("case {}", case.case_id),
        |case| place(case, first.contains_key(case.case_id.as_str()), scope),
    );
    for (case, window) in counted {
        let month = month_of(case.received_on);
        let ended = scope.known(case.withdrawn_on).or_else(|| scope.known(case.closed_on)).is_some();
        // Withdrawn or closed before anybody decided on it: nothing is pending any more.
        let triage = if case.triage == "pending" && ended { "ended" } else { case.triage.as_str() };
        cases.push(&case.case_id, [window, &case.kind, &month, &case.channel, triage], 1, 0);
        for remark in remarks_on(case) {
            remarks.push(&case.case_id, [window, remark], 1, 0);
        }
    }
    (cases, remarks)
}

fn place(case: &Case, has_stage_1: bool, scope: &Scope) -> Place {
    let stock: Vec<&str> = StockType::ALL.into_iter().map(StockType::word).collect();
    with_known_word("kind of case", &case.kind, KINDS, || {
        with_known_word("result of triage", &case.triage, TRIAGE, || {
            with_known_word("type of home", &case.stock_type, &stock, || {
                let must_have_stage_1 = case.kind == "complaint" && case.triage == "accepted";
                if must_have_stage_1 && !has_stage_1 {
                    return Place::Nowhere(
                        "an accepted complaint without a stage 1 in report_stages".to_owned(),
                    );
                }
                if case.triage == "refused" && scope.choices.refused == Refused::Made && !has_stage_1 {
                    return Place::Nowhere(
                        "to count as made, a refused complaint needs a stage 1".to_owned(),
                    );
                }
                scope.place(case.received_on)
            })
        })
    })
}

/// Only of complaints, save that a service request may have become one.
fn remarks_on(case: &Case) -> Vec<&'static str> {
    let is_complaint = case.kind == "complaint";
    [
        ("represented", is_complaint && case.represented),
        ("anonymous", is_complaint && case.anonymous),
        ("adjustments", is_complaint && case.adjustments > 0),
        ("vulnerable", is_complaint && case.vulnerable),
        ("hazard", is_complaint && case.hazard),
        ("third-party", is_complaint && case.third_party),
        ("group", is_complaint && case.residents > 1),
        ("reopened", is_complaint && case.reopened > 0),
        ("directed", is_complaint && case.directed_on.is_some()),
        ("from-service-request", is_complaint && case.from_service_request),
        ("became-complaint", case.kind == "service-request" && case.became_complaint),
    ]
    .into_iter()
    .filter_map(|(remark, applies)| applies.then_some(remark))
    .collect()
}

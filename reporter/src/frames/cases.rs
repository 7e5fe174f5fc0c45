//! Cases of every kind, and what is remarkable about the complaints among them.

use redress_shared::measure::{Refused, StockType};

use super::account::Tally;
use super::derived::REMARKS;
use super::stages::Linked;
use super::{Index, Ledger, Place, Rows, Scope, month_of, with_known_word};
use crate::source::{Case, Source};

const KINDS: &[&str] =
    &["complaint", "service-request", "enquiry", "comment", "compliment", "policy-feedback"];
const TRIAGE: &[&str] = &["pending", "accepted", "refused", "not-a-complaint"];

pub(super) fn cases(
    source: &Source,
    first: &Index<&str, Linked<'_>>,
    scope: &Scope,
    ledger: &mut Ledger,
) -> (Rows, Rows) {
    let places: Vec<Place> = source.cases.iter().map(|case| place(case, first, scope)).collect();
    let mut booking = ledger.booking("report_cases", source.cases.len());
    let mut cases = Rows::with_room(&["slot", "kind", "month", "channel", "triage"], source.cases.len());
    for (case, place) in source.cases.iter().zip(&places) {
        booking.book(place, || format!("case {}", case.case_id));
        let Place::Counted(slot) = place else { continue };
        let month = month_of(case.received_on);
        let ended = scope.known(case.withdrawn_on).or_else(|| scope.known(case.closed_on)).is_some();
        // Withdrawn or closed before anybody decided on it: nothing is pending any more.
        let triage = if case.triage == "pending" && ended { "ended" } else { case.triage.as_str() };
        cases.push(&case.case_id, [slot, &case.kind, &month, &case.channel, triage], 1, 0);
    }
    drop(booking);
    (cases, remarks(source, &places, ledger))
}

/// A remark goes where its case goes.
fn remarks(source: &Source, places: &[Place], ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "remark"]);
    let (mut found, mut tally) = (0, Tally::default());
    for (case, place) in source.cases.iter().zip(places) {
        for (remark, kind) in remarks_on(case) {
            found += 1;
            let place = match place {
                Place::Counted(slot) if case.kind != kind => {
                    &Place::Apart { slot, reason: "of a case of another kind" }
                }
                place => place,
            };
            tally.add(place);
            if let Place::Counted(slot) = place {
                rows.push(&case.case_id, [slot, remark], 1, 0);
            }
        }
    }
    ledger.derive(REMARKS, found, tally);
    rows
}

fn place(case: &Case, first: &Index<&str, Linked<'_>>, scope: &Scope) -> Place {
    let stock = StockType::ALL.map(StockType::word);
    let has_stage_1 = first.contains_key(case.case_id.as_str());
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

/// What is recorded of a case, each with the kind of case that it is a remark on.
fn remarks_on(case: &Case) -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_complaints = [
        ("represented", case.represented),
        ("anonymous", case.anonymous),
        ("adjustments", case.adjustments > 0),
        ("vulnerable", case.vulnerable),
        ("hazard", case.hazard),
        ("third-party", case.third_party),
        ("group", case.residents > 1),
        ("reopened", case.reopened > 0),
        ("directed", case.directed_on.is_some()),
        ("from-service-request", case.from_service_request),
    ];
    let remarks = of_complaints.into_iter().map(|(remark, applies)| (remark, "complaint", applies));
    let became = [("became-complaint", "service-request", case.became_complaint)];
    remarks.chain(became).filter_map(|(remark, kind, applies)| applies.then_some((remark, kind)))
}

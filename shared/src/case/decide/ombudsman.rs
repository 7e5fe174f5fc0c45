//! The Ombudsman: possible at any time, whatever the case's phase.

use super::{Verdict, guard};
use crate::case::command::ombudsman::{
    ComplyWithFailureOrder, ComplyWithOrder, RecordDetermination, RecordFailureOrder, ReferToOmbudsman,
};
use crate::case::context::Context;
use crate::case::event::Event;
use crate::case::record::Keep;
use crate::case::refusal::{Refusal, RefusalCode};
use crate::case::state::Case;
use crate::case::words::OrderKind;
use crate::code::ombudsman;

pub fn refer(case: &Case, command: &ReferToOmbudsman, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    Ok(Event::ReferredToOmbudsman(command.keep(context.vault)).into())
}

pub fn determination(case: &Case, command: &RecordDetermination, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    if command.findings.is_empty() {
        return Err(Refusal::new(
            RefusalCode::FindingMissing,
            "a determination has a finding for each issue",
            "give at least one finding",
        ));
    }
    for due_on in command.orders.iter().filter_map(|order| order.due_on) {
        guard::plausible("due_on", due_on, context)?;
    }
    for order in &command.orders {
        match (order.kind, order.due_on) {
            (OrderKind::Order, None) => {
                return Err(Refusal::new(
                    RefusalCode::OrderNeedsDate,
                    "an order has a date by which to comply",
                    "give `due_on`, or record it as a recommendation",
                ));
            }
            (_, Some(due_on)) if due_on < context.today() => {
                return Err(Refusal::new(
                    RefusalCode::ActionDate,
                    "an order cannot be due before the determination",
                    "check `due_on` and `occurred_at`",
                ));
            }
            _ => {}
        }
    }
    Ok(Event::DeterminationRecorded(Box::new(command.keep(context.vault))).into())
}

pub fn comply_with_order(case: &Case, command: &ComplyWithOrder, context: &Context<'_>) -> Verdict {
    let order = guard::numbered(&case.ombudsman.orders, command.order, "order")?;
    if order.complied_at.is_some() {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            "it has been complied with",
            "nothing more is needed",
        ));
    }
    let determined = case.ombudsman.findings.iter().find(|finding| finding.reference == order.reference);
    if let Some(finding) = determined {
        context.not_before("the determination", finding.determined_at)?;
    }
    Ok(Event::OrderCompliedWith(command.keep(context.vault)).into())
}

pub fn failure_order(case: &Case, command: &RecordFailureOrder, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    // Without the built-in types none can be told from another, so none is taken.
    let types = ombudsman().map(|data| data.failure_orders.as_slice()).unwrap_or_default();
    if !types.iter().any(|known| known.number == command.kind) {
        let known = types.iter().map(|known| format!("{} is: {}", known.number, known.title));
        return Err(Refusal::new(
            RefusalCode::FailureOrderType,
            format!("there is no failure order of type {}", command.kind),
            known.collect::<Vec<_>>().join("; "),
        ));
    }
    guard::plausible("due_on", command.due_on, context)?;
    if command.due_on < context.today() {
        return Err(Refusal::new(
            RefusalCode::ActionDate,
            "an order cannot be due before it was issued",
            "check `due_on` and `occurred_at`",
        ));
    }
    Ok(Event::FailureOrderRecorded(command.keep(context.vault)).into())
}

pub fn comply_with_failure_order(
    case: &Case,
    command: &ComplyWithFailureOrder,
    context: &Context<'_>,
) -> Verdict {
    let order = guard::numbered(&case.ombudsman.failure_orders, command.failure_order, "failure order")?;
    if order.complied_at.is_some() {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            "it has been complied with",
            "nothing more is needed",
        ));
    }
    context.not_before("it was issued", order.issued_at)?;
    Ok(Event::FailureOrderCompliedWith(command.keep(context.vault)).into())
}

//! The Ombudsman: referred, determined, ordered, complied with or not.

use redress_shared::calendar::london;
use serde_json::{Value, json};

use super::office;
use super::session::{Due, Session, Told};

/// A reference of the Ombudsman's.
pub fn reference(session: &mut Session<'_>) -> String {
    format!("HO-{:06}", session.random.between(1, 999_999))
}

/// So many of a thousand residents go to the Ombudsman, who determines some months later.
pub fn perhaps(session: &mut Session<'_>, per_thousand: u64) -> Told {
    if !session.random.chance(per_thousand) {
        return Ok(());
    }
    let reference = reference(session);
    let days = session.random.between(8, 45);
    let referred = session.in_working_days(days)?;
    session.plan(referred, "refer-to-ombudsman", json!({ "reference": reference }));
    let days = days + session.random.between(40, 120);
    let at = session.in_working_days(days)?;
    let determined_on = london::date_of(at);
    let findings = [
        (12, "no-maladministration"),
        (22, "service-failure"),
        (34, "maladministration"),
        (6, "severe-maladministration"),
        (18, "reasonable-redress"),
        (4, "resolved-with-intervention"),
        (4, "outside-jurisdiction"),
    ];
    let mut found = vec![issue(session, &findings, "/facts/categories/0")];
    if session.random.chance(450) {
        found.push(json!({ "issue": "Complaint handling", "finding": session.random.weigh(&findings) }));
    }
    let fault = |finding: &Value| {
        ["service-failure", "maladministration", "severe-maladministration"]
            .iter()
            .any(|word| finding["finding"] == *word)
    };
    let orders = if found.iter().any(fault) { orders(session, at, determined_on)? } else { Vec::new() };
    let content = json!({ "reference": reference, "findings": found, "orders": orders });
    session.plan(at, "record-determination", content);
    Ok(())
}

fn issue(session: &mut Session<'_>, findings: &[(u64, &str)], pointer: &str) -> Value {
    let category = session.text(pointer).to_owned();
    let category = if category.is_empty() { "Repairs".to_owned() } else { category };
    json!({ "issue": category, "finding": session.random.weigh(findings) })
}

/// Orders, each with its date, and what becomes of them.
fn orders(
    session: &mut Session<'_>,
    at: chrono::DateTime<chrono::Utc>,
    determined_on: chrono::NaiveDate,
) -> Told<Vec<Value>> {
    let due_on = office::after(determined_on, 28)?;
    let mut orders = vec![json!({
        "kind": "order",
        "what": "Pay compensation and apologise.",
        "due_on": due_on,
        "pence": session.random.between(2, 30) * 5_000,
    })];
    if session.random.chance(500) {
        orders.push(json!({ "kind": "order", "what": "Inspect the home.", "due_on": due_on }));
    }
    if session.random.chance(350) {
        orders.push(json!({ "kind": "recommendation", "what": "Review the procedure." }));
    }
    for number in 1..=orders.len() {
        let fates = [(70, 20), (15, 40), (15, 0)];
        let days = session.random.weigh(&fates).copied().unwrap_or(0);
        if days > 0 {
            let days = days - session.random.between(0, 8);
            let complied = office::minutes_after(at, days * 24 * 60);
            let content = json!({ "order": number, "evidence": "Receipts were sent to the Ombudsman." });
            session.plan(complied, "comply-with-order", content);
        }
    }
    Ok(orders)
}

/// The Ombudsman orders a landlord to get on with a complaint that it has left unanswered.
pub fn failure_order(session: &mut Session<'_>, due: Option<Due>) -> Told {
    let Some(due) = due else { return Ok(()) };
    let reference = reference(session);
    let day = session.office().after(due.on, 1)?;
    let at = session.on(day)?;
    let due_on = office::after(day, 14)?;
    session.plan(at, "record-failure-order", json!({ "reference": reference, "kind": 1, "due_on": due_on }));
    if session.random.chance(800) {
        let number = session.count("/ombudsman/failure_orders") + 1;
        let days = session.random.between(3, 20);
        let complied = office::minutes_after(at, days * 24 * 60);
        session.plan(complied, "comply-with-failure-order", json!({ "failure_order": number }));
    }
    Ok(())
}

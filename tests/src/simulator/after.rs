//! What comes of an answer: offers, actions, learning, surveys, closing.

use chrono::{DateTime, Utc};
use redress_shared::calendar::london;
use serde_json::{Value, json};

use super::session::{Halt, Session, Told};
use super::words::LESSONS;
use super::{office, stage};

/// The resident withdraws.
pub fn withdraw(session: &mut Session<'_>) -> Told {
    let at = session.in_working_days(1)?;
    let goes_on = session.random.chance(300);
    let content = json!({
        "concerns": if goes_on { "continue" } else { "end" },
        "concerns_reason": "The safety of others was considered.",
    });
    session.act(at, "withdraw", content)?;
    Ok(())
}

/// Tells the contractor, at the moments that the policy names.
pub fn tell_contractor(session: &mut Session<'_>, moment: &str) -> Told {
    let contractor = session.text("/facts/contractor").to_owned();
    let told = session.case.pointer("/contractor_notices").and_then(Value::as_array);
    let told = told.is_some_and(|moments| moments.iter().any(|known| known == moment));
    if contractor.is_empty() || told || !session.world.policy.lists("/contractor_notices", "moment", moment) {
        return Ok(());
    }
    let at = office::minutes_after(session.now, 10);
    session.act(at, "notify-contractor", json!({ "contractor": contractor, "moment": moment }))?;
    Ok(())
}

/// What is offered where something went wrong; dates are put in when the letter goes.
pub fn remedies(session: &mut Session<'_>) -> Vec<Value> {
    let kinds = session.world.policy.words("/remedies/kinds", "value");
    let mut offered = vec![json!({ "kind": "apology", "detail": "A written apology.", "agreed": true })];
    if session.random.chance(300) {
        let others: Vec<&String> =
            kinds.iter().filter(|kind| !["apology", "financial"].contains(&kind.as_str())).collect();
        if let Some(kind) = session.random.pick(&others) {
            offered.push(json!({ "kind": kind, "detail": "As set out in the letter." }));
        }
    }
    if kinds.iter().any(|kind| kind == "financial") && session.random.chance(320) {
        let bases = [(5, "distress-and-inconvenience"), (3, "loss-of-service"), (2, "financial-loss")];
        offered.push(json!({
            "kind": "financial",
            "detail": "For what it cost the resident.",
            "pence": session.random.between(4, 90) * 500,
            "basis": session.random.weigh(&bases),
        }));
    }
    offered
}

/// What is promised.
pub fn promises(session: &mut Session<'_>) -> Vec<Value> {
    let count = [(55, 0), (35, 1), (10, 2)];
    let count = session.random.weigh(&count).copied().unwrap_or(0);
    (0..count).map(|_| json!({ "what": "The work set out in the letter.", "owner": "Repairs" })).collect()
}

/// Puts the dates into a letter that goes at a time.
pub fn dated(session: &mut Session<'_>, at: DateTime<Utc>, content: &mut Value) -> Told {
    let sent_on = london::date_of(at);
    let ends = session.world.policy.has("/remedies/offer_open_at_most");
    for remedy in content.get_mut("remedies").and_then(Value::as_array_mut).into_iter().flatten() {
        remedy["due_on"] = json!(office::after(sent_on, 28)?);
        if ends && remedy["kind"] == "financial" {
            remedy["open_until"] = json!(office::after(sent_on, 60)?);
        }
    }
    for action in content.get_mut("actions").and_then(Value::as_array_mut).into_iter().flatten() {
        let days = session.random.between(7, 40);
        action["due_on"] = json!(session.office().on_or_after(office::after(sent_on, days)?)?);
    }
    Ok(())
}

/// What becomes of the money offered since there were `before` remedies.
pub fn offers(session: &mut Session<'_>, before: usize) -> Told {
    for number in before + 1..=session.count("/remedies") {
        let remedy = session.case.pointer(&format!("/remedies/{}", number - 1)).cloned().unwrap_or_default();
        if remedy["kind"] != "financial" {
            continue;
        }
        let ends = remedy["open_until"].as_str().and_then(|day| day.parse().ok());
        let fates = [(78, "accepted"), (9, "declined"), (13, "silence")];
        let fate = session.random.weigh(&fates).copied().unwrap_or("silence");
        let days = session.random.between(2, 15);
        let answered = session.in_working_days(days)?;
        if fate != "silence" {
            session.plan(
                answered,
                "answer-offer",
                json!({ "remedy": number, "accepted": fate == "accepted" }),
            );
        } else if let Some(ends) = ends {
            let at = session.on(office::after(ends, 1)?)?;
            session.plan(at, "lapse-offer", json!({ "remedy": number }));
        }
        if fate == "accepted" && session.random.chance(930) {
            let days = days + session.random.between(3, 15);
            let at = session.in_working_days(days)?;
            let arrears = session.world.policy.has("/remedies/arrears_first") && session.random.chance(400);
            let owed = if arrears { session.random.between(10, 400) * 100 } else { 0 };
            session.plan(at, "pay-compensation", json!({ "remedy": number, "arrears_pence": owed }));
        }
    }
    Ok(())
}

/// What becomes of what was promised since there were `before` actions: done in time, done late, or not done.
pub fn actions(session: &mut Session<'_>, before: usize) -> Told {
    for number in before + 1..=session.count("/actions") {
        let due = session.text(&format!("/actions/{}/due_on", number - 1)).parse()?;
        let left = session.office().days_to(session.today(), due)?;
        let fates = [(70, "in time"), (18, "late"), (12, "not done")];
        let days = match session.random.weigh(&fates).copied().unwrap_or("not done") {
            "in time" => session.random.between(1, left.max(1)),
            "late" => left + session.random.between(1, 20),
            _ => continue,
        };
        let at = session.in_working_days(days)?;
        session.plan(at, "complete-action", json!({ "action": number, "note": "Photographs on file." }));
    }
    Ok(())
}

/// What is learnt from an answer, and what the resident thinks of how it was handled.
pub fn follow_up(session: &mut Session<'_>, number: u8) -> Told {
    let upheld = session.text(&format!("{}/outcome", stage::place(number))) != "not-upheld";
    if upheld && session.random.chance(55) {
        lesson(session)?;
    }
    let asked = if session.world.policy.holds("/after/survey/value") { 380 } else { 160 };
    if stage::sent_to(session) != "nobody" && session.random.chance(asked) {
        let answers = [
            (if upheld { 18 } else { 7 }, "very-satisfied"),
            (if upheld { 30 } else { 15 }, "fairly-satisfied"),
            (16, "neither"),
            (18, "fairly-dissatisfied"),
            (18, "very-dissatisfied"),
        ];
        let answer = session.random.weigh(&answers).copied();
        let days = session.random.between(4, 20);
        let at = session.in_working_days(days)?;
        session.plan(at, "record-survey", json!({ "stage": number.to_string(), "answer": answer }));
    }
    if session.random.chance(5) {
        restriction(session)?;
    }
    Ok(())
}

fn lesson(session: &mut Session<'_>) -> Told {
    let Some((theme, root_cause, improvement, owner)) = session.random.pick(&LESSONS).copied() else {
        return Ok(());
    };
    let at = office::minutes_after(session.now, 60);
    let content =
        json!({ "theme": theme, "root_cause": root_cause, "improvement": improvement, "owner": owner });
    session.act(at, "record-learning", content)?;
    if session.random.chance(750) {
        let reported_to = session.random.pick(&["Residents", "Staff", "Committee"]).copied();
        let days = session.random.between(15, 50);
        let at = session.in_working_days(days)?;
        let done = session.random.chance(700);
        let number = session.count("/learning");
        session.plan(
            at,
            "report-learning",
            json!({ "learning": number, "reported_to": reported_to, "done": done }),
        );
    }
    Ok(())
}

/// Contact is restricted, after the landlord has looked at its own conduct.
fn restriction(session: &mut Session<'_>) -> Told {
    let looked = json!({
        "procedure_followed": true,
        "responses_given": true,
        "considered_afresh": "Calls of the last month were listened to.",
    });
    let at = office::minutes_after(session.now, 20);
    session.act(at, "assess-restriction", looked)?;
    let content = json!({
        "evidence": "Forty calls in a week.",
        "restriction": "One contact, by email.",
        "equality_considered": "No disability that the restriction would bear on is known.",
        "review_on": office::after(session.today(), 90)?,
        "approved_by": { "id": "approver-3", "role": "senior-manager" },
    });
    let at = office::minutes_after(session.now, 20);
    session.act(at, "restrict-contact", content)?;
    let at = session.on(office::after(session.today(), 90)?)?;
    session.plan(at, "review-restriction", json!({ "stays": false, "reason": "The calls have stopped." }));
    Ok(())
}

/// The case is closed when the policy says so; now and then a closed one is opened again, where the policy has that.
pub fn close(session: &mut Session<'_>) -> Told {
    tell_contractor(session, "conclusion")?;
    let phase = session.text("/phase").to_owned();
    let days = session.random.between(1, 6);
    let (at, reason) = match session.world.policy.word("/after/closing/value") {
        "window-passed" if phase == "answered-at-stage-1" => {
            let Some(window) = session.due("escalate-by")? else { return Ok(()) };
            let day = session.office().after(window.on, 1)?;
            (session.on(day)?, "window-passed")
        }
        "remedy-agreed" if phase != "escalation-refused" => {
            if session.random.chance(50) {
                return Err(Halt::StillOpen);
            }
            let at = session.in_working_days(days)?;
            session.act(at, "agree-remedy", json!({ "note": "Agreed by telephone." }))?;
            (office::minutes_after(at, 15), "remedy-agreed")
        }
        _ => (session.in_working_days(days)?, "answered"),
    };
    session.act(at, "close", json!({ "reason": reason }))?;
    let reopens = session.world.policy.is("/after/reopening/value", "new-evidence");
    if reopens && session.count("/stages") == 1 && session.random.chance(45) {
        return reopened(session);
    }
    Ok(())
}

fn reopened(session: &mut Session<'_>) -> Told {
    let days = session.random.between(10, 80);
    let at = session.in_working_days(days)?;
    session.act(at, "reopen", json!({ "new_evidence": "A surveyor's report." }))?;
    let content = stage::answer(session, 1)?;
    let days = session.random.between(2, 8);
    let at = session.in_working_days(days)?;
    stage::decided(session, at, content)?;
    let at = session.in_working_days(1)?;
    session.act(at, "close", json!({ "reason": "answered" }))?;
    Ok(())
}

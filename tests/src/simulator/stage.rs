//! A stage: acknowledged, perhaps extended, and answered.

use serde_json::{Value, json};

use super::session::{Due, Halt, Session, Told};
use super::{after, escalation, meanwhile, office, ombudsman};

/// Stage 1, and what comes after it.
pub fn first(session: &mut Session<'_>) -> Told {
    work(session, 1)?;
    after::follow_up(session, 1)?;
    let late_or_lost = u64::from(session.text("/stages/0/outcome") == "not-upheld") * 90;
    if session.random.chance(session.world.landlord.escalated + late_or_lost) {
        return escalation::ask(session);
    }
    after::close(session)
}

/// A stage from its acknowledgement to its answer.
pub fn work(session: &mut Session<'_>, number: u8) -> Told {
    forgotten(session)?;
    acknowledge(session, number)?;
    let urgent = session.due(&format!("respond-{number}"))?.is_some_and(|due| due.at.is_some());
    if !urgent {
        meanwhile::happens(session, number)?;
    }
    forgotten(session)?;
    respond(session, number)
}

/// A few cases are left lying, as in every office; they are overdue on the last day.
fn forgotten(session: &mut Session<'_>) -> Told {
    if session.random.chance(6) { Err(Halt::StillOpen) } else { Ok(()) }
}

/// Where the stage stands in the case.
pub fn place(number: u8) -> String {
    format!("/stages/{}", number.saturating_sub(1))
}

/// Who may handle a stage, one of several people.
pub fn handler(session: &mut Session<'_>, number: u8) -> Value {
    let roles = session.world.policy.words(&format!("/stage_{number}/handlers/roles"), "value");
    let role = session.random.pick(&roles).cloned().unwrap_or_else(|| "officer".to_owned());
    let person = session.random.between(1, 6);
    json!({ "id": format!("stage-{number}-{role}-{person}"), "role": role, "job_title": "Complaints handler" })
}

/// To whom letters go.
pub fn sent_to(session: &Session<'_>) -> &'static str {
    let there = |pointer: &str| session.case.pointer(pointer).is_some_and(|value| !value.is_null());
    if session.case.pointer("/parties/anonymous").and_then(Value::as_bool) == Some(true) {
        "nobody"
    } else if there("/parties/nominee") {
        "nominee"
    } else if there("/parties/representative/consent") {
        "representative"
    } else {
        "each-resident"
    }
}

/// A time before something is due, or after it where it is to be late.
fn time_for(session: &mut Session<'_>, due: Option<Due>, late: bool) -> Told<chrono::DateTime<chrono::Utc>> {
    if let Some(instant) = due.and_then(|due| due.at) {
        let spare = session.random.between(30, 400);
        let at = if late {
            office::minutes_after(instant, spare)
        } else {
            instant - chrono::TimeDelta::minutes(spare.cast_signed())
        };
        return Ok(at.max(office::minutes_after(session.now, 5)));
    }
    let left = match due {
        Some(due) => session.office().days_to(session.today(), due.on)?,
        None => 5,
    };
    let days =
        if late { left + session.random.between(1, 12) } else { session.random.between(left / 3, left) };
    session.in_working_days(days)
}

fn acknowledge(session: &mut Session<'_>, number: u8) -> Told {
    let policy = &session.world.policy;
    let frequency = policy.holds(&format!("/stage_{number}/contact_frequency_agreed/value")).then_some(5);
    let points: Vec<Value> = (0..session.random.between(1, 3))
        .map(|point| json!({ "understanding": format!("Point {} of the complaint.", point + 1), "responsible": point < 2 }))
        .collect();
    let mut content = json!({
        "channel": session.random.pick(&["email", "letter"]),
        "in_writing": true,
        "points": points,
        "outcomes_sought": "That it is put right.",
        "handler": handler(session, number),
        "handler_contact": "01632 960001",
        "conflict_of_interest": "none",
        "next_steps": "We look into it and write with our decision.",
        "offered_to_discuss": true,
        "sent_to": sent_to(session),
    });
    if let Some(days) = frequency {
        content["update_every_working_days"] = json!(days);
    }
    let at = if session.risk("risk-to-life") && number == 1 {
        office::minutes_after(session.now, 30)
    } else {
        let due = session.due(&format!("acknowledge-{number}"))?;
        let late = session.random.chance(55);
        time_for(session, due, late)?
    };
    if session.random.chance(10) {
        let mut lacking = content.clone();
        lacking["points"] = json!([]);
        session.provoke("acknowledge", &lacking, "points-missing")?;
    }
    session.act(at, "acknowledge", content)?;
    Ok(())
}

/// The stage is answered, now and then too late.
pub fn respond(session: &mut Session<'_>, number: u8) -> Told {
    let due = session.due(&format!("respond-{number}"))?;
    let late = session.random.chance(session.world.landlord.late_answers);
    if late && session.random.chance(50) {
        ombudsman::failure_order(session, due)?;
    }
    let at = time_for(session, due, late)?;
    updated(session, number, at)?;
    reviewed(session, number)?;
    let content = answer(session, number)?;
    decided(session, at, content)
}

/// Updates go out as often as was agreed, but for the few that somebody forgets.
fn updated(session: &mut Session<'_>, number: u8, until: chrono::DateTime<chrono::Utc>) -> Told {
    let every = session.case.pointer(&format!("{}/update_every_working_days", place(number)));
    let Some(days) = every.and_then(Value::as_u64).filter(|_| !session.random.chance(100)) else {
        return Ok(());
    };
    loop {
        let at = session.in_working_days(days)?;
        if at >= until {
            return Ok(());
        }
        let content = json!({ "note": "The work is in hand.", "sent_to": sent_to(session) });
        session.act(at, "update-resident", content)?;
    }
}

/// Sends an answer, and plans what becomes of what it offers and promises.
pub fn decided(session: &mut Session<'_>, at: chrono::DateTime<chrono::Utc>, mut content: Value) -> Told {
    let (remedies, actions) = (session.count("/remedies"), session.count("/actions"));
    // Offers and promises are made for days after the letter, which may go later than the day on which it was drafted.
    after::dated(session, at, &mut content)?;
    session.act(at, "respond", content)?;
    after::offers(session, remedies)?;
    after::actions(session, actions)
}

/// Where the policy has a draft reviewed, it is.
fn reviewed(session: &mut Session<'_>, number: u8) -> Told {
    let rule = format!("/stage_{number}/handlers/reviewed");
    let role = session.text(&format!("{}/handler/role", place(number))).to_owned();
    if role.is_empty() || !session.world.policy.is(&format!("{rule}/role"), &role) {
        return Ok(());
    }
    let by = session.world.policy.word(&format!("{rule}/by"));
    let at = office::minutes_after(session.now, 10);
    session.act(at, "review-response", json!({ "reviewer": { "id": "reviewer-1", "role": by } }))?;
    Ok(())
}

/// The words of an answer: a decision on every point, and remedies where something went wrong.
pub fn answer(session: &mut Session<'_>, number: u8) -> Told<Value> {
    let points = session.count(&format!("{}/points", place(number)));
    let decisions: Vec<Value> = (1..=points)
        .map(|point| {
            json!({ "point": point, "outcome": outcome(session), "reasons": "What the records and the visit showed." })
        })
        .collect();
    let fault = decisions.iter().any(|decision| decision["outcome"] != "not-upheld");
    let first_contact = number == 1
        && session.world.policy.is("/stage_1/written/value", "unless-first-contact")
        && session.count("/stages/0/extensions") == 0
        && session.random.chance(50);
    let mut content = json!({
        "decisions": decisions,
        "sources": "The repairs policy, the tenancy agreement and the job records.",
        "steps_taken": "We visited, read the records and spoke to the team.",
        "changes": "None.",
        "sent_to": sent_to(session),
        "resolved_at_first_contact": first_contact,
        "in_writing": !first_contact,
        "resident_agreed": first_contact,
    });
    if fault {
        content["remedies"] = json!(after::remedies(session));
        content["actions"] = json!(after::promises(session));
    }
    Ok(content)
}

fn outcome(session: &mut Session<'_>) -> &'static str {
    let partly = session.world.policy.lists("/remedies/outcomes", "value", "partly-upheld");
    if !session.random.chance(session.world.landlord.upheld) {
        "not-upheld"
    } else if partly && session.random.chance(300) {
        "partly-upheld"
    } else {
        "upheld"
    }
}

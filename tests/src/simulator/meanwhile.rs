//! While a stage is open: more time, new issues, updates, other handlers, changes of mind.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::session::{Halt, Session, Told};
use super::stage::{handler, place, sent_to};
use super::{after, office};

/// What may happen between the acknowledgement and the answer.
pub fn happens(session: &mut Session<'_>, number: u8) -> Told {
    consulted(session, number)?;
    if session.random.chance(25) {
        after::withdraw(session)?;
        return Err(Halt::StillOpen);
    }
    if session.world.policy.holds("/after/no_contact_letter/value") && session.random.chance(15) {
        return out_of_reach(session);
    }
    if number == 1 && session.text("/came_from").is_empty() && session.random.chance(50) {
        new_issue(session)?;
    }
    if session.random.chance(60) {
        reassigned(session, number)?;
    }
    if session.random.chance(200) {
        let at = session.in_working_days(1)?;
        let content = json!({ "note": "A surveyor has been asked to look.", "sent_to": sent_to(session) });
        session.act(at, "update-resident", content)?;
    }
    if session.random.chance(8) {
        let at = office::minutes_after(session.now, 20);
        let right = if session.text("/facts/service_area") == "Repairs" { "Estates" } else { "Repairs" };
        let fact = json!({ "fact": "service-area", "is": right });
        let content = json!({ "correct": fact, "reason": "Put under the wrong service." });
        session.act(at, "correct", content)?;
    }
    if session.random.chance(120) {
        extension(session, number)?;
    }
    Ok(())
}

/// The bodies that the policy has consulted on a risk.
fn consulted(session: &mut Session<'_>, number: u8) -> Told {
    let risk = session.text("/risks/0/kind").to_owned();
    let rule = format!("/stage_{number}/consult");
    let (risks, bodies) =
        (session.world.policy.words(&rule, "risk"), session.world.policy.words(&rule, "body"));
    for (about, body) in risks.iter().zip(bodies) {
        if *about == risk {
            let at = office::minutes_after(session.now, 30);
            session.act(at, "consult", json!({ "body": body, "risk": risk }))?;
        }
    }
    Ok(())
}

/// A letter with a time limit, and no answer to it.
fn out_of_reach(session: &mut Session<'_>) -> Told {
    let at = session.in_working_days(2)?;
    let by = office::after(redress_shared::calendar::london::date_of(at), 14)?;
    session.act(at, "warn-no-contact", json!({ "contact_by": by }))?;
    let at = session.on(office::after(by, 2)?)?;
    session.act(at, "close", json!({ "reason": "no-contact" }))?;
    Err(Halt::StillOpen)
}

fn new_issue(session: &mut Session<'_>) -> Told {
    let related = session.random.chance(650);
    let would_delay = related && session.random.chance(200);
    let at = session.in_working_days(1)?;
    let content = json!({
        "issue": "The contractor left rubbish behind.",
        "related": related,
        "would_delay": would_delay,
        "responsible": true,
    });
    let answer = session.act(at, "add-issue", content)?;
    session.came_of_it(&answer);
    Ok(())
}

/// Somebody else takes over; at stage 2 the resident may have somebody added where the policy offers it.
fn reassigned(session: &mut Session<'_>, number: u8) -> Told {
    let mut content = json!({ "handler": handler(session, number), "conflict_of_interest": "none" });
    let offered = session.world.policy.words(&format!("/stage_{number}/handlers/resident_may_add"), "value");
    if let Some(role) = session.random.pick(&offered) {
        content["members"] = json!([{ "id": format!("{role}-1"), "role": role }]);
    }
    let at = office::minutes_after(session.now, 25);
    session.act(at, "assign", content)?;
    Ok(())
}

/// More time: mostly as the policy and the Code have it, now and then not.
fn extension(session: &mut Session<'_>, number: u8) -> Told {
    let Some(due) = session.due(&format!("respond-{number}"))? else { return Ok(()) };
    if number == 1 && session.random.chance(150) {
        beyond_cap(session, due.on)?;
    }
    let rule = format!("/stage_{number}/extend");
    let (policy, office) = (&session.world.policy, session.office());
    let details_needed = policy.lists(&format!("{rule}/needs"), "value", "ombudsman-details");
    let longest = match number {
        1 => 9,
        _ if policy.is(&format!("{rule}/cap/unit"), "days") => 4,
        _ => 15,
    };
    let more = session.random.between(2, longest);
    let mut content = request(office.after(due.on, more)?);
    content["ombudsman_details_given"] = json!(details_needed || !session.random.chance(300));
    let good_reason = number == 1
        && policy.is(&format!("{rule}/beyond_cap/value"), "good-reason")
        && session.random.chance(80);
    if good_reason {
        content["respond_by"] = json!(office.after(due.on, 14)?);
        content["good_reason"] = json!("The part has to be made to measure.");
        content["update_every_working_days"] = json!(5);
    }
    let left = office.days_to(session.today(), due.on)?;
    // One told after the day has passed moves nothing; it happens all the same.
    let too_late = session.random.chance(60);
    let days = if too_late { left + 1 } else { session.random.between(left / 2, left) };
    let at = session.in_working_days(days)?;
    session.act(at, "extend", content)?;
    if session.count(&format!("{}/extensions", place(number))) == 0 {
        return Err(anyhow::anyhow!("the extension is not in the case").into());
    }
    Ok(())
}

fn request(respond_by: NaiveDate) -> Value {
    json!({
        "respond_by": respond_by,
        "reason": "We wait for the contractor's report.",
        "agreed": true,
        "discussed": true,
        "in_writing": true,
    })
}

/// An extension past the policy's cap, asked for without what the policy wants for it.
fn beyond_cap(session: &mut Session<'_>, due_on: NaiveDate) -> Told {
    let policy = &session.world.policy;
    if !policy.has("/stage_1/extend/cap") {
        return Ok(());
    }
    let (code, lacking) = match policy.word("/stage_1/extend/beyond_cap/value") {
        "refuse" => ("extension-over-cap", json!(true)),
        "good-reason" => ("extension-needs-good-reason", json!(true)),
        _ => ("extension-needs-agreement", json!(false)),
    };
    let mut content = request(session.office().after(due_on, 15)?);
    content["agreed"] = lacking.clone();
    content["ombudsman_details_given"] = lacking;
    session.provoke("extend", &content, code)
}

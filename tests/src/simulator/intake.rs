//! Coming in: received, checked, taken on or declined.

use serde_json::{Value, json};

use super::contact::{self, Complaint};
use super::session::{Session, Told};
use super::{after, ombudsman, stage};

/// A contact comes in and is dealt with.
pub fn arrives(session: &mut Session<'_>, reference: &str) -> Told {
    let kinds = [(770, "complaint"), (120, "service-request"), (110, "feedback")];
    match session.random.weigh(&kinds).copied().unwrap_or("complaint") {
        "service-request" => request(session, reference),
        "feedback" => feedback(session, reference),
        _ => complaint(session, reference),
    }
}

/// A request for a service; some are not dealt with to the resident's satisfaction, and a complaint comes of it.
fn request(session: &mut Session<'_>, reference: &str) -> Told {
    let content = contact::other(session.world, &mut session.random, "service-request", reference);
    session.act(session.now, "receive", content)?;
    if session.random.chance(380) {
        let days = session.random.between(3, 12);
        let at = session.in_working_days(days)?;
        let content = json!({
            "about": "The request was not dealt with, and nobody said why.",
            "dissatisfied": true,
            "channel": "email",
        });
        let answer = session.act(at, "raise-complaint", content)?;
        session.came_of_it(&answer);
    }
    let days = session.random.between(1, 10);
    let at = session.in_working_days(days)?;
    session.act(at, "settle", json!({ "note": "The work was done." }))?;
    Ok(())
}

/// A comment, a compliment, an enquiry: of the kinds that the policy names.
fn feedback(session: &mut Session<'_>, reference: &str) -> Told {
    let mut kinds = session.world.policy.words("/intake/feedback", "kind");
    kinds.retain(|kind| kind != "service-request");
    let kind = session.random.pick(&kinds).cloned().unwrap_or_else(|| "compliment".to_owned());
    let content = contact::other(session.world, &mut session.random, &kind, reference);
    session.act(session.now, "receive", content)?;
    let days = session.random.between(0, 6);
    let at = session.in_working_days(days)?;
    session.act(at, "settle", json!({ "note": "Answered.", "passed_to": "The team that it concerns" }))?;
    Ok(())
}

fn complaint(session: &mut Session<'_>, reference: &str) -> Told {
    let day = session.today();
    let made = contact::complaint(session.world, &mut session.random, day, reference)?;
    if session.random.chance(30) && turned_away(session, &made.content)? {
        return Ok(());
    }
    session.act(session.now, "receive", made.content.clone())?;
    if made.consent_to_come && session.random.chance(700) {
        let days = session.random.between(2, 6);
        let at = session.in_working_days(days)?;
        session.plan(at, "record-consent", json!({ "evidence": "written" }));
    }
    triage(session, &made)
}

/// A way that the policy does not take complaints by: refused, and then dealt with as the policy has it. True where that is
/// the end of it.
fn turned_away(session: &mut Session<'_>, content: &Value) -> Told<bool> {
    let policy = &session.world.policy;
    let mut tried = content.clone();
    if policy.is("/intake/social_media/value", "signpost") {
        tried["channel"] = json!("social-media");
        session.provoke("receive", &tried, "channel-not-answered")?;
    } else if policy.is("/intake/anonymous/value", "not-under-policy") && session.random.chance(500) {
        tried["residents"] = json!([]);
        tried["anonymous"] = json!(true);
        for field in ["representative", "nominee"] {
            tried.as_object_mut().and_then(|fields| fields.remove(field));
        }
        session.provoke("receive", &tried, "anonymous-not-under-policy")?;
        tried["kind"] = json!("comment");
        session.act(session.now, "receive", tried)?;
        let at = session.in_working_days(1)?;
        session.act(
            at,
            "settle",
            json!({ "note": "Passed on.", "passed_to": "The team that it concerns" }),
        )?;
        return Ok(true);
    } else if policy.is("/intake/elected_members/value", "corporate-complaints") {
        tried["channel"] = json!("elected-member");
        session.provoke("receive", &tried, "elected-member-to-corporate")?;
    }
    Ok(false)
}

/// A complaint that came out of another case takes the same way.
pub fn spawned(session: &mut Session<'_>) -> Told {
    triage(session, &Complaint { content: Value::Null, late: false, consent_to_come: false })
}

fn triage(session: &mut Session<'_>, made: &Complaint) -> Told {
    handed_on(session)?;
    if session.random.chance(8) {
        return after::withdraw(session);
    }
    let spoken = ["telephone", "in-person"].contains(&session.text("/channel"));
    if spoken && session.world.policy.is("/intake/spoken/value", "confirm-in-writing") {
        if session.random.chance(30) {
            session.provoke("accept", &json!({}), "confirmation-needed")?;
        }
        let days = session.random.between(0, 2);
        let at = session.in_working_days(days)?;
        session.act(at, "confirm", json!({ "in_writing": true, "agreed": true }))?;
    }
    if made.late && session.random.chance(300) {
        session.provoke("accept", &json!({}), "late-needs-discretion")?;
    }
    let refused = if made.late { 550 } else { 45 };
    if session.random.chance(refused) && decline(session, made.late)? {
        return Ok(());
    }
    if session.text("/phase") == "received" {
        accept(session, made.late)?;
    }
    stage::first(session)
}

fn accept(session: &mut Session<'_>, late: bool) -> Told {
    let mut content = json!({ "needs_investigation": session.random.chance(800) });
    if late {
        content["discretion"] = json!("The resident was in hospital for most of that time.");
    }
    let at = match session.risk("risk-to-life") {
        true => super::office::minutes_after(session.now, 15),
        false => {
            let days = session.random.between(0, 2);
            session.in_working_days(days)?
        }
    };
    session.act(at, "accept", content)?;
    after::tell_contractor(session, "start")
}

/// Whatever may do harm is handed to those who deal with it before anything else is done.
fn handed_on(session: &mut Session<'_>) -> Told {
    let risk = session.text("/risks/0/kind").to_owned();
    if risk.is_empty() {
        return Ok(());
    }
    let named = session.world.policy.beside("/hand_offs", "risk", &risk, "to");
    let to = named.unwrap_or_else(|| "Duty manager".to_owned());
    let minutes = session.random.between(5, 60);
    let at = super::office::minutes_after(session.now, minutes);
    session.act(at, "hand-off-risk", json!({ "kind": risk, "to": to }))?;
    Ok(())
}

/// Declines the complaint on a ground that the policy has and that fits. True where that is the end of it.
fn decline(session: &mut Session<'_>, late: bool) -> Told<bool> {
    let mut grounds = session.world.policy.words("/refusal/grounds", "ground");
    let from_request = !session.text("/came_from").is_empty();
    grounds.retain(|ground| match ground.as_str() {
        "out-of-time" => late,
        "service-request" => !late && !from_request,
        _ => !late,
    });
    let Some(ground) = session.random.pick(&grounds).cloned() else { return Ok(false) };
    let mut content = json!({
        "ground": ground,
        "reasons": "The ground applies, for what is known of the matter.",
        "evidence": "The papers on the case.",
        "discretion_considered": "What the resident told us was weighed.",
    });
    let approver = session.world.policy.word("/refusal/approver/value");
    if !approver.is_empty() {
        if session.random.chance(150) {
            session.provoke("refuse", &content, "refusal-needs-approval")?;
        }
        content["approved_by"] = json!({ "id": "approver-1", "role": approver });
    }
    let days = session.random.between(1, 5);
    let at = session.in_working_days(days)?;
    session.act(at, "refuse", content)?;
    if session.random.chance(120) {
        let reference = ombudsman::reference(session);
        let days = session.random.between(15, 40);
        let at = session.in_working_days(days)?;
        session.act(at, "direct-acceptance", json!({ "reference": reference }))?;
        return Ok(false);
    }
    ombudsman::perhaps(session, 80)?;
    Ok(true)
}

//! From stage 1 to stage 2.

use serde_json::json;

use super::session::{Session, Told};
use super::{after, ombudsman, stage};

/// The resident asks for stage 2, and it is decided on.
pub fn ask(session: &mut Session<'_>) -> Told {
    let window = session.due("escalate-by")?;
    let left = match window {
        Some(window) => session.office().days_to(session.today(), window.on)?,
        None => 30,
    };
    let late = window.is_some() && session.random.chance(70);
    let days =
        if late { left + session.random.between(2, 10) } else { session.random.between(1, left.min(12)) };
    let at = session.in_working_days(days)?;
    let explained = session.random.chance(700);
    let content = if explained {
        json!({ "reasons": "The repair failed again within a week.", "outcome_sought": "That it is done properly." })
    } else {
        json!({})
    };
    session.act(at, "request-escalation", content)?;
    if late {
        return asked_late(session, explained);
    }
    if session.random.chance(70) && refuse(session)? {
        return Ok(());
    }
    if session.world.policy.is("/after/reopening/value", "stage-one-review") && session.random.chance(130) {
        return looked_at_again(session);
    }
    accept(session, explained, false)
}

fn asked_late(session: &mut Session<'_>, explained: bool) -> Told {
    if session.random.chance(300) {
        session.provoke("accept-escalation", &json!({}), "late-escalation-needs-discretion")?;
    }
    let named = session.world.policy.lists("/escalation/grounds", "ground", "out-of-time");
    if named && session.random.chance(550) {
        return decline(session, "out-of-time");
    }
    accept(session, explained, true)
}

fn accept(session: &mut Session<'_>, explained: bool, late: bool) -> Told {
    let mut content = json!({});
    if !explained && session.world.policy.is("/escalation/reasons/value", "required") {
        if session.random.chance(400) {
            session.provoke("accept-escalation", &content, "escalation-reasons-needed")?;
        }
        let at = session.in_working_days(1)?;
        session.act(at, "explain-escalation", json!({ "reasons": "The offer was too low." }))?;
    } else if !explained {
        content["efforts_to_understand"] = json!("We rang twice and asked what remains unresolved.");
    }
    if late {
        content["discretion"] = json!("The resident was caring for a relative.");
    }
    let days = session.random.between(0, 2);
    let at = session.in_working_days(days)?;
    session.act(at, "accept-escalation", content)?;
    after::tell_contractor(session, "escalation")?;
    stage::work(session, 2)?;
    after::follow_up(session, 2)?;
    ombudsman::perhaps(session, 260)?;
    after::close(session)
}

/// Declines stage 2 where the policy has a ground that fits. True where it was declined.
fn refuse(session: &mut Session<'_>) -> Told<bool> {
    let not_upheld = session.text("/stages/0/outcome") == "not-upheld";
    let mut grounds = session.world.policy.words("/escalation/grounds", "ground");
    if grounds.is_empty() {
        let content = json!({ "ground": "no-sufficient-grounds", "reasons": "Nothing new was said." });
        session.provoke("refuse-escalation", &content, "escalation-cannot-be-refused")?;
    }
    grounds.retain(|ground| match ground.as_str() {
        "out-of-time" | "too-early" => false,
        "not-upheld" => not_upheld,
        _ => true,
    });
    let Some(ground) = session.random.pick(&grounds).cloned() else { return Ok(false) };
    decline(session, &ground)?;
    Ok(true)
}

fn decline(session: &mut Session<'_>, ground: &str) -> Told {
    let mut content = json!({
        "ground": ground,
        "reasons": "There is nothing more that we could look into.",
        "discretion_considered": "What the resident said was weighed.",
    });
    let approver = session.world.policy.word("/escalation/approver/value");
    if !approver.is_empty() {
        content["approved_by"] = json!({ "id": "approver-2", "role": approver });
    }
    let days = session.random.between(1, 4);
    let at = session.in_working_days(days)?;
    session.act(at, "refuse-escalation", content)?;
    ombudsman::perhaps(session, 250)?;
    after::close(session)
}

/// Stage 1 looked at again on new information, where the policy has that.
fn looked_at_again(session: &mut Session<'_>) -> Told {
    let handler = stage::handler(session, 1);
    let at = session.in_working_days(1)?;
    let content = json!({ "new_information": "Photographs taken since.", "handler": handler });
    session.act(at, "review-stage-one", content)?;
    let content = stage::answer(session, 1)?;
    let days = session.random.between(3, 8);
    let at = session.in_working_days(days)?;
    stage::decided(session, at, content)?;
    after::close(session)
}

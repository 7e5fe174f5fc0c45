//! What the text says, part says, contradicts or leaves out of what the Code wants a policy to say.

use super::{Findings, PointKind, written};
use crate::calendar::words::long_date;
use crate::code::policy_topics;
use crate::policy::Profile;
use crate::policy::vocabulary::Says;

pub(super) fn check(profile: &Profile, findings: &mut Findings<'_>) {
    edition(profile, findings);
    statements(profile, findings);
    if profile.reporting.bodies.is_empty() {
        findings.add(PointKind::Gap, "9.7", None, "Nobody is named who reads reports on complaints.");
    }
}

/// The edition that a policy follows and makes known.
fn edition(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(followed) = &profile.policy.follows_code else { return };
    if followed.value != findings.code.id && followed.clause.is_some() {
        let sentence = format!(
            "It follows the Code of {}; what is received from {} falls under that of {}.",
            followed.value,
            long_date(findings.code.in_force_from),
            findings.code.id
        );
        findings.add(PointKind::Departure, "3.5", followed.clause.as_deref(), sentence);
    }
    findings.ambiguous(None, "3.5", "Which edition of the Code it follows", written!(followed));
}

/// A value says more exactly than a statement where the text falls short, and a statement more exactly than a silence does: of
/// two findings on one topic, the closer one is kept.
fn statements(profile: &Profile, findings: &mut Findings<'_>) {
    // A profile cannot be read without the topics, so that there is one to check means that they are there.
    let Ok(topics) = policy_topics() else { return };
    if topics.code != findings.code.id {
        return;
    }
    let is_stated = |topic: &str| profile.statements.iter().any(|statement| statement.topic == topic);
    findings.found.retain(|found| found.point.kind != PointKind::Gap || !found.topic.is_some_and(is_stated));
    for topic in &topics.topics {
        let statement = profile.statements.iter().find(|statement| statement.topic == topic.id);
        let decided = findings.found.iter().any(|found| {
            found.topic == Some(topic.id.as_str())
                && matches!(found.point.kind, PointKind::Departure | PointKind::Ambiguity)
        });
        let (kind, clause, sentence) = match statement {
            None if topic.required => (PointKind::Gap, None, format!("Nothing says that {}.", topic.wants)),
            Some(statement) if statement.says != Says::Meets && !decided => {
                let kind =
                    if statement.says == Says::Partly { PointKind::Ambiguity } else { PointKind::Departure };
                (kind, statement.clause.as_deref(), statement.note.clone().unwrap_or_default())
            }
            _ => continue,
        };
        findings.add_numbered(None, kind, topic.provision, clause, sentence);
    }
}

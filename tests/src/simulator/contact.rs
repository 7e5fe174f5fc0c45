//! What comes in: the words of a contact, and who makes it.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::World;
use super::office;
use super::random::Random;
use super::words::{CONTACTS, TOPICS, Topic};

/// A complaint about to be received, with what the simulation needs to know of it later.
#[derive(Debug)]
pub struct Complaint {
    /// The body of `receive`.
    pub content: Value,
    /// Whether it comes after the policy's time limit.
    pub late: bool,
    /// The consent that a representative still has to get.
    pub consent_to_come: bool,
}

/// Makes up a complaint that is received on a day.
///
/// # Errors
/// When dates run out.
pub fn complaint(
    world: &World,
    random: &mut Random,
    day: NaiveDate,
    reference: &str,
) -> anyhow::Result<Complaint> {
    let fallback = &TOPICS[0].1;
    let topic = random.weigh(&TOPICS).unwrap_or(fallback);
    let mut content = described(world, random, topic, reference);
    content["kind"] = json!("complaint");
    let late = random.chance(35);
    let months = u64::from(late) * 430;
    let since = months + random.between(2, 70);
    content["event_on"] = json!(office::before(day, since + 4)?);
    content["aware_on"] = json!(office::before(day, since)?);
    content["channel"] = json!(channel(world, random));
    let anonymous =
        !late && !world.policy.is("/intake/anonymous/value", "not-under-policy") && random.chance(12);
    let mut consent_to_come = false;
    if anonymous {
        content["anonymous"] = json!(true);
    } else {
        consent_to_come = people(world, random, &mut content);
    }
    if !late && random.chance(75) {
        content["risks"] = json!([risk(world, random, office::at(day, 480)?)]);
    }
    Ok(Complaint { content, late, consent_to_come })
}

/// Makes up a contact of another kind.
#[must_use]
pub fn other(world: &World, random: &mut Random, kind: &str, reference: &str) -> Value {
    let fallback = &TOPICS[0].1;
    let topic = random.weigh(&TOPICS).unwrap_or(fallback);
    let mut content = described(world, random, topic, reference);
    let about = CONTACTS.iter().find(|(known, _)| *known == kind).map_or(topic.about, |(_, about)| *about);
    content["kind"] = json!(kind);
    content["about"] = json!(about);
    content["channel"] = json!(channel(world, random));
    content["residents"] = json!([resident(world, random, false)]);
    content
}

fn described(world: &World, random: &mut Random, topic: &Topic, reference: &str) -> Value {
    let landlord = world.landlord;
    let stock = random.weigh(&landlord.stock_weights).copied().unwrap_or("lcra");
    let tenure = match stock {
        "lcra" => "Secure or assured tenancy",
        "lcho" => "Shared ownership",
        "leasehold" => "Leasehold",
        _ => "None with this landlord",
    };
    let second = topic.second.filter(|_| random.chance(400));
    let categories: Vec<&str> = std::iter::once(topic.category).chain(second).collect();
    let mut content = json!({
        "about": topic.about,
        "outcome_sought": topic.wish,
        "stock_type": stock,
        "tenure": tenure,
        "area": random.pick(&landlord.areas),
        "property": format!("{} Example Street", random.between(1, 250)),
        "categories": categories,
        "service_area": topic.service_area,
        "references": [{ "system": "crm", "value": reference }],
    });
    if topic.contracted && random.chance(550) {
        content["contractor"] = json!(random.pick(&landlord.contractors));
    }
    content
}

/// One of the policy's channels, and now and then another way, which the Code wants accepted too.
fn channel(world: &World, random: &mut Random) -> String {
    let mut channels = world.policy.words("/intake/channels", "channel");
    if !world.policy.is("/intake/social_media/value", "signpost") {
        channels.push("social-media".to_owned());
    }
    if random.chance(15) {
        return "other".to_owned();
    }
    random.pick(&channels).cloned().unwrap_or_else(|| "email".to_owned())
}

/// Puts in who complains; says whether a representative's consent is still to come.
fn people(world: &World, random: &mut Random, content: &mut Value) -> bool {
    let group = random.chance(25);
    let heads = if group { random.between(3, 9) } else { 1 };
    let residents: Vec<Value> = (0..heads).map(|_| resident(world, random, true)).collect();
    content["residents"] = json!(residents);
    if group && random.chance(500) {
        content["nominee"] = json!(1);
    }
    if group || !random.chance(80) {
        return false;
    }
    let kinds = ["relative", "friend", "councillor", "member-of-parliament", "advice-agency", "advocate"];
    let number = random.between(1, 99);
    let name = format!("Representative {number}");
    let email = format!("representative-{number}@example.org");
    content["representative"] =
        json!({ "kind": random.pick(&kinds), "person": { "name": name, "email": email } });
    if random.chance(650) {
        content["representative"]["consent"] = json!("written");
        return false;
    }
    true
}

fn resident(world: &World, random: &mut Random, may_need_more: bool) -> Value {
    let number = random.between(1, 9_999);
    let mut resident = json!({ "person": {
        "name": format!("Resident {number}"),
        "address": format!("{} Example Street", random.between(1, 250)),
        "email": format!("resident-{number}@example.org"),
        "telephone": "01632 960000",
        "preferred_contact": random.pick(&["email", "letter", "telephone"]),
    }});
    let kept = |what: &str| world.policy.lists("/intake/equality_records", "value", what);
    if may_need_more && random.chance(70) {
        resident["adjustments"] = json!(["Letters in large print."]);
    }
    if may_need_more && kept("vulnerability") && random.chance(60) {
        resident["vulnerabilities"] = json!(["Lives alone after a bereavement."]);
    }
    if may_need_more && kept("disability") && random.chance(50) {
        resident["disabilities"] = json!(["Uses a wheelchair."]);
    }
    resident
}

fn risk(world: &World, random: &mut Random, aware_at: chrono::DateTime<chrono::Utc>) -> Value {
    let urgent = if world.policy.has("/stage_1/urgent/0") { 3 } else { 1 };
    let handed = if world.policy.has("/hand_offs/0") { 4 } else { 1 };
    let kinds = [
        (urgent, "risk-to-life"),
        (handed, "building-safety"),
        (2, "safeguarding"),
        (3, "health-and-safety"),
        (3, "significant-hazard"),
        (1, "emergency-hazard"),
    ];
    json!({ "kind": random.weigh(&kinds), "aware_at": aware_at, "note": "Noticed when it came in." })
}

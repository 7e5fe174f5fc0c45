//! A day at the CRM on which everything goes wrong that can, step by step. What goes wrong is said first, then what a CRM makes of it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use chrono::{NaiveDate, Utc};
use chrono_tz::Europe::London;
use serde_json::{Value, json};

use super::cases::{self, OwnCase, Upserted};
use super::connection::{Connection, Problem};
use super::documents::{self, Attached, File};
use super::letters::{self, Issued, Issuing};
use super::listener::Listener;
use super::mirror::Mirror;
use super::outbox::{Command, Outbox, Outcome};
use super::webhook;
use crate::line::{Line, Trouble};

/// The CRM's name in the references of its cases.
const SYSTEM: &str = "worked-crm";

/// How often is looked whether everything has been told, and how long in between.
const LOOKS: u32 = 600;
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// The parts of a CRM that have to do with Redress.
pub struct Crm<'a> {
    /// The line to the service.
    pub connection: Connection,
    /// The commands that have no answer yet.
    pub outbox: Outbox,
    /// Where webhooks come in.
    pub listener: Listener,
    /// What it has of the cases.
    pub mirror: Mirror,
    /// Where the service is reached through: what it is told to goes wrong on it.
    pub line: &'a Line,
    /// Who is told how the day goes.
    pub say: &'a dyn Fn(&str),
}

/// What came of a day.
#[derive(Debug)]
pub struct Day {
    /// The case, by its id in Redress.
    pub case: String,
    /// What was refused, as it was shown to the officer.
    pub refused: Problem,
    /// The letters, to be sent.
    pub letters: Vec<Issued>,
    /// The document's id.
    pub document: String,
}

/// Has a complaint through a day: received under the CRM's number `number`, answered and closed.
///
/// # Errors
/// When anything comes otherwise than a CRM may rely on.
pub fn day(crm: &mut Crm<'_>, number: &str) -> anyhow::Result<Day> {
    begins_to_listen(crm)?;
    let case = comes_in(crm, number)?;
    taken_on(crm, &case)?;
    let refused = refused(crm, &case)?;
    somebody_else_was_there(crm, &case)?;
    let mut sent = sends(crm, &case, "acknowledgement")?;
    let document = keeps_what_came(crm, &case)?;
    answered(crm, &case)?;
    sent.extend(sends(crm, &case, "response")?);
    done(crm.give(Command::now(&case, "close", "officer-7", json!({ "reason": "answered" })))?)?;
    hears_of_everything(crm)?;
    Ok(Day { case, refused, letters: sent, document })
}

impl Crm<'_> {
    /// Writes a command down and sends it, after whatever waits.
    fn give(&self, command: Command) -> anyhow::Result<Outcome> {
        self.outbox.put(&command)?;
        let mut own = None;
        self.outbox.send_all(&self.connection, &mut |sent, outcome| {
            if sent.key == command.key {
                own = Some(outcome);
            } else {
                (self.say)(&format!("What became of `{}`, which had waited: {outcome:?}", sent.verb));
            }
            Ok(())
        })?;
        own.context("the command was not in the outbox")
    }
}

/// The answer to a webhook's setting up is lost, and its secret with it: a secret is shown once.
fn begins_to_listen(crm: &mut Crm<'_>) -> anyhow::Result<()> {
    crm.line.next(Trouble::AnswerLost);
    let webhook = webhook::set_up(&crm.connection, &crm.listener.url(), &[])?;
    crm.listener.inbox().trust(&webhook.secret)?;
    // Of what was there before nobody tells a webhook; the feed does.
    crm.mirror.catch_up(&crm.connection)?;
    (crm.say)(
        "The answer with the webhook's secret was lost: asked again, there was none in it, and it was replaced.",
    );
    Ok(())
}

/// The request does not get through at first; the same case is sent again by the nightly run; then its home turns out to be leased.
fn comes_in(crm: &mut Crm<'_>, number: &str) -> anyhow::Result<String> {
    let mut content = complaint();
    let received_at = Utc::now();
    let send = |content: &Value, is_newer: bool| {
        OwnCase { system: SYSTEM, number, received_at, content }.upsert(&crm.connection, |_| is_newer)
    };
    crm.line.next(Trouble::RequestLost);
    let Upserted::Received(answer) = send(&content, false)? else { bail!("{number} was there before") };
    let case = cases::id(&answer)?;
    let Upserted::There(again) = send(&content, false)? else { bail!("the same case is the same") };
    ensure!(again.get("events").is_some_and(|events| *events == json!([])), "nothing happened to it");
    content["stock_type"] = json!("leasehold");
    // Blind, it is not taken (428). The CRM looks, and finds that its own view is the older one; the next day it is the newer one.
    ensure!(matches!(send(&content, false)?, Upserted::Theirs(_)), "nobody had looked");
    ensure!(matches!(send(&content, true)?, Upserted::There(_)), "what was looked at is put right");
    // Its words are no facts to be put right: a resident said them.
    content["about"] = json!("Something else altogether.");
    let Upserted::Refused(problem) = send(&content, true)? else { bail!("words are not overwritten") };
    ensure!(
        problem.errors.iter().any(|field| field.pointer.as_deref() == Some("/content/about")),
        "{problem}"
    );
    (crm.say)(&format!(
        "{number} was received as {case}, once, though it was sent three times; one fact was put right."
    ));
    Ok(case)
}

/// The answer to a command is lost: sent again under its key, it is the answer that was lost. Then somebody on the way has no time.
fn taken_on(crm: &mut Crm<'_>, case: &str) -> anyhow::Result<()> {
    crm.line.next(Trouble::AnswerLost);
    let Outcome::Done { before, .. } = crm.give(Command::now(case, "accept", "officer-7", json!({})))? else {
        bail!("a complaint is taken on")
    };
    ensure!(before, "it was done when it came first");
    crm.line.next(Trouble::NotNow(503, 2));
    done(crm.give(Command::now(case, "acknowledge", "officer-7", acknowledgement()))?)?;
    (crm.say)(
        "Taken on and acknowledged. One answer was lost and given again; one 503 was waited out for as long as it asked.",
    );
    Ok(())
}

/// An officer closes the complaint before it is answered. The policy forbids it, and the officer is shown where and what to do instead.
fn refused(crm: &Crm<'_>, case: &str) -> anyhow::Result<Problem> {
    let close = Command::now(case, "close", "officer-7", json!({ "reason": "answered" }));
    let Outcome::Refused(problem) = crm.give(close)? else { bail!("it is not answered yet") };
    ensure!(problem.clause.is_some(), "a rule has a clause: {problem}");
    (crm.say)(&format!("The officer is shown: {problem}"));
    Ok(problem)
}

/// Two officers have the case open. The second one's view is old, is refused, and is shown anew.
fn somebody_else_was_there(crm: &Crm<'_>, case: &str) -> anyhow::Result<()> {
    let (_, seen) = cases::read(&crm.connection, case)?;
    let assign = |officer: &str| {
        let handler = json!({ "id": officer, "role": "officer", "job_title": "Complaints Officer" });
        let content = json!({ "handler": handler, "conflict_of_interest": "none" });
        Command::now(case, "assign", officer, content)
    };
    done(crm.give(assign("officer-8").on_version(&seen))?)?;
    let Outcome::Changed = crm.give(assign("officer-9").on_version(&seen))? else {
        bail!("the case has changed since")
    };
    let (shown, seen) = cases::read(&crm.connection, case)?;
    let handler = shown.pointer("/stages/0/handler/id").and_then(Value::as_str);
    ensure!(handler == Some("officer-8"), "the case is shown as it is now: {shown}");
    done(crm.give(assign("officer-9").on_version(&seen))?)?;
    (crm.say)("Of two who assigned it at once the second was asked to look again (412).");
    Ok(())
}

/// The answer to issuing is lost: the letter is issued once all the same, and what is sent is what was issued.
fn sends(crm: &Crm<'_>, case: &str, kind: &str) -> anyhow::Result<Vec<Issued>> {
    let listed = crm.connection.get(&format!("cases/{case}/letters"))?;
    let all = listed.get("letters").and_then(Value::as_array).context("no letters")?;
    let letter = all.iter().find(|letter| letter.get("kind").and_then(Value::as_str) == Some(kind));
    let letter = letter.and_then(|letter| letter.get("id")).and_then(Value::as_str);
    let preview = letters::preview(&crm.connection, case, letter.context("no such letter")?)?;
    ensure!(preview.get("missing").is_some_and(|missing| *missing == json!([])), "it leaves something out");
    crm.line.next(Trouble::AnswerLost);
    let Issuing::ToSend(issued) = letters::issue(&crm.connection, case, kind)? else {
        bail!("the {kind} is to be sent")
    };
    ensure!(
        matches!(letters::issue(&crm.connection, case, kind)?, Issuing::Nothing),
        "issued once, there is no more to be sent"
    );
    (crm.say)(&format!(
        "The letter of the {kind} was looked at, issued, fetched and found to be what was issued."
    ));
    Ok(issued)
}

/// A paper comes in, and the answer to its attaching is lost. A program does not come in.
fn keeps_what_came(crm: &Crm<'_>, case: &str) -> anyhow::Result<String> {
    let paper = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    let file = |name, bytes| File { name, media_type: "application/pdf", bytes };
    crm.line.next(Trouble::AnswerLost);
    let Attached::As(id) = documents::attach(&crm.connection, case, &file("Résumé of visits.pdf", paper))?
    else {
        bail!("a paper is taken")
    };
    let listed = crm.connection.get(&format!("cases/{case}/documents"))?;
    let there = listed.get("documents").and_then(Value::as_array).map(Vec::len);
    ensure!(there == Some(1), "it was attached once: {listed}");
    ensure!(documents::fetch(&crm.connection, case, &id)? == paper, "it is what it was");
    let Attached::Refused(problem) =
        documents::attach(&crm.connection, case, &file("visits.pdf", b"MZ\x90\0"))?
    else {
        bail!("a program is no paper")
    };
    (crm.say)(&format!(
        "A paper was attached, once. What only said that it was one was not: {}",
        problem.detail
    ));
    Ok(id)
}

/// The CRM itself falls over after the answer was written down and before it was sent. Started anew, it finds it in its outbox; and
/// then it is asked to be slower.
fn answered(crm: &mut Crm<'_>, case: &str) -> anyhow::Result<()> {
    let folder = crm.outbox.folder().to_owned();
    crm.outbox.put(&Command::now(case, "respond", "officer-9", response()))?;
    crm.outbox = Outbox::open(&folder)?;
    crm.line.next(Trouble::NotNow(429, 1));
    let mut sent = 0;
    crm.outbox.send_all(&crm.connection, &mut |_, outcome| {
        sent += 1;
        done(outcome).map(drop)
    })?;
    ensure!(sent == 1 && crm.outbox.waiting()?.is_empty(), "one command waited, and waits no more");
    (crm.say)("The answer was found in the outbox when the CRM was started anew, and got through.");
    Ok(())
}

/// Everything was told, in each case's order; what was not by webhook, such as a history that was brought in, is asked for.
fn hears_of_everything(crm: &mut Crm<'_>) -> anyhow::Result<()> {
    for _ in 0..LOOKS {
        let news = crm.listener.inbox().news();
        crm.mirror.hear(&news);
        if crm.mirror.told_to >= crm.mirror.head(&crm.connection)? {
            break;
        }
        crm.connection.pause(BETWEEN_LOOKS);
    }
    let missed = crm.mirror.catch_up(&crm.connection)?;
    ensure!(missed == 0, "{missed} lines of the feed were not told");
    crm.mirror.refresh(&crm.connection)?;
    let different = crm.mirror.differences(&crm.connection)?;
    ensure!(different == 0, "{different} cases are not as the service has them");
    let inbox = crm.listener.inbox();
    ensure!(inbox.out_of_order == 0, "each case is told of in its order");
    (crm.say)(&format!(
        "{} messages came in by webhook and were verified; the CRM's cases are as the service has them.",
        inbox.taken
    ));
    Ok(())
}

fn done(outcome: Outcome) -> anyhow::Result<Value> {
    match outcome {
        Outcome::Done { answer, .. } => Ok(answer),
        Outcome::Refused(problem) => Err(problem.into()),
        Outcome::Changed => bail!("the case has changed"),
    }
}

/// Today, in London: due dates and whatever is promised go by it.
fn today() -> NaiveDate {
    Utc::now().with_timezone(&London).date_naive()
}

fn complaint() -> Value {
    json!({
        "kind": "complaint", "channel": "email", "stock_type": "lcra", "event_on": today(),
        "about": "Damp in the bedroom, reported twice.", "categories": ["Damp and mould"],
        "residents": [{ "person": { "name": "Resident A", "email": "a@example.org" } }],
    })
}

fn acknowledgement() -> Value {
    json!({
        "channel": "email", "outcomes_sought": "A dry bedroom.", "conflict_of_interest": "none",
        "points": [{ "understanding": "Damp in the bedroom was reported twice.", "responsible": true }],
        "handler": { "id": "officer-7", "role": "officer", "job_title": "Complaints Officer" },
    })
}

fn response() -> Value {
    json!({
        "decisions": [{ "point": 1, "outcome": "upheld", "reasons": "Both reports were closed without a visit." }],
        "sources": "The repairs log.",
        "remedies": [{ "kind": "apology", "detail": "We are sorry that nobody came.", "due_on": today() }],
    })
}

/// A CRM at the end of a line, that keeps what must get through in a folder and listens for webhooks at an address.
///
/// # Errors
/// When the folder cannot be made or the address cannot be had.
pub fn open<'a>(
    connection: Connection,
    (folder, listen): (&Path, &str),
    line: &'a Line,
    say: &'a dyn Fn(&str),
) -> anyhow::Result<Crm<'a>> {
    let (outbox, listener) = (Outbox::open(folder)?, Listener::open(listen)?);
    Ok(Crm { connection, outbox, listener, mirror: Mirror::default(), line, say })
}

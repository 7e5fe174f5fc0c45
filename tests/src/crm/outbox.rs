//! Step 4: commands that must get through.
//!
//! A command is written down, with its `Idempotency-Key`, when somebody presses the button, and taken off when it has an answer. So it
//! does not matter where the power goes: before it was sent, while it was on its way, or after the service carried it out and before the
//! answer came. It is sent again under the same key, and its answer is the one that it would have had.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use reqwest::header::IF_MATCH;
use reqwest::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::connection::{Connection, IDEMPOTENCY_KEY, Problem};

/// A command to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// What makes it the same command, however often it is sent. These sort as they were made.
    pub key: String,
    /// The case.
    pub case: String,
    /// What is to be done: the last part of the address.
    pub verb: String,
    /// When it happened, which is when the button was pressed and not when it got through: due dates hang on it.
    pub occurred_at: DateTime<Utc>,
    /// Who pressed it: an id, never a name.
    pub actor: String,
    /// What the command carries.
    pub content: Value,
    /// The version of the case that they looked at, where the command is not to be carried out on another: the `ETag` of what was shown.
    pub seen: Option<String>,
}

/// What became of a command.
#[derive(Debug)]
pub enum Outcome {
    /// It was done: the case as it is now, and what happened to it.
    Done {
        /// The answer.
        answer: Value,
        /// Whether the service had done it when it came before, and its answer was lost.
        before: bool,
    },
    /// A rule forbids it, or it does not read: show the problem to whoever pressed the button. It names the clause and the way out.
    Refused(Problem),
    /// The case has changed since they looked at it: show it to them as it is now, and let them decide again.
    Changed,
}

impl Command {
    /// A command that happened just now.
    #[must_use]
    pub fn now(case: &str, verb: &str, actor: &str, content: Value) -> Self {
        Self {
            key: Uuid::now_v7().to_string(),
            case: case.to_owned(),
            verb: verb.to_owned(),
            occurred_at: Utc::now(),
            actor: actor.to_owned(),
            content,
            seen: None,
        }
    }

    /// The same, for whoever looked at this version of the case.
    #[must_use]
    pub fn on_version(mut self, seen: &str) -> Self {
        self.seen = Some(seen.to_owned());
        self
    }

    fn send(&self, connection: &Connection) -> anyhow::Result<Outcome> {
        let body = json!({ "occurred_at": self.occurred_at, "actor": self.actor, "content": self.content });
        let path = format!("cases/{}/{}", self.case, self.verb);
        let request = connection.request(Method::POST, &path).json(&body);
        let request = request.header(IDEMPOTENCY_KEY, &self.key);
        let reply = connection.send(match &self.seen {
            Some(seen) => request.header(IF_MATCH, seen),
            None => request,
        })?;
        Ok(match reply.status {
            status if status.is_success() => {
                Outcome::Done { answer: reply.json()?, before: reply.was_given_before() }
            }
            StatusCode::PRECONDITION_FAILED => Outcome::Changed,
            status if status.is_client_error() => Outcome::Refused(reply.problem()?),
            status => anyhow::bail!("{path}: {status}: the service failed, and the command waits"),
        })
    }
}

/// The commands that have no answer yet: a file for each, in a folder. A real CRM has a table.
pub struct Outbox {
    folder: PathBuf,
}

impl Outbox {
    /// The outbox in a folder, with whatever was left there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn file(&self, command: &Command) -> PathBuf {
        self.folder.join(format!("{}.json", command.key))
    }

    /// Writes a command down. From now on it gets through.
    ///
    /// # Errors
    /// When it cannot be written: tell whoever pressed the button.
    pub fn put(&self, command: &Command) -> anyhow::Result<()> {
        fs::write(self.file(command), serde_json::to_vec(command)?).context("writing a command down")
    }

    /// The commands that have no answer yet, in the order in which they were given.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn waiting(&self) -> anyhow::Result<Vec<Command>> {
        let mut waiting = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let command: Command = serde_json::from_slice(&fs::read(entry?.path())?)?;
            waiting.push(command);
        }
        waiting.sort_by(|one: &Command, other| one.key.cmp(&other.key));
        Ok(waiting)
    }

    /// Sends what waits, one after the other, and gives what became of each. Another worker can go on with other cases meanwhile; the
    /// commands of one case are sent in their order.
    ///
    /// # Errors
    /// When there is no answer: the rest waits, and so does the one without.
    pub fn send_all(&self, connection: &Connection) -> anyhow::Result<Vec<(Command, Outcome)>> {
        let mut answered = Vec::new();
        for command in self.waiting()? {
            let outcome = command.send(connection)?;
            // Answered is answered: what was refused is decided anew by whoever gave it, as another command with a key of its own.
            fs::remove_file(self.file(&command)).context("taking a command off")?;
            answered.push((command, outcome));
        }
        Ok(answered)
    }

    /// Writes one command down and sends it, after whatever waits.
    ///
    /// # Errors
    /// When there is no answer: it waits.
    pub fn give(&self, connection: &Connection, command: &Command) -> anyhow::Result<Outcome> {
        self.put(command)?;
        let mut answered = self.send_all(connection)?;
        let own = answered.iter().position(|(sent, _)| sent.key == command.key);
        let own = own.context("the command was not in the outbox")?;
        Ok(answered.swap_remove(own).1)
    }
}

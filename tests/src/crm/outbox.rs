//! Step 4: commands that must get through.
//!
//! A command is written down, with its `Idempotency-Key`, when somebody presses the button, and taken off when it has an answer. So it
//! does not matter where the power goes: before it was sent, while it was on its way, or after the service carried it out and before the
//! answer came. It is sent again under the same key, and its answer is the one that it would have had. What came of it is told before it
//! is taken off: should the CRM fall over in between, it is sent once more, and told the same.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use reqwest::header::IF_MATCH;
use reqwest::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::connection::{Connection, IDEMPOTENCY_KEY, Problem};

/// The statuses by which the service says no to the command itself, and would again. By any other it has not looked at it.
const DECIDED: [StatusCode; 6] = [
    StatusCode::BAD_REQUEST,
    StatusCode::NOT_FOUND,
    StatusCode::CONFLICT,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::UNPROCESSABLE_ENTITY,
    StatusCode::PRECONDITION_REQUIRED,
];

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
            status if DECIDED.contains(&status) => Outcome::Refused(reply.problem()?),
            // A key that ran out (401, 403) is renewed, a service that failed (5xx) is mended, and then the command gets through.
            status => anyhow::bail!("{path}: {status}: nothing was decided, and the command waits"),
        })
    }
}

/// How the files of commands end that are written down.
const ENDING: &str = "json";

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

    fn file(&self, command: &Command, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", command.key))
    }

    /// Writes a command down. From now on it gets through. It is written under another name first and is on disk before it has its own:
    /// no half of a command is ever found.
    ///
    /// # Errors
    /// When it cannot be written: tell whoever pressed the button.
    pub fn put(&self, command: &Command) -> anyhow::Result<()> {
        let (half, whole) = (self.file(command, "half"), self.file(command, ENDING));
        let written = || {
            let mut file = File::create(&half)?;
            file.write_all(&serde_json::to_vec(command)?)?;
            file.sync_all()?;
            fs::rename(&half, &whole)?;
            // The name is on disk with the folder.
            File::open(&self.folder)?.sync_all()
        };
        written().context("writing a command down")
    }

    /// The commands that have no answer yet, in the order in which they were given.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn waiting(&self) -> anyhow::Result<Vec<Command>> {
        let mut waiting = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == ENDING) {
                let command: Command = serde_json::from_slice(&fs::read(path)?)?;
                waiting.push(command);
            }
        }
        waiting.sort_by(|one: &Command, other| one.key.cmp(&other.key));
        Ok(waiting)
    }

    /// Sends what waits, one after the other, and tells `hear` what became of each, before it is taken off: there the CRM notes it, and
    /// shows it to whoever pressed the button. Another worker can go on with other cases meanwhile; the commands of one case are sent in
    /// their order.
    ///
    /// # Errors
    /// When there is no answer, or what came of one could not be noted: the rest waits, and so does that one.
    pub fn send_all(
        &self,
        connection: &Connection,
        hear: &mut dyn FnMut(&Command, Outcome) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        for command in self.waiting()? {
            hear(&command, command.send(connection)?)?;
            // Answered is answered: what was refused is decided anew by whoever gave it, as another command with a key of its own.
            fs::remove_file(self.file(&command, ENDING)).context("taking a command off")?;
        }
        Ok(())
    }
}

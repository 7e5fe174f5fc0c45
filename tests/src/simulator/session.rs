//! One case at the CRM: what is done to it, what is planned for it, and what the service said.

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, NaiveDate, Utc};
use redress_shared::calendar::london;
use serde_json::Value;

use super::World;
use super::office::{self, Office};
use super::random::Random;
use super::tally::Tally;
use crate::client::Answer;

/// Why a story stops before its end.
#[derive(Debug)]
pub enum Halt {
    /// The rest lies after the simulated time: the case stays as it is.
    StillOpen,
    /// Something went wrong.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What a piece of a story comes to.
pub type Told<T = ()> = Result<T, Halt>;

/// When something is due.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// The day.
    pub on: NaiveDate,
    /// The instant, where the policy counts hours.
    pub at: Option<DateTime<Utc>>,
}

struct Planned {
    at: DateTime<Utc>,
    verb: &'static str,
    content: Value,
}

/// One case, as the CRM has it in hand.
pub struct Session<'a> {
    /// The landlord's world.
    pub world: &'a World,
    /// The case's own chance.
    pub random: Random,
    /// The case as the service last showed it; null before it is received.
    pub case: Value,
    /// The time in the story.
    pub now: DateTime<Utc>,
    /// What was done so far.
    pub tally: Tally,
    /// Complaints that came out of this case, each with when.
    pub spawned: Vec<(String, DateTime<Utc>)>,
    planned: Vec<Planned>,
}

impl<'a> Session<'a> {
    /// A case that begins at a time.
    #[must_use]
    pub fn new(world: &'a World, random: Random, now: DateTime<Utc>) -> Self {
        Self {
            world,
            random,
            case: Value::Null,
            now,
            tally: Tally::default(),
            spawned: Vec::new(),
            planned: Vec::new(),
        }
    }

    /// The London date in the story.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        london::date_of(self.now)
    }

    /// The calendar.
    #[must_use]
    pub const fn office(&self) -> &'a Office {
        &self.world.office
    }

    /// A time on a day in office hours, later than now.
    ///
    /// # Errors
    /// When there is no such day.
    pub fn on(&mut self, day: NaiveDate) -> Told<DateTime<Utc>> {
        let minute = self.random.between(540, 1020);
        let soon = self.random.between(5, 45);
        Ok(office::at(day, minute)?.max(office::minutes_after(self.now, soon)))
    }

    /// A time so many working days from today.
    ///
    /// # Errors
    /// When it lies past the calendar.
    pub fn in_working_days(&mut self, days: u64) -> Told<DateTime<Utc>> {
        let day = self.office().after(self.today(), days)?;
        self.on(day)
    }

    /// Does something now or later: first what was planned for before, then this.
    ///
    /// # Errors
    /// [`Halt::StillOpen`] past the simulated time; a failure where the service refuses, which no integration expects.
    pub fn act(&mut self, at: DateTime<Utc>, verb: &'static str, content: Value) -> Told<Value> {
        self.catch_up(at)?;
        if at > self.world.horizon {
            return Err(Halt::StillOpen);
        }
        self.now = self.now.max(at);
        self.give(verb, &content)
    }

    /// Tries something that the policy does not allow, as people do, and notes the refusal.
    ///
    /// # Errors
    /// When it is allowed, or refused with another code.
    pub fn provoke(&mut self, verb: &'static str, content: &Value, code: &str) -> Told {
        self.tally.commands += 1;
        match self.send(verb, content)? {
            Answer::Refused(problem) if problem.get("code").and_then(Value::as_str) == Some(code) => {
                *self.tally.refused.entry(code.to_owned()).or_default() += 1;
                Ok(())
            }
            Answer::Refused(problem) => {
                Err(anyhow!("{}: refused, but not as `{code}`: {problem:#}", self.name()).into())
            }
            Answer::Done(_) => {
                Err(anyhow!("{}: `{verb}` was done, and should have been refused as `{code}`", self.name())
                    .into())
            }
        }
    }

    /// Plans something for later, whatever becomes of the case meanwhile.
    pub fn plan(&mut self, at: DateTime<Utc>, verb: &'static str, content: Value) {
        self.planned.push(Planned { at, verb, content });
    }

    /// Does all that was planned and lies within the simulated time.
    ///
    /// # Errors
    /// As [`Session::act`].
    pub fn finish(&mut self) -> Told {
        self.catch_up(self.world.horizon)
    }

    fn catch_up(&mut self, until: DateTime<Utc>) -> Told {
        loop {
            let due = self.planned.iter().enumerate().filter(|(_, planned)| planned.at <= until);
            let Some((index, _)) = due.min_by_key(|(_, planned)| planned.at) else { return Ok(()) };
            let planned = self.planned.remove(index);
            if planned.at <= self.world.horizon {
                self.now = self.now.max(planned.at);
                self.give(planned.verb, &planned.content)?;
            }
        }
    }

    fn give(&mut self, verb: &'static str, content: &Value) -> Told<Value> {
        self.tally.commands += 1;
        match self.send(verb, content)? {
            Answer::Done(mut answer) => {
                self.case = answer.get_mut("case").map(Value::take).unwrap_or_default();
                Ok(answer)
            }
            Answer::Refused(problem) => {
                let at = crate::london::local(self.now);
                Err(anyhow!(
                    "{}: `{verb}` at {at} was refused unexpectedly: {problem:#}\nsent: {content:#}",
                    self.name()
                )
                .into())
            }
        }
    }

    fn send(&self, verb: &'static str, content: &Value) -> anyhow::Result<Answer> {
        let id = self.case.get("id").and_then(Value::as_str);
        self.world.client.command(id, verb, self.now, content)
    }

    fn name(&self) -> String {
        let reference = self.text("/facts/references/0/value");
        format!(
            "{} {}",
            self.world.landlord.id,
            if reference.is_empty() { self.text("/id") } else { reference }
        )
    }

    /// Notes the complaint that came of a command, where one did.
    pub fn came_of_it(&mut self, answer: &Value) {
        if let Some(complaint) = answer.get("complaint").and_then(Value::as_str) {
            self.spawned.push((complaint.to_owned(), self.now));
        }
    }

    /// Whether a risk of that kind is on the case.
    #[must_use]
    pub fn risk(&self, kind: &str) -> bool {
        self.text("/risks/0/kind") == kind
    }

    /// A word of the case; empty where it is not there.
    #[must_use]
    pub fn text(&self, pointer: &str) -> &str {
        self.case.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// How many there are of something in the case.
    #[must_use]
    pub fn count(&self, pointer: &str) -> usize {
        self.case.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Asks the service for the earliest due date of that name on either clock.
    ///
    /// # Errors
    /// When the service cannot be reached.
    pub fn due(&mut self, name: &str) -> Told<Option<Due>> {
        self.tally.reads += 1;
        let answer = self.world.client.get(&format!("cases/{}/deadlines", self.text("/id")))?;
        let all = answer.get("deadlines").and_then(Value::as_array).context("no deadlines")?;
        let named = all.iter().filter(|deadline| deadline.get("name").and_then(Value::as_str) == Some(name));
        let dates = named.filter_map(|deadline| {
            let on = deadline.get("due_on")?.as_str()?.parse().ok()?;
            Some(Due {
                on,
                at: deadline.pointer("/due/at").and_then(Value::as_str).and_then(|at| at.parse().ok()),
            })
        });
        Ok(dates.min_by_key(|due| (due.on, due.at.is_none())))
    }

    /// Takes another case in hand, as the service shows it.
    ///
    /// # Errors
    /// When the service cannot be reached.
    pub fn turn_to(&mut self, id: &str) -> Told {
        self.tally.reads += 1;
        self.case = self.world.client.get(&format!("cases/{id}"))?;
        Ok(())
    }
}

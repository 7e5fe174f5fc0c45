//! Step 7: the CRM's own view of the cases, and how it finds out what it missed.
//!
//! A webhook says that a case has come to a version. Whoever shows the case reads it then: once, however much happened since it was read
//! last. The feed's numbers have no gap, so that a CRM knows whether it was told of everything, and from which number to ask.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde_json::Value;

use super::cases;
use super::connection::Connection;
use super::inbox::Told;

/// What the CRM has of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// The newest version that it was told of.
    pub version: i64,
    /// The version that it has read.
    pub read: i64,
    /// Where the case stood then.
    pub phase: String,
}

/// What the CRM has of all of a landlord's cases.
#[derive(Debug, Default)]
pub struct Mirror {
    /// By the case's id in Redress.
    pub cases: BTreeMap<String, Own>,
    /// It was told of everything up to this number of the feed.
    pub told_to: i64,
    /// The numbers above it that it was told of too: of other cases, whose deliveries do not wait for each other.
    ahead: BTreeSet<i64>,
}

impl Mirror {
    /// Takes in what was told.
    pub fn hear(&mut self, news: &[Told]) {
        for told in news {
            let place = &told.data;
            self.note(place.feed, place.case.as_deref(), place.sequence);
        }
    }

    /// A case has come to a version, says a line of the feed.
    fn note(&mut self, feed: Option<i64>, case: Option<&str>, version: Option<i64>) {
        if let (Some(case), Some(version)) = (case, version) {
            let own = self.cases.entry(case.to_owned()).or_default();
            // What is older is known: it came late, or again.
            own.version = own.version.max(version);
        }
        self.ahead.extend(feed.filter(|number| *number > self.told_to));
        while self.ahead.remove(&(self.told_to + 1)) {
            self.told_to += 1;
        }
    }

    /// Asks the feed for what it was not told of: after a day on which the CRM was down, or its webhook disabled. Says how many lines
    /// those were.
    ///
    /// # Errors
    /// When the feed cannot be read.
    pub fn catch_up(&mut self, connection: &Connection) -> anyhow::Result<usize> {
        let mut missed = 0;
        loop {
            let page = connection.get(&format!("events?limit=500&after={}", self.told_to))?;
            let lines = page.get("events").and_then(Value::as_array).context("no events")?;
            for line in lines {
                let number = line.get("feed").and_then(Value::as_i64).context("a line has a number")?;
                missed += usize::from(number > self.told_to && !self.ahead.contains(&number));
                let version = line.pointer("/event/sequence").and_then(Value::as_i64);
                self.note(Some(number), line.get("case").and_then(Value::as_str), version);
            }
            let head = page.get("head").and_then(Value::as_i64).context("the feed has an end")?;
            if self.told_to >= head {
                return Ok(missed);
            }
        }
    }

    /// Up to which number the feed goes: a CRM that was told to there was told of everything.
    ///
    /// # Errors
    /// When the feed cannot be read.
    pub fn head(&self, connection: &Connection) -> anyhow::Result<i64> {
        let page = connection.get(&format!("events?limit=1&after={}", self.told_to))?;
        page.get("head").and_then(Value::as_i64).context("the feed has an end")
    }

    /// Reads the cases that have changed since they were read.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn refresh(&mut self, connection: &Connection) -> anyhow::Result<()> {
        for (case, own) in self.cases.iter_mut().filter(|(_, own)| own.read < own.version) {
            let (shown, _) = cases::read(connection, case)?;
            own.read = shown.get("version").and_then(Value::as_i64).context("a case has a version")?;
            own.phase = shown.get("phase").and_then(Value::as_str).context("a case has a phase")?.to_owned();
        }
        Ok(())
    }

    /// In how many cases this differs from what the service lists: none, once all is told and read.
    ///
    /// # Errors
    /// When the cases cannot be listed.
    pub fn differences(&self, connection: &Connection) -> anyhow::Result<usize> {
        let (mut theirs, mut next) = (BTreeMap::new(), String::new());
        loop {
            let page = connection.get(&format!("cases?limit=200{next}"))?;
            for line in page.get("cases").and_then(Value::as_array).context("no cases")? {
                let version = line.get("version").and_then(Value::as_i64).context("a case has a version")?;
                let word = |name| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                theirs.insert(word("id"), Own { version, read: version, phase: word("phase") });
            }
            match page.get("next").and_then(Value::as_str) {
                Some(after) => next = format!("&after={after}"),
                None => break,
            }
        }
        let all: BTreeSet<&String> = theirs.keys().chain(self.cases.keys()).collect();
        Ok(all.into_iter().filter(|id| theirs.get(*id) != self.cases.get(*id)).count())
    }
}

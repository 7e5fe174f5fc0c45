//! The log of a landlord's cases, each folded into the case that it makes.

use std::collections::BTreeSet;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use redress_shared::case::record::Digest;
use redress_shared::case::{Case, CaseId, Logged, chain, replay};

use super::contract::{LoggedEvent, report_events};
use super::snapshot::{Kept, Snapshot};
use crate::error::{Error, Result};

impl Snapshot {
    /// The logs of the cases of these ids, one after the other.
    ///
    /// # Errors
    /// When reading fails.
    pub(crate) fn logs(&mut self, landlord_id: &str, ids: &[&str]) -> Result<Vec<LoggedEvent>> {
        let mut events = self.events(landlord_id, ids)?;
        events.sort_by(|one, other| (&one.case_id, one.sequence).cmp(&(&other.case_id, other.sequence)));
        Ok(events)
    }

    fn events(&mut self, landlord_id: &str, ids: &[&str]) -> Result<Vec<LoggedEvent>> {
        let connection = match &mut self.0 {
            Kept::Database(connection) => &mut **connection,
            Kept::Extract(extract) => {
                let wanted: BTreeSet<&str> = ids.iter().copied().collect();
                let mut events = extract.rows::<LoggedEvent>(landlord_id)?;
                events.retain(|event| wanted.contains(event.case_id.as_str()));
                return Ok(events);
            }
            Kept::Held(held) => {
                let wanted: BTreeSet<&str> = ids.iter().copied().collect();
                let mut events: Vec<LoggedEvent> = held.rows(landlord_id);
                events.retain(|event| wanted.contains(event.case_id.as_str()));
                return Ok(events);
            }
        };
        let mut events = Vec::new();
        // As many as both databases take in one statement.
        for some in ids.chunks(500) {
            let read: Vec<LoggedEvent> = report_events::table
                .filter(report_events::landlord_id.eq(landlord_id))
                .filter(report_events::case_id.eq_any(some))
                .load(connection)
                .map_err(|error| Error::View { view: "report_events", error })?;
            events.extend(read);
        }
        Ok(events)
    }
}

/// The cases as their logs have left them, in order. Each log's chain is checked link by link.
///
/// # Errors
/// When a log is not what it was.
pub(crate) fn cases(logs: &[LoggedEvent]) -> Result<Vec<Case>> {
    logs.chunk_by(|one, other| one.case_id == other.case_id).map(case).collect()
}

fn case(log: &[LoggedEvent]) -> Result<Case> {
    let id = log.first().map_or("", |first| first.case_id.as_str());
    let damaged = |reason: String| Error::Unreconciled(vec![format!("report_events, case {id}: {reason}")]);
    let case_id: CaseId = id.parse().map_err(|_| damaged("its id is none".to_owned()))?;
    let mut last = Digest::default();
    let mut events: Vec<Logged> = Vec::with_capacity(log.len());
    for row in log {
        let link = chain::link(case_id, last, &row.event);
        if row.digest.parse() != Ok(link) {
            return Err(damaged(format!("event {} is not what its digest was made of", row.sequence)));
        }
        last = link;
        events.push(serde_json::from_str(&row.event).map_err(|error| damaged(error.to_string()))?);
    }
    replay(case_id, &events)
        .ok_or_else(|| damaged("its log does not begin with what opens a case".to_owned()))
}

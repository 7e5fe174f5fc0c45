//! The same cases under other rules: what was due when is counted anew from what happened, with the rules that the service goes by.

use std::collections::BTreeMap;

use redress_shared::calendar::CalendarError;
use redress_shared::case::deadline::deadlines;
use redress_shared::case::times::{StageTimes, stage_times};
use redress_shared::case::{Case, Rules};
use redress_shared::code::Code;
use redress_shared::policy::{Library, Profile};

use crate::error::{Error, Result};
use crate::source::{Snapshot, Source, Stage, log};
use crate::trust::RowsOfView;

/// What is put in the place of the rules that cases fell under.
#[derive(Debug, Clone, Copy)]
pub struct Instead<'a> {
    /// The policies that are known, by which cases go where no other is put in the place of theirs.
    pub library: &'a Library,
    /// A policy for all cases.
    pub policy: Option<&'a Profile>,
    /// An edition of the Code for all cases.
    pub code: Option<&'static Code>,
}

/// The landlord's rows as they would be: every date that follows from the rules is another, every one that happened is the same.
///
/// # Errors
/// When a case's log is not what it was, a policy of its is not known, or a date lies past the calendar.
pub fn recount(snapshot: &mut Snapshot, source: &Source, instead: Instead<'_>) -> Result<Source> {
    recounted(snapshot, source, instead).map(|(anew, _)| anew)
}

/// The same, with what the logs are known by that it was counted from.
pub(crate) fn recounted(
    snapshot: &mut Snapshot,
    source: &Source,
    instead: Instead<'_>,
) -> Result<(Source, RowsOfView)> {
    let staged: Vec<&str> = {
        let mut ids: Vec<&str> = source.stages.iter().map(|stage| stage.case_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let mut rules = BTreeMap::new();
    let mut times: BTreeMap<(String, i32), StageTimes> = BTreeMap::new();
    let logs = snapshot.logs(&source.landlord.landlord_id, &staged)?;
    for case in log::cases(&logs)? {
        let key = key(&case, instead);
        if !rules.contains_key(&key) {
            rules.insert(key.clone(), rules_of(&key, source, instead)?);
        }
        if let Some(rules) = rules.get(&key) {
            let counted = counted(&case, rules).map_err(|error| Error::Calendar(error.to_string()))?;
            let of_stage =
                |times: StageTimes| ((case.id.to_string(), i32::from(times.stage.number())), times);
            times.extend(counted.into_iter().map(of_stage));
        }
    }
    let stages = source.stages.iter().map(|row| anew(row, &times)).collect::<Result<_>>()?;
    Ok((Source { stages, ..source.clone() }, RowsOfView::of(&logs)))
}

/// The policy and the edition of the Code that a case would go by.
fn key(case: &Case, instead: Instead<'_>) -> (String, String) {
    let policy = instead.policy.map_or(case.policy.as_str(), |profile| profile.policy.id.as_str());
    let code = instead.code.map_or(case.code.as_str(), |code| code.id.as_str());
    (policy.to_owned(), code.to_owned())
}

fn rules_of((policy, code): &(String, String), source: &Source, instead: Instead<'_>) -> Result<Rules> {
    let unknown = |error: &dyn std::fmt::Display| {
        Error::Request(format!("{error}; name the folder with the landlord's own policies by --policies"))
    };
    let profile = match instead.policy {
        Some(profile) => profile,
        None => instead.library.by_id(policy).map_err(|error| unknown(&error))?,
    };
    let code = Code::embedded(code).map_err(|error| Error::Request(error.to_string()))?;
    Rules::new(profile.clone(), code, source.calendar.clone())
        .map_err(|error| Error::Given(error.to_string()))
}

fn counted(case: &Case, rules: &Rules) -> std::result::Result<Vec<StageTimes>, CalendarError> {
    stage_times(case, rules, &deadlines(case, rules)?)
}

fn anew(row: &Stage, times: &BTreeMap<(String, i32), StageTimes>) -> Result<Stage> {
    let Some(times) = times.get(&(row.case_id.clone(), row.stage)) else {
        let fault =
            format!("report_stages, case {} stage {}: it is not in the case's log", row.case_id, row.stage);
        return Err(Error::Unreconciled(vec![fault]));
    };
    Ok(Stage {
        policy_acknowledge_due_on: times.policy.acknowledge_on,
        policy_respond_due_on: times.policy.respond_on,
        policy_extended_due_on: times.policy.extended_on,
        code_acknowledge_due_on: times.code.acknowledge_on,
        code_respond_due_on: times.code.respond_on,
        code_respond_due_as_acknowledged_on: times.code_respond_as_acknowledged_on,
        code_extended_due_on: times.code.extended_on,
        updates_late: i64::try_from(times.updates_late).unwrap_or(i64::MAX),
        ..row.clone()
    })
}

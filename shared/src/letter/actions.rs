//! What is still to be done, and by when.

use super::content::Content;
use super::phrases::sentence;
use super::writer::Writer;
use crate::calendar::words::weekday_date;
use crate::case::Citation;
use crate::case::record::RecordRef;
use chrono::NaiveDate;

/// One action: what, by when, which team.
#[derive(Clone, Copy)]
pub struct Action<'a> {
    /// What.
    pub what: RecordRef,
    /// By when.
    pub due_on: NaiveDate,
    /// Which team.
    pub owner: &'a str,
}

/// The actions still to be done, or the words for none; that they are tracked to their end where the policy has it so.
pub fn actions(
    writer: &mut Writer<'_>,
    outstanding: &[Action<'_>],
    none: &str,
    provision: &str,
    citation: Citation,
) {
    if outstanding.is_empty() {
        writer.say("actions", "What we still have to do", none, citation);
        return;
    }
    let lines: Vec<String> = outstanding
        .iter()
        .map(|action| {
            let what = sentence(&writer.words(action.what));
            let by = weekday_date(action.due_on);
            format!("{what} By {by}. Who does it: {}.", action.owner)
        })
        .collect();
    let tracked = &writer.rules.profile.after.actions_tracked;
    let (tail, tracking) = if tracked.value {
        let tail = "We keep track of this until it is done, and tell you how it goes, also after your complaint is closed.";
        (tail, writer.cite(tracked.clause_or_silent(), provision))
    } else {
        ("", Citation::default())
    };
    let citation = writer.both(citation, tracking);
    writer.say("actions", "What we still have to do", Content::default().numbered(lines).and(tail), citation);
}

//! Due dates as lines of text, to be held against what a document says.

use redress_shared::case::Rules;
use redress_shared::case::deadline::{Deadline, Due};

use super::script::{Play, tell};

/// One line for a due date: what, whose clock, when; the date before an extension; whether it is foreseen only.
fn line(deadline: &Deadline) -> String {
    let when = |due| match due {
        Due::On(date) => date.to_string(),
        Due::At(instant) => instant.format("%Y-%m-%dT%H:%MZ").to_string(),
    };
    let mut line = format!("{} {} {}", deadline.name, deadline.clock, when(deadline.due));
    if deadline.due != deadline.base {
        line += &format!(" from {}", when(deadline.base));
    }
    if deadline.projected {
        line += " foreseen";
    }
    line
}

/// Holds all the due dates of a case against such lines.
#[track_caller]
pub fn expect(play: &Play, expected: &[&str]) {
    assert_eq!(lines(play), expected);
}

/// The same, for a case that is told first.
#[track_caller]
pub fn check(rules: Rules, script: &str, expected: &[&str]) {
    expect(&tell(rules, script), expected);
}

/// All the due dates of a case, a line each.
pub fn lines(play: &Play) -> Vec<String> {
    play.deadlines().iter().map(line).collect()
}

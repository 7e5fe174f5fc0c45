//! A ready-made answers file: every provision with what is known of it and what is proposed, nothing of it confirmed.

use std::fmt::Write as _;

use super::{Answer, Answers};
use crate::assessment::Proposal;
use crate::code::{Form, FormRow};

/// The widest line of a comment.
const COLUMNS: usize = 110;

/// What a ready-made file says of one provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Its number.
    pub number: String,
    /// What it asks.
    pub summary: String,
    /// What is known, a line each.
    pub evidence: Vec<String>,
    /// What is proposed, where there is evidence for it.
    pub proposal: Option<Proposal>,
    /// Last year's words, marked as such.
    pub carried: Option<Answer>,
}

/// Last year's evidence, web address and commentary for a row, marked with their year; nothing where there are none. A no of last
/// year is told in the commentary, with what was to be done and by when. Between editions it goes by what asks for the same.
#[must_use]
pub fn carried(row: &FormRow, form: &Form, last: &Answers, last_form: &Form) -> Option<Answer> {
    let answer = if form.code == last_form.code {
        last.to(&row.number.to_string())
    } else {
        let same = |earlier: &&FormRow| earlier.later.iter().any(|number| row.later.contains(number));
        last_form.rows().filter(same).find_map(|earlier| last.to(&earlier.number.to_string()))
    }?;
    let words = Answer {
        evidence: answer.evidence.clone(),
        web_address: answer.web_address.clone(),
        commentary: carried_commentary(answer),
        ..Answer::default()
    };
    let mark = answer.carried_from.clone().unwrap_or_else(|| last.year.clone());
    (words != Answer::default()).then_some(Answer { carried_from: Some(mark), ..words })
}

fn carried_commentary(answer: &Answer) -> Option<String> {
    let promised = match (&answer.action, answer.action_by) {
        (Some(action), Some(by)) => Some(format!("The answer was no. To be done by {by}: {action}")),
        _ => None,
    };
    let both: Vec<String> = answer.commentary.iter().cloned().chain(promised).collect();
    (!both.is_empty()).then(|| both.join("\n\n"))
}

/// A ready-made file of answers. `head` has what goes before the provisions; of its provisions nothing is taken. It reads back with
/// [`Answers::from_toml`], and nothing in it is confirmed.
#[must_use]
pub fn draft(head: &Answers, rows: &[Ready]) -> String {
    let mut file = String::new();
    top(&mut file, head);
    for row in rows {
        provision(&mut file, row);
    }
    file
}

const OPENING: &str = "Answers to the self-assessment form. What is proposed is filled in and not confirmed: a provision counts as \
    answered once `confirmed_by` (an office, never a person) and `confirmed_on` are given. A confirmed no needs `action` and \
    `action_by`; an answer other than the one proposed needs a reason in `overrules`. Where `carried_from` stands, the words are still \
    those of that year: read them again, then take that line away. A line that begins with # is not read.";

const REPORT_PARTS: &str = r##"
# What the year's figures mean, a paragraph each (Code 8.1 b).
# analysis = [""]

# Nothing to report on (Code 8.1 c, e, f): non-compliance, landlord-report, other-reports.
# nothing_to_report = []

# The governing body's response to the annual report (Code 8.2).
# [governing_body]
# name = ""
# response = [""]
# responded_on = 2000-01-01
# web_address = "https://"

# Where the Ombudsman found that the Code was not complied with, beyond what the cases hold (Code 8.1 c).
# [[non_compliance]]
# found = ""
# found_on = 2000-01-01
# done = ""

# Improvements made through learning, beyond the learning register (Code 8.1 d).
# [[improvements]]
# what = ""
# learnt_from = ""
# made_on = 2000-01-01

# The Ombudsman's reports: on this landlord (8.1 e), or on something else that concerns it (8.1 f, `other`).
# [[ombudsman_reports]]
# on = "landlord"
# title = ""
# published_on = 2000-01-01
# web_address = "https://"
# taken_from_it = ""
"##;

fn top(file: &mut String, head: &Answers) {
    comment(file, OPENING);
    for (key, value) in [("landlord", &head.landlord), ("year", &head.year), ("code", &head.code)] {
        text(file, key, value);
    }
    file.push('\n');
    for (key, office, what) in [
        (
            "accountable_officer",
            &head.accountable_officer,
            "The office that answers for complaint handling (Code 9.4).",
        ),
        (
            "member_responsible",
            &head.member_responsible,
            "The Member Responsible for Complaints, by office (Code 9.5).",
        ),
    ] {
        comment(file, what);
        match office {
            Some(office) => text(file, key, office),
            None => line(file, &format!("# {key} = \"\"")),
        }
    }
    file.push_str(REPORT_PARTS);
}

fn provision(file: &mut String, row: &Ready) {
    file.push('\n');
    comment(file, &format!("{} {}", row.number, row.summary));
    for evidence in &row.evidence {
        comment(file, &format!("- {evidence}"));
    }
    line(file, &format!("[provisions.\"{}\"]", row.number));
    match &row.proposal {
        Some(proposal) => {
            comment(
                file,
                &format!(
                    "Proposed by the rule {}, because {}. Not confirmed.",
                    proposal.rule, proposal.because
                ),
            );
            text(file, "comply", proposal.comply.as_str());
        }
        None => line(file, "# comply = \"\"    # nothing is proposed: say yes or no"),
    }
    let carried = row.carried.clone().unwrap_or_default();
    for (key, value) in [
        ("carried_from", &carried.carried_from),
        ("evidence", &carried.evidence),
        ("web_address", &carried.web_address),
        ("commentary", &carried.commentary),
    ] {
        match value {
            Some(value) => text(file, key, value),
            None if key == "carried_from" => {}
            None => line(file, &format!("# {key} = \"\"")),
        }
    }
    for key in ["action", "overrules", "confirmed_by"] {
        line(file, &format!("# {key} = \"\""));
    }
    line(file, "# action_by = 2000-01-01\n# confirmed_on = 2000-01-01");
}

fn text(file: &mut String, key: &str, value: &str) {
    line(file, &format!("{key} = {}", toml::Value::from(value)));
}

fn line(file: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(file, "{text}");
}

/// A comment, broken into lines between its words.
fn comment(file: &mut String, text: &str) {
    let mut current = String::from("#");
    for word in text.split_whitespace() {
        if current.len() + 1 + word.len() > COLUMNS && current.len() > 1 {
            line(file, &current);
            current = String::from("#");
        }
        current.push(' ');
        current.push_str(word);
    }
    line(file, &current);
}

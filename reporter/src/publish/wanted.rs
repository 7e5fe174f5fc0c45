//! What is still wanted before a year can be published, each with the provision that wants it.

use redress_shared::calendar::words::long_date;

use crate::request::Request;
use crate::views::{Document, PROVISIONAL};

/// What is said where nobody is known to look for.
const NAMELESS: &str = "The cases came without names, so that no resident's name or home could be looked for. Give a file of them with \
     --known, publish from the database, or say with --without-names that it goes out without.";

/// Everything that an annual report still lacks, a sentence each; nothing where it can go out.
pub(super) fn wanted(annual: &Document, request: &Request) -> Vec<String> {
    let mut wanted = Vec::new();
    if let Some(form) = &annual.assessment {
        wanted
            .extend(form.open().map(|number| format!("Provision {number} has no confirmed answer (8.1 a).")));
    }
    let summed_up: Vec<String> = annual.assessment.iter().flat_map(|form| form.wanted()).collect();
    let lacking = annual.annual.iter().flat_map(|view| &view.wanted);
    wanted.extend(lacking.filter(|sentence| !summed_up.contains(sentence)).cloned());
    wanted.extend(to_come(request));
    if request.provisional_reason.is_none() {
        let provisional = annual.states.iter().filter(|state| state.starts_with(PROVISIONAL));
        wanted.extend(
            provisional
                .map(|state| format!("{state} Wait, or say with --provisional-reason why it cannot wait.")),
        );
    }
    if request.screen.is_nameless {
        wanted.push(NAMELESS.to_owned());
    }
    wanted
}

/// What the answers tell of that is dated after the report, a sentence each: it has not happened yet.
fn to_come(request: &Request) -> Vec<String> {
    let answers = request.assessment.as_ref().and_then(|assessment| assessment.given.answers.as_ref());
    let Some(answers) = answers else { return Vec::new() };
    let found =
        answers.non_compliance.iter().map(|told| ("A finding of non-compliance", "8.1 c", told.found_on));
    let made = answers.improvements.iter();
    let made = made.filter_map(|told| Some(("An improvement", "8.1 d", told.made_on?)));
    let reports = answers.ombudsman_reports.iter();
    let reports = reports.map(|told| ("A report of the Ombudsman's", "8.1 e and f", told.published_on));
    let later = found.chain(made).chain(reports).filter(|(.., day)| *day > request.as_of);
    let said = |(what, provision, day)| {
        format!(
            "{what} is dated {}, after the report: it is not to be told of yet ({provision}).",
            long_date(day)
        )
    };
    later.map(said).collect()
}

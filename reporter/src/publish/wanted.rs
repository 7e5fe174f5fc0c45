//! What is still wanted before a year can be published, each with the provision that wants it.

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

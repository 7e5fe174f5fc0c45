//! What has to hold in an edition's data beyond its shape.

use std::collections::BTreeSet;

use super::{Code, CodeError, ContentList, Provision};

/// Everything wrong with an edition, in the file's order.
pub(super) fn errors_in(code: &Code) -> Vec<CodeError> {
    let mut errors = Vec::new();
    period(code, &mut errors);
    order(code, &mut errors);
    code.provisions().for_each(|provision| provision_itself(provision, &mut errors));
    citations(code, &mut errors);
    for list in ContentList::ALL {
        let ids = code.contents.list(list).iter().map(|item| item.id.as_str());
        repeated(&list.to_string(), ids, &mut errors);
    }
    errors
}

fn period(code: &Code, errors: &mut Vec<CodeError>) {
    if let Some(to) = code.in_force_to.filter(|to| *to < code.in_force_from) {
        errors.push(CodeError::EndsBeforeItBegins { from: code.in_force_from, to });
    }
}

fn order(code: &Code, errors: &mut Vec<CodeError>) {
    for section in &code.sections {
        for provision in &section.provisions {
            if provision.number.section() != section.number {
                errors.push(CodeError::WrongSection { provision: provision.number, section: section.number });
            }
        }
    }
    let following = code.provisions().skip(1);
    for (earlier, later) in code.provisions().zip(following) {
        if later.number <= earlier.number {
            errors.push(CodeError::OutOfOrder(later.number));
        }
    }
}

fn provision_itself(provision: &Provision, errors: &mut Vec<CodeError>) {
    let number = provision.number;
    let kinds: BTreeSet<_> = provision.evidence.iter().collect();
    if kinds.is_empty() || kinds.len() != provision.evidence.len() {
        errors.push(CodeError::EvidenceKinds(number));
    }
    for kind in provision.evidence_notes.keys().filter(|kind| !kinds.contains(kind)) {
        errors.push(CodeError::NoteWithoutEvidence { provision: number, kind: *kind });
    }
    if !is_sentence(&provision.summary) {
        errors.push(CodeError::NotASentence(number));
    }
}

fn is_sentence(text: &str) -> bool {
    text.len() > 1 && text.ends_with('.') && text.trim() == text
}

/// An edition without sections is kept for its clocks alone, so its numbers have nothing to be found in.
fn citations(code: &Code, errors: &mut Vec<CodeError>) {
    if code.sections.is_empty() {
        return;
    }
    let clocks = code.clocks.citations().into_iter().map(|(clock, number)| (clock.to_owned(), number));
    let items = ContentList::ALL.into_iter().flat_map(|list| {
        let items = code.contents.list(list).iter();
        items.map(move |item| (format!("{list} `{}`", item.id), item.provision))
    });
    for (what, provision) in clocks.chain(items) {
        if code.provision_numbered(provision).is_none() {
            errors.push(CodeError::UnknownProvision { what, provision });
        }
    }
}

/// Records each name that comes a second time in a list.
pub(super) fn repeated<'a>(list: &str, ids: impl Iterator<Item = &'a str>, errors: &mut Vec<CodeError>) {
    let mut seen = BTreeSet::new();
    for id in ids.filter(|id| !seen.insert(*id)) {
        errors.push(CodeError::Repeated { list: list.to_owned(), id: id.to_owned() });
    }
}

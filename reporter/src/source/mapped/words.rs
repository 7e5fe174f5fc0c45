//! The words of a case while its rows are made. The log has nothing of them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use redress_shared::case::command::intake::Person;
use redress_shared::case::record::{Digest, RecordKind, RecordRef, Vault};
use redress_shared::case::{CaseId, RecordId};

/// The words of one case, by the ids of their records.
pub(super) struct Words {
    case: CaseId,
    kept: RefCell<BTreeMap<String, String>>,
    people: RefCell<Vec<Person>>,
}

impl Words {
    pub(super) fn of(case: CaseId) -> Self {
        Self { case, kept: RefCell::default(), people: RefCell::default() }
    }

    /// The people whom the case names.
    pub(super) fn people(self) -> Vec<Person> {
        self.people.into_inner()
    }

    /// The words of a record.
    pub(super) fn said(&self, record: &str) -> Option<String> {
        self.kept.borrow().get(record).cloned()
    }
}

impl Vault for Words {
    fn keep(&self, kind: RecordKind, body: &str) -> RecordRef {
        if kind == RecordKind::Person {
            self.people.borrow_mut().extend(serde_json::from_str::<Person>(body).ok());
        }
        let mut kept = self.kept.borrow_mut();
        let number = u128::try_from(kept.len()).unwrap_or_default() + 1;
        // The same file makes the same ids; those of one case are near its own, and apart from each other.
        let record = RecordId(self.case.0 ^ number);
        kept.insert(record.to_string(), body.to_owned());
        // No digest: what hides the words of one is a salt that nobody can make again, and the same file must make the same log.
        RecordRef { record, digest: Digest::default() }
    }
}

//! A vault that numbers its records, so that a test sees what was put there.

use std::cell::RefCell;

use redress_shared::case::RecordId;
use redress_shared::case::chain::record_digest;
use redress_shared::case::record::{RecordKind, RecordRef, Vault};

/// Records in the order in which they came, their ids counted from 1.
#[derive(Debug, Default)]
pub struct NumberingVault {
    kept: RefCell<Vec<(RecordKind, String)>>,
}

impl NumberingVault {
    /// What was kept, in order.
    pub fn kept(&self) -> Vec<(RecordKind, String)> {
        self.kept.borrow().clone()
    }
}

impl Vault for NumberingVault {
    fn keep(&self, kind: RecordKind, body: &str) -> RecordRef {
        let mut kept = self.kept.borrow_mut();
        kept.push((kind, body.to_owned()));
        let number = kept.len() as u128;
        RecordRef { record: RecordId(number), digest: record_digest(&number.to_be_bytes(), body) }
    }
}

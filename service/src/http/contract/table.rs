//! Every operation that there is. What is not in this list is not served.

use super::Operation;
use crate::http::{
    cases, docs, due, health, keys, landlord, openapi, policies, problems, references, stock, whoami,
};

/// The operations, in the order of the documentation.
#[must_use]
pub fn operations() -> Vec<Operation> {
    let mut operations = vec![
        cases::list::operation(),
        cases::receive::operation(),
        cases::show::operation(),
        references::put(),
        cases::deadlines::operation(),
        cases::history::operation(),
        cases::letters::list(),
        cases::letters::one(),
        cases::record::operation(),
        due::operation(),
        landlord::operation(),
        policies::show(),
        policies::check(),
        stock::get(),
        stock::put(),
        whoami::operation(),
        keys::list(),
        keys::issue(),
        keys::show(),
        keys::revoke(),
        keys::rotate(),
        health::live(),
        health::ready(),
        openapi::operation(),
        docs::index(),
        docs::file(),
        problems::list(),
        problems::show(),
    ];
    operations.extend(cases::command::operations());
    operations
}

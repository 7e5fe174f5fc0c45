//! Every operation that there is. What is not in this list is not served.

use super::Operation;
use crate::http::{
    calendar, cases, code, docs, due, events, export, health, imports, items, keys, landlord, openapi,
    policies, problems, references, stock, whoami,
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
        cases::residents::operation(),
        references::get(),
        due::operation(),
        items::actions(),
        items::determinations(),
        items::orders(),
        items::failure_orders(),
        items::learning(),
        items::refusals(),
        events::operation(),
        imports::list(),
        imports::create(),
        imports::show(),
        imports::upload(),
        imports::start(),
        imports::cancel(),
        imports::errors(),
        export::tables(),
        export::table(),
        landlord::operation(),
        policies::list(),
        policies::show(),
        policies::check(),
        code::list(),
        code::show(),
        calendar::days(),
        calendar::due(),
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

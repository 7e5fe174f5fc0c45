//! Every operation that there is. What is not in this list is not served.

use super::Operation;
use crate::http::{
    calendar, cases, code, docs, documents, due, events, health, items, keys, landlord, openapi, personal,
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
        documents::list(),
        documents::add(),
        documents::show(),
        documents::content(),
        documents::remove(),
        personal::show_hold(),
        personal::place_hold(),
        personal::lift_hold(),
        personal::erase_case(),
        personal::search(),
        personal::export(),
        personal::erase_people(),
        personal::retention(),
        personal::access(),
        due::operation(),
        items::actions(),
        items::determinations(),
        items::orders(),
        items::failure_orders(),
        items::learning(),
        items::refusals(),
        events::operation(),
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

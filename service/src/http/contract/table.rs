//! Every operation that there is. What is not in this list is not served.

use super::Operation;
use crate::http::{
    calendar, cases, code, docs, documents, due, events, export, health, imports, items, keys, landlord,
    letters, openapi, personal, policies, problems, references, stock, webhooks, whoami,
};

/// The operations, in the order of the documentation.
#[must_use]
pub fn operations() -> Vec<Operation> {
    let parts = [one_case(), all_cases(), service()];
    parts.into_iter().flatten().chain(cases::command::operations()).collect()
}

/// Of cases, and of what belongs to one.
fn one_case() -> Vec<Operation> {
    vec![
        cases::list::operation(),
        cases::search::operation(),
        cases::receive::operation(),
        cases::show::operation(),
        references::put(),
        cases::deadlines::operation(),
        cases::history::operation(),
        cases::record::operation(),
        cases::residents::operation(),
        references::get(),
        letters::list(),
        letters::show(),
        letters::issue(),
        letters::issued(),
        letters::issued_one(),
        letters::reissue(),
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
    ]
}

/// Over all cases, and the rules that they fall under.
fn all_cases() -> Vec<Operation> {
    vec![
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
    ]
}

/// Of those who use the service, and of the service itself.
fn service() -> Vec<Operation> {
    vec![
        whoami::operation(),
        keys::list(),
        keys::issue(),
        keys::show(),
        keys::revoke(),
        keys::rotate(),
        webhooks::list(),
        webhooks::create(),
        webhooks::show(),
        webhooks::update(),
        webhooks::delete(),
        webhooks::enable(),
        webhooks::disable(),
        webhooks::rotate(),
        webhooks::test(),
        webhooks::replay(),
        webhooks::deliveries(),
        webhooks::delivery(),
        webhooks::replay_delivery(),
        health::live(),
        health::ready(),
        openapi::operation(),
        docs::bare(),
        docs::index(),
        docs::file(),
        problems::list(),
        problems::show(),
    ]
}

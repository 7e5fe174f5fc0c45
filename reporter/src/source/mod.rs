//! Reading the cases, from SQLite, PostgreSQL, an extract of either, another system's file with a mapping, or a running service's
//! export: nothing but the views of
//! the contract, and of a database all as it stood in one transaction.

mod apart;
#[allow(missing_docs, reason = "the macro documents nothing it makes")]
mod connection;
mod contract;
pub mod extract;
mod known;
pub(crate) mod log;
pub mod mapped;
mod of_case;
mod origin;
mod people;
pub mod service;
mod snapshot;

use redress_shared::calendar::Calendar;

pub use apart::ByCase;
pub use contract::{
    Action, Case, Category, Column, Equality, Escalation, Extension, FailureOrder, Finding, Held,
    KeptCalendar, Landlord, Learning, LoggedEvent, Order, Refusal, Remedy, Restriction, Risk, Row, Stage,
    Stock, Survey, VIEWS, View,
};
pub use origin::Origin;
pub use redress_shared::database::Address;
pub use snapshot::Snapshot;

/// Every row of one landlord, as it stood in one transaction.
#[derive(Debug, Clone)]
pub struct Source {
    /// The landlord.
    pub landlord: Landlord,
    /// Homes owned, by year and type.
    pub stock: Vec<Stock>,
    /// Its cases of every kind.
    pub cases: Vec<Case>,
    /// Their stages.
    pub stages: Vec<Stage>,
    /// Their categories.
    pub categories: Vec<Category>,
    /// Complaints and escalations declined.
    pub refusals: Vec<Refusal>,
    /// Requests to escalate.
    pub escalations: Vec<Escalation>,
    /// Remedies offered.
    pub remedies: Vec<Remedy>,
    /// Actions promised.
    pub actions: Vec<Action>,
    /// The Ombudsman's findings.
    pub findings: Vec<Finding>,
    /// The Ombudsman's orders and recommendations.
    pub orders: Vec<Order>,
    /// Complaint handling failure orders.
    pub failure_orders: Vec<FailureOrder>,
    /// The learning register.
    pub learning: Vec<Learning>,
    /// Survey answers.
    pub surveys: Vec<Survey>,
    /// Risks flagged.
    pub risks: Vec<Risk>,
    /// Notices that an answer would be later.
    pub extensions: Vec<Extension>,
    /// Restrictions on contact.
    pub restrictions: Vec<Restriction>,
    /// What residents told of themselves, counted.
    pub equality: Vec<Equality>,
    /// The calendar that the dates were counted on.
    pub calendar: Calendar,
}

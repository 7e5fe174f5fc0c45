//! What the service does, one transaction each.

pub mod execute;
pub mod in_flight;
pub mod personal;
pub mod upsert;

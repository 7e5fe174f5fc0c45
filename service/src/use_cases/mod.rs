//! What the service does, one transaction each.

pub mod bank_holidays;
pub mod execute;
pub mod in_flight;
pub mod personal;
pub mod renew;
pub mod upsert;

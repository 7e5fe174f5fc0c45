//! What the service does, one transaction each.

pub mod execute;

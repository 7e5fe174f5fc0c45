//! What whoever operates the service sees and does: figures, probes, the log, and an orderly end.

pub mod drain;
pub mod health;
pub mod listener;
pub mod log;
pub mod metrics;
mod standing;

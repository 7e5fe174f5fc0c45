//! Telling those who want to be told what stands in the feed: webhooks, as Standard Webhooks 1.0 has them.
//!
//! Here is what is sent and how; who is told, and what becomes of each delivery, is in [`crate::storage::webhooks`]; the duty that
//! brings the two together is [`crate::background::webhooks`].

pub mod guard;
pub mod network;
pub mod payload;
pub mod schedule;
pub mod secret;
pub mod send;
pub mod settings;

pub use send::{Courier, Letter, Outcome, Trouble};
pub use settings::Settings;

//! Who is told of what stands in the feed, and what becomes of each delivery.
//!
//! Nothing is entered here when a command is carried out: each endpoint has a number up to which the feed has been turned into
//! deliveries ([`fan_out`]), and what is behind it is caught up with later. Of the deliveries about one case, its lane, only the first
//! that is open is `pending`; the others wait until it is delivered or given up. Several instances share the work: each takes hold of
//! a delivery for a time ([`claim`]), says what came of it ([`settle`]), and loses it where it does not.

pub mod changes;
pub mod claim;
pub mod deliveries;
pub mod endpoints;
pub mod fan_out;
mod health;
mod lines;
pub mod replay;
pub mod settle;

pub use lines::number_before;

use redress_shared::identifier;

use crate::documents::words;

identifier! {
    /// The id of a webhook: of an endpoint that is told of things.
    WebhookId
}

identifier! {
    /// The id of a delivery: of one message to one endpoint.
    DeliveryId
}

/// The states of what is to be sent, or being sent: of one in a lane.
const OUT: [&str; 2] = [DeliveryState::Pending.as_str(), DeliveryState::Delivering.as_str()];

/// Whether a word is that of one of [`OUT`].
fn is_out(state: &str) -> bool {
    OUT.contains(&state)
}

/// The lane of what is about no case.
const NO_CASE: &str = "landlord";

words! {
    /// What has become of a delivery.
    DeliveryState {
        /// It waits for an earlier one about the same case.
        Waiting = "waiting",
        /// It is to be sent, now or when its next try is due.
        Pending = "pending",
        /// It is being sent.
        Delivering = "delivering",
        /// The receiver has it.
        Delivered = "delivered",
        /// It was given up after the last try.
        Failed = "failed",
    }
}

words! {
    /// Why an endpoint is told nothing.
    DisabledWhy {
        /// Somebody wanted it so.
        Asked = "asked",
        /// The receiver answered that it is gone: 410.
        Gone = "gone",
        /// It failed for as long as a delivery is tried, whatever it was sent.
        Failing = "failing",
    }
}

//! The limits on what a request may ask for and how much of it. Each is answered with the status that its name says.

use std::time::Duration;

/// How much is read, how deep, how many at once. What a caller must know of it is in the OpenAPI document too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The most requests that are worked on at once, the probes apart; one more is answered 429.
    pub at_once: usize,
    /// How many requests a second one key may go on sending; more are answered 429.
    pub sustained: u32,
    /// How many requests one key may send at one moment, after a rest.
    pub burst: u32,
    /// How long a client may take to send a request's head, and again its body; a slower one is answered 408.
    pub head_within: Duration,
    /// How long an idle connection is kept open.
    pub keep_alive: Duration,
}

/// The largest body that is read, in bytes; more is answered 413.
pub const BODY: usize = 1024 * 1024;
/// The deepest nesting of lists and objects in a body; more is answered 422.
pub const DEPTH: usize = redress_shared::schema::strict::DEPTH;
/// The longest address, path and query, in bytes; more is answered 414.
pub const ADDRESS: usize = 4096;
/// The most headers; more are answered 431.
pub const HEADERS: usize = 64;
/// The most parameters in a query; more are answered 422. Every type of event can be named at once, with all else that the feed takes.
pub const PARAMETERS: usize = 96;
/// The most lines in one page of a list; a caller may ask for fewer.
pub const PAGE: u32 = 200;
/// The longest `Idempotency-Key`, in characters.
pub const IDEMPOTENCY_KEY: usize = 255;

impl Default for Limits {
    fn default() -> Self {
        Self {
            at_once: 512,
            sustained: 1000,
            burst: 2000,
            head_within: Duration::from_secs(10),
            keep_alive: Duration::from_secs(75),
        }
    }
}

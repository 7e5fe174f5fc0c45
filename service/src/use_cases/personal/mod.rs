//! Personal data: whose it is, all of it given out, and erased so that log and figures stay.

pub mod erase;
pub mod export;
pub mod held;
pub mod retention;
pub mod search;

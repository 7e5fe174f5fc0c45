//! The case, from outside: a life is told line by line, and what comes of it is held against the documents.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod kit;

mod clocks;
mod counting;
mod history;
mod hostile;
mod life;
mod mended;
mod mended_dates;
mod properties;
mod refusals;
mod refusals_table;
mod schema;
mod windows;

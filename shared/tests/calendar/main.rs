//! The calendar, from outside: counting is held against dated cases from elsewhere and against a loop over
//! days.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod cases;
mod counting;
mod files;
mod fixtures;
mod merging;
mod phrases;
mod properties;

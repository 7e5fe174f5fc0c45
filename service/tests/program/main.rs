//! The program itself, as whoever operates it sees it: Cargo hands a program to the tests of its own package alone.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod configuration;
mod figures;
mod process;
mod slow;
mod stop;

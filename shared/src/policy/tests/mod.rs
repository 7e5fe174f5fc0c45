//! Policies as files: read, refused, chosen by date, and held against the Code.

mod code_check;
mod library;
mod loading;
mod register;
mod schema;

/// A policy that can be read, for tests to change: the smallest that makes sense.
const SMALL: &str = include_str!("small.toml");

/// The small policy with one part of its text replaced.
fn changed(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "nothing to change: {from}");
    SMALL.replacen(from, to, 1)
}

//! The API on SQLite, and what is so of its files alone.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod api;
mod sqlite;

use redress_tests::database::Backend;

/// Where the servers of this target keep their cases.
const BACKEND: Backend = Backend::Sqlite;

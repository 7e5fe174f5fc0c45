//! The API on PostgreSQL: a database of its own for each server, in a cluster that this process starts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod api;

use redress_tests::database::Backend;

/// Where the servers of this target keep their cases.
const BACKEND: Backend = Backend::Postgres;

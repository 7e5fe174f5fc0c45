//! The service from outside: the real server on a free port, each test with a database and a clock of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod bodies;
mod concurrency;
mod drift;
mod drift_chain;
mod logs;
mod migrations;
mod numbers;
mod outcomes;
mod personal;
mod play;
mod queries;
mod records;
mod refused;
mod routes;
mod samples;
mod scoping;
mod server;
mod start;
mod stop;
mod tables;
mod texts;
mod times;
mod verbs;

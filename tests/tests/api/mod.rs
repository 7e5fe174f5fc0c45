//! The service from outside: the real server on a free port, each test with a database and a clock of its own. Each of the two
//! targets that have this module says which kind of database, as `BACKEND` at its root.

mod access;
mod bank_holidays;
mod bodies;
mod concurrency;
mod drift;
mod drift_chain;
mod feed;
mod key_store;
mod letters;
mod lists;
mod logs;
mod migrations;
mod notices;
mod numbers;
mod once;
mod outcomes;
mod personal;
mod play;
mod queries;
mod reading;
mod readings;
mod records;
mod refused;
mod routes;
mod samples;
mod scoping;
pub mod server;
mod start;
mod tables;
mod texts;
mod timers;
mod times;
mod upkeep;
mod verbs;
mod webhooks;

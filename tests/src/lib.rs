//! Redress used as its users use it: a client of the public API, the scenarios of five landlords, and the demo.

pub mod client;
pub mod contract;
pub mod database;
pub mod demo;
pub mod london;
pub mod scenario;
pub mod server;
pub mod simulator;
pub mod tables;

//! Redress used as its users use it: a client of the public API, the scenarios of five landlords, and the demo.

pub mod client;
pub mod contract;
pub mod crm;
pub mod database;
pub mod demo;
pub mod keys;
pub mod line;
pub mod london;
mod running;
pub mod scenario;
pub mod server;
pub mod simulator;
pub mod tables;

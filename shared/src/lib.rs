//! The rules of complaint handling, pure and exact: no IO, no clock, no framework.

pub mod assessment;
pub mod calendar;
pub mod case;
pub mod code;
pub mod database;
pub mod imports;
pub mod letter;
pub mod measure;
pub mod policy;
pub mod schema;
pub mod spreadsheet;
mod vocabulary;

//! The case tables as Parquet files, filed by landlord and year, for whatever engine is to read the same truth: written from any
//! source of rows, and a source of rows themselves.
//!
//! ```text
//! extract/README.md  columns.csv  rows.csv
//! extract/report_stages/landlord=hartlepool/year=2025/part.parquet
//! ```
//!
//! A year begins on 1 April. `rows.csv` lists every file with its rows: what it does not list is not read, and a file that is gone
//! or has other rows than listed is an error, so that half an extract never passes for a whole one.

mod description;
mod field;
mod file;
mod parts;
mod read;
mod write;

pub use field::{Field, Kind, Plain};
pub use file::{Group, GroupWriter};
pub use parts::Part;
pub use read::Extract;
pub use write::{Writing, received, write};

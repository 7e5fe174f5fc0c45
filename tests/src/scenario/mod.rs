//! Scenarios: a landlord's policy told as case files, and run through the API of a running service.

mod expect;
mod format;
mod run;

pub use format::{Expect, LetterExpect, Refused, Scenario, Step, load, load_folder, parse};
pub use run::{Outcome, run, run_with};

//! The test kit: the five policies, a vault that numbers records, a case that is told as a script, and arbitrary lives.

mod contents;
mod dates;
mod lives;
mod policies;
pub mod script;
mod vault;

pub use contents::MARK;
pub use dates::{check, expect, lines};
pub use lives::{Choice, Life, lives};
pub use policies::{POLICIES, rules, rules_with};
pub use script::{Play, london, play, refusal, refusal_under, tell};
pub use vault::NumberingVault;

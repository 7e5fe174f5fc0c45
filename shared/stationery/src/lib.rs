//! What letters and reports are printed on: a landlord's own templates, held against what they are given before anything is printed, and
//! its logo.
//!
//! Apart from the rules in `redress-shared`, which know no template engine, so that the service and the reporter check templates alike.

mod check;
pub mod logo;
mod problem;
mod read;
mod scope;

pub use check::{Check, Parsed};
pub use problem::{TemplateProblem, TemplateProblems};
pub use read::{compile, entries, folders, tried};

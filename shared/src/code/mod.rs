//! The Ombudsman's Complaint Handling Code as data: what it provides, its limits, and how each provision is evidenced.
//!
//! The summaries are our own words. A landlord that wants the official sentences in its published self-assessment brings
//! them in a file, read by [`Wording`].

mod checks;
mod clocks;
mod contents;
mod edition;
mod embedded;
mod errors;
mod form;
mod number;
mod ombudsman;
mod provision;
mod topics;

mod wording;

#[cfg(test)]
mod tests;

pub use crate::calendar::Unit;
pub use clocks::{Allowance, Clocks, Limit, StageClocks, StageMaximum, StartPoint};
pub use contents::{ContentList, Contents, Item};
pub use edition::Code;
pub(crate) use edition::parse;
pub use embedded::{code_in_force, codes};
pub use errors::{CodeError, CodeErrors, CodeUnavailable};
pub use form::{Form, FormRow, FormSection, form};
pub use number::{NotAProvisionNumber, ProvisionNumber};
pub use ombudsman::{FailureOrder, Finding, Ombudsman, Per, Submission, Tariff, YearlyDay, ombudsman};
pub use provision::{Evidence, Force, Provision, Section};
pub use topics::{PolicyTopic, PolicyTopics, policy_topics};
pub use wording::{Wording, WordingError};

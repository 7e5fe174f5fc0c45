//! The form, the rules and the answers file.

mod answers;
mod forms;
mod proposals;

//! Reading requests: everything that is wrong with one is said at once, where it is, and without saying back what was written.

pub mod body;
pub mod cursor;
pub mod headers;
pub mod moment;
pub mod percent;
pub mod preconditions;
pub mod query;

pub use redress_shared::schema::{Checker, strict, wording};

//! Reading requests: everything that is wrong with one is said at once, where it is, and without saying back what was written.

pub mod body;
pub mod cursor;
pub mod headers;
pub mod moment;
pub mod percent;
pub mod preconditions;
pub mod query;
mod said;
pub mod strict;
pub mod validate;
pub mod wording;

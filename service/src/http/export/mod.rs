//! Everything that a landlord has, taken out.

mod list;
mod stream;
mod write;

pub use list::operation as tables;
pub use stream::operation as table;

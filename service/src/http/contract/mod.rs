//! The contract: one table of operations, from which the routing, the checks of every request and the OpenAPI document are made.
//!
//! An address's file declares its operation beside its handler, and `table.rs` lists them. What an operation takes is told by the
//! types that its handler takes; so a handler cannot read what is not published, nor the document promise what is not read.

mod answer;
mod api;
mod call;
mod document;
mod handled;
mod method;
mod operation;
mod paths;
mod router;
mod schemas;
mod table;
mod tag;
#[cfg(test)]
mod tests;
mod variants;

pub use answer::Answer;
pub use api::{Api, Served};
pub use call::{Call, Incoming, Nothing, Open, in_body};
pub use method::{Access, Method};
pub use operation::Operation;
pub use router::Values;
pub use schemas::{Parameter, SchemaOf};
pub use tag::Tag;

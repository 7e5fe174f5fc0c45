//! Landlords' complaints policies as data: every rule with its clause, or with the reading taken where the text is silent.

mod check;
pub mod cited;
mod colour;
mod common;
mod coverage;
pub(crate) mod document;
pub(crate) mod errors;
mod letterhead_rules;
mod library;
mod load;
pub mod profile;
mod register;
mod rules;
pub(crate) mod schema;
pub(crate) mod shape;
mod stage_rules;
pub mod vocabulary;

#[cfg(test)]
mod tests;

pub use check::{Change, Point, PointKind, change, check};
pub use colour::{Colour, INK, LEAST_CONTRAST_HUNDREDTHS, NotAColour, SOFT_INK, WHITE};
pub use coverage::{Coverage, CoverageTable};
pub use errors::{PolicyError, PolicyErrors};
pub use library::{Covered, Library, NoPolicy};
pub use profile::Profile;
pub use register::{Handled, Register, Row};
pub use schema::profile_schema;
pub use shape::nearest;

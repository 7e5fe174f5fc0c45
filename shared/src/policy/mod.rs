//! Landlords' complaints policies as data: every rule with its clause, or with the reading taken where the text is silent.

pub mod cited;
pub mod profile;
pub mod vocabulary;

pub use profile::Profile;

//! Personal data over all of a landlord's cases: who is held, what was erased, what may not be, and who looked.

pub mod access;
pub mod erasures;
pub mod holds;
pub mod people;

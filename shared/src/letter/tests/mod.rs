//! Letters, composed from what the decider gives and read as a tenant would.

mod dates;
mod every_ground;
mod lists;
mod occasions;
mod plain;
mod read;
mod story;
mod whom;

//! The rules of complaint handling, pure and exact: no IO, no clock, no framework.

pub mod code;

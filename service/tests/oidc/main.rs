//! Bearer tokens from outside: a provider on this machine that issues them, and the verifier that reads them. Time is what the
//! tests say that it is.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod claims;
mod down;
mod keys;
mod provider;
mod rotation;
mod signatures;
mod through;

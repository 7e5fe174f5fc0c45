//! Documents through the program itself: the process is killed in the middle of uploads, with a folder and with a bucket. Nothing that
//! was answered is lost, nothing is there twice, nothing half is given out, and what was broken off goes.
//!
//! The bucket is that of a server named by `REDRESS_TEST_S3`, such as moto's; without it that half is left out, unless
//! `REDRESS_REQUIRE_S3` says that it may not be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod killed;
mod running;
mod s3;

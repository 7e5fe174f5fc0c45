//! The migrations are part of the program: a new one makes it anew.
#![allow(clippy::print_stdout, reason = "it is how a build script speaks")]

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}

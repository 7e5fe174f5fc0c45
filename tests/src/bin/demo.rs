//! `redress-demo`: stands here until the demo is written.
fn main() {}

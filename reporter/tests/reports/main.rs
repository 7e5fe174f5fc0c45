//! What a report holds, and when it is not written.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod database;
mod dates;
mod definitions;
mod figures;
mod pages;
#[path = "../support/mod.rs"]
mod support;

use support::{Ending, Fixture, StageOf};

const AS_OF: &str = "2026-01-20";

/// One landlord with a single complaint of two stages, and a statement run on it.
fn one_complaint(statement: &str) -> Fixture {
    let mut fixture = Fixture::new();
    fixture.landlord("one", "One");
    fixture.stock("one", 2025, "lcra", 100);
    let case = fixture.case("one", "complaint", "lcra", "2025-06-02", "");
    let stage = |stage, ending| StageOf { stage, requested_on: "2025-06-02", ending, outcome: "upheld" };
    fixture.stage("one", &case, stage(1, Ending::Extended));
    fixture.stage("one", &case, stage(2, Ending::Open));
    if !statement.is_empty() {
        fixture.run(statement);
    }
    fixture
}

//! Letters: as they would be sent, as they were sent, and as a landlord has them look.

mod issue;
mod life;
mod own;
mod pages;
mod preview;
mod put_right;

use serde_json::Value;

use crate::api::samples::acknowledgement;
use crate::api::server::{Answer, Server};

/// A case that was acknowledged, with the address of that letter.
fn acknowledged(server: &Server) -> (String, String) {
    let case = server.accepted();
    server.command(&case, "acknowledge", &acknowledgement()).done();
    let letter = format!("/v1/cases/{case}/letters/3");
    (case, letter)
}

/// What is answered that is no JSON.
fn body(answer: &Answer, kind: &str) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some(kind));
    answer.text.clone()
}

/// The SHA-256 of what was answered, in hexadecimal.
fn sha256(text: &str) -> String {
    redress_service::storage::letters::digest(text).to_string()
}

/// The first issued letter of an answer.
fn first(answer: &Answer) -> Value {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.done()["issued"][0].clone()
}

//! What is attached to cases.

mod duty;
mod giving;
mod kinds;
mod taking;

use redress_service::access::{Role, Scope};
use redress_service::documents::StoreAddress;
use serde_json::Value;
use std::path::PathBuf;

use crate::api::access::issue;
use crate::api::server::{Answer, Server};

/// A paper, as short as one can be.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// Attaches a paper of that name.
pub fn attach(server: &Server, case: &str, name: &str) -> Answer {
    send(server, &format!("/v1/cases/{case}/documents"), ("application/pdf", name), PDF.to_vec(), &[])
}

/// Sends a file.
pub fn send(
    server: &Server,
    path: &str,
    (media_type, name): (&str, &str),
    bytes: impl Into<reqwest::blocking::Body>,
    more: &[(&str, &str)],
) -> Answer {
    let disposition = redress_service::documents::name::disposition(name);
    let mut headers = vec![("Content-Type", media_type), ("Content-Disposition", disposition.as_str())];
    headers.extend_from_slice(more);
    server.send_with("POST", path, &headers, bytes)
}

/// The id of a document that was attached.
pub fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_str().unwrap().to_owned()
}

/// The folder in which a server keeps documents.
pub fn folder(server: &Server) -> PathBuf {
    match &server.state().documents.store.settings().address {
        StoreAddress::Folder(folder) => folder.clone(),
        other => panic!("{other}"),
    }
}

/// Every file that stands in a server's store.
pub fn files(server: &Server) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for below in std::fs::read_dir(folder(server)).into_iter().flatten() {
        for file in std::fs::read_dir(below.unwrap().path()).unwrap() {
            found.push(file.unwrap().path());
        }
    }
    found
}

/// Asks as somebody in a role.
pub fn as_role(server: &Server, role: Role, scopes: &[Scope], method: &str, path: &str) -> Answer {
    let (key, _) = issue(server, "hartlepool", role, scopes);
    server.send_with(method, path, &[("Authorization", &format!("Bearer {key}"))], "")
}

/// The notices of a kind in the feed.
pub fn notices(server: &Server, kind: &str) -> Vec<Value> {
    let all = server.get(&format!("/v1/events?type={kind}")).done();
    all["events"].as_array().unwrap().iter().map(|line| line["notice"]["noticed"].clone()).collect()
}

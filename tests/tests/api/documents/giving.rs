//! Documents are given out, and taken away.

use redress_service::access::{Role, Scope};
use serde_json::json;

use super::{PDF, as_role, attach, files, id, notices};
use crate::api::server::Server;

#[test]
fn a_document_comes_back_to_the_byte_and_is_never_a_page() {
    let server = Server::start();
    let case = server.accepted();
    let location = attach(&server, &case, "Áine's letter.pdf").header("location").unwrap().to_owned();
    let answer = server.get(&format!("{location}/content"));
    assert_eq!((answer.status, answer.text.as_bytes()), (200, PDF));
    let header = |name| answer.header(name).unwrap();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"_ine_s letter.pdf\"; filename*=UTF-8''%C3%81ine%27s%20letter.pdf"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(header("cache-control"), "no-store");
    let tag = header("etag").to_owned();
    let had = server.send_with("GET", &format!("{location}/content"), &[("If-None-Match", &tag)], "");
    assert_eq!((had.status, had.text.as_str()), (304, ""));
}

#[test]
fn a_part_of_a_document_is_given_where_it_is_asked_for() {
    let server = Server::start();
    let case = server.accepted();
    let location = attach(&server, &case, "a.pdf").header("location").unwrap().to_owned();
    let part = |range: &str| server.send_with("GET", &format!("{location}/content"), &[("Range", range)], "");
    let some = part("bytes=1-3");
    assert_eq!((some.status, some.text.as_str()), (206, "PDF"));
    assert_eq!(some.header("content-range"), Some(format!("bytes 1-3/{}", PDF.len()).as_str()));
    part("bytes=5000-").problem(416, "range-not-satisfiable");
    assert_eq!(part("bytes=0-1,3-4").status, 200);
}

#[test]
fn a_document_that_was_altered_in_the_store_is_broken_off() {
    let server = Server::start();
    let case = server.accepted();
    let location = attach(&server, &case, "a.pdf").header("location").unwrap().to_owned();
    let file = files(&server).remove(0);
    let mut altered = PDF.to_vec();
    altered[10] ^= 1;
    std::fs::write(&file, &altered).unwrap();
    let url = format!("{location}/content");
    assert!(server.try_get(&url).is_err(), "the end never comes");
    std::fs::write(&file, "shorter").unwrap();
    server.get(&url).problem(500, "internal");
    std::fs::remove_file(&file).unwrap();
    server.get(&url).problem(500, "internal");
}

#[test]
fn names_and_documents_are_personal_data() {
    let server = Server::start();
    let case = server.accepted();
    let location = attach(&server, &case, "Áine.pdf").header("location").unwrap().to_owned();
    let seen = as_role(&server, Role::Auditor, &[], "GET", &location).done();
    assert_eq!((&seen["name"], &seen["size"]), (&json!(null), &json!(PDF.len())));
    let list = as_role(&server, Role::Auditor, &[], "GET", &format!("/v1/cases/{case}/documents")).done();
    assert_eq!(list["documents"][0]["name"], json!(null));
    let content = format!("{location}/content");
    as_role(&server, Role::Auditor, &[], "GET", &content).problem(403, "scope-missing");
    as_role(&server, Role::Administrator, &[], "GET", &location).problem(403, "scope-missing");
    let both = [Scope::DocumentsRead, Scope::PersonalRead];
    assert_eq!(as_role(&server, Role::Auditor, &both, "GET", &content).status, 200);
    let removal = format!("{location}?reason=mistake");
    as_role(&server, Role::Auditor, &[], "DELETE", &removal).problem(403, "scope-missing");
}

#[test]
fn of_what_is_taken_away_it_stays_known_that_it_was_there() {
    let server = Server::start();
    let case = server.accepted();
    let answer = attach(&server, &case, "Áine.pdf");
    let (id, location) = (id(&answer), answer.header("location").unwrap().to_owned());
    server.send("DELETE", &location, "").malformed("reason");
    server.send("DELETE", &format!("{location}?reason=erased"), "").malformed("reason");
    let removed = server.send("DELETE", &format!("{location}?reason=wrong-case"), "").done();
    assert_eq!(removed["removed"]["reason"], "wrong-case");
    assert_eq!((&removed["name"], &removed["sha256"]), (&json!(null), &answer.json()["sha256"]));
    server.get(&format!("{location}/content")).problem(404, "not-found");
    assert_eq!(server.get(&location).done(), removed);
    let again = server.send("DELETE", &format!("{location}?reason=mistake"), "").done();
    assert_eq!(again, removed, "taken away again, it stays as it is");
    let noticed = json!({ "type": "document-removed", "document": id, "reason": "wrong-case" });
    assert_eq!(notices(&server, "document-removed"), [noticed]);
    assert_eq!(files(&server).len(), 1, "the file goes a little later");
    server.do_duty(redress_service::background::documents::round);
    assert_eq!(files(&server).len(), 0);
    assert_eq!(server.get(&location).done(), removed);
}

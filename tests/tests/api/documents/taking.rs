//! Documents come in.

use serde_json::json;

use super::{PDF, attach, files, id, notices, send};
use crate::api::server::Server;
use crate::api::tables::{connect, lines};

/// The SHA-256 of [`PDF`], by another program.
const SHA256: &str = "49c28c332031c5be46a9f1cc28754ba850448ac9d4ffcc1cbb169f779b66b273";

#[test]
fn a_document_is_kept_with_its_digest_and_told_of_without_its_name() {
    let server = Server::start();
    let case = server.accepted();
    let path = format!("/v1/cases/{case}/documents?kind=from-resident&resident=1");
    let answer = send(&server, &path, ("application/pdf", "Áine's letter.pdf"), PDF, &[]);
    let id = id(&answer);
    assert_eq!(answer.header("location"), Some(format!("/v1/cases/{case}/documents/{id}").as_str()));
    let shown = answer.json();
    assert_eq!((&shown["sha256"], &shown["size"]), (&json!(SHA256), &json!(PDF.len())));
    assert_eq!((&shown["media_type"], &shown["resident"]), (&json!("application/pdf"), &json!(1)));
    assert_eq!(shown["name"], json!(null), "the answer is kept for days, and names nobody");
    let known = server.get(answer.header("location").unwrap()).done();
    assert_eq!(known["name"], "Áine's letter.pdf");
    let list = server.get(&format!("/v1/cases/{case}/documents")).done();
    assert_eq!((&list["documents"], &list["next"]), (&json!([known]), &json!(null)));
    let noticed = json!({
        "type": "document-added", "document": id, "kind": "from-resident", "size": PDF.len(), "digest": SHA256,
    });
    assert_eq!(notices(&server, "document-added"), [noticed]);
    let kept = files(&server);
    assert_eq!(kept.len(), 1);
    assert_eq!(std::fs::read(&kept[0]).unwrap(), PDF);
    assert!(!kept[0].to_string_lossy().contains("letter"), "{kept:?}");
}

#[test]
fn a_list_comes_in_pages() {
    let server = Server::start();
    let case = server.accepted();
    let ids: Vec<String> =
        (0..3).map(|number| id(&attach(&server, &case, &format!("{number}.pdf")))).collect();
    let page = |query: &str| server.get(&format!("/v1/cases/{case}/documents?limit=2{query}")).done();
    let first = page("");
    assert_eq!((&first["documents"][1]["id"], &first["next"]), (&json!(ids[1]), &json!(ids[1])));
    let second = page(&format!("&after={}", ids[1]));
    assert_eq!((&second["documents"][0]["id"], &second["next"]), (&json!(ids[2]), &json!(null)));
}

#[test]
fn the_same_file_under_the_same_key_is_attached_once() {
    let server = Server::start();
    let case = server.accepted();
    let path = format!("/v1/cases/{case}/documents");
    let with = |name: &str, bytes: Vec<u8>| {
        send(&server, &path, ("application/pdf", name), bytes, &[("Idempotency-Key", "scan-1")])
    };
    let first = with("a.pdf", PDF.to_vec());
    let again = with("a.pdf", PDF.to_vec());
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!((first.status, first.json()), (again.status, again.json()));
    with("b.pdf", PDF.to_vec()).problem(422, "idempotency-key-reused");
    with("a.pdf", [PDF, b"more"].concat()).problem(422, "idempotency-key-reused");
    assert_eq!(files(&server).len(), 1, "what came again is taken back");
    assert_eq!(notices(&server, "document-added").len(), 1);
    let rows = lines(&mut connect(server.database()), "SELECT state AS line FROM documents");
    assert_eq!(rows, ["kept"]);
}

#[test]
fn what_is_too_large_empty_or_for_nobody_leaves_nothing_behind() {
    let server = Server::start();
    let case = server.accepted();
    let path = format!("/v1/cases/{case}/documents");
    let of = |path: &str, bytes: Vec<u8>| send(&server, path, ("application/pdf", "a.pdf"), bytes, &[]);
    let limit = usize::try_from(server.state().documents.limits.file).unwrap();
    let mut large = PDF.to_vec();
    large.resize(limit + 1, b' ');
    of(&path, large.clone()).problem(413, "too-large");
    // Of a file that does not say how long it is, nobody knows before it has come.
    let unsized_body = reqwest::blocking::Body::new(std::io::Cursor::new(large));
    send(&server, &path, ("application/pdf", "a.pdf"), unsized_body, &[]).problem(413, "too-large");
    of(&path, Vec::new()).malformed("");
    of(&format!("{path}?resident=2"), PDF.to_vec()).malformed("resident");
    of(&path.replace(&case, "01890a5d-ac96-774b-bcce-b302099a8057"), PDF.to_vec()).problem(404, "not-found");
    server
        .send_with("POST", &path, &[("Content-Type", "application/pdf")], PDF)
        .malformed("content-disposition");
    assert_eq!(files(&server), [] as [std::path::PathBuf; 0]);
    let rows = lines(&mut connect(server.database()), "SELECT state AS line FROM documents");
    assert_eq!(rows, [""; 0]);
    assert_eq!(notices(&server, "document-added"), [json!(null); 0]);
}

#[test]
fn a_case_has_so_many_bytes_and_no_more() {
    let server = Server::start();
    let case = server.accepted();
    let path = format!("/v1/cases/{case}/documents");
    let limits = server.state().documents.limits;
    id(&attach(&server, &case, "a.pdf"));
    let mut connection = connect(server.database());
    let full = limits.case - u64::try_from(PDF.len()).unwrap();
    crate::api::tables::execute(&mut connection, &format!("UPDATE documents SET size = {full}"));
    id(&attach(&server, &case, "b.pdf"));
    send(&server, &path, ("application/pdf", "c.pdf"), PDF, &[]).problem(413, "case-full");
    assert_eq!(files(&server).len(), 2);
    assert_eq!(limits.count, 500);
}

//! What a landlord that leaves takes along besides its cases: letters, documents, holds, erasures, and who looked.

use redress_service::access::{Role, Scope};
use serde_json::{Value, json};

use super::{HISTORY, MAPPING, bring_in, taken_out};
use crate::api::documents::{PDF, as_role, attach, id};
use crate::api::personal_data::{MARK, ended, erase, hold, marked, resident};
use crate::api::server::Server;

/// The only row of a table that is of a case.
fn only(server: &Server, table: &str, case: &str) -> Value {
    let rows: Vec<Value> =
        taken_out(server, table).into_iter().filter(|row| row["case_id"] == case).collect();
    assert_eq!(rows.len(), 1, "{table}: {rows:?}");
    rows[0].clone()
}

/// A case with a letter issued and a paper attached, which is held: the case, and the document's id.
fn held(server: &Server) -> (String, String) {
    let case = ended(server, &marked(json!([resident("First")])));
    let issued = server.post(&format!("/v1/cases/{case}/letters/3/issue"), &json!({}));
    assert_eq!(issued.status, 201, "{}", issued.text);
    let document = id(&attach(server, &case, "lease.pdf"));
    hold(server, &case, Some("legal-claim"));
    (case, document)
}

#[test]
fn letters_and_documents_are_taken_out_as_they_are() {
    let server = Server::start();
    let (case, document) = held(&server);
    let letter = only(&server, "issued_letters", &case);
    let address = format!("/v1/cases/{case}/issued-letters/{}", letter["issued_id"].as_str().unwrap());
    for (format, column, digest) in [("html", "html", "html_digest"), ("text", "text", "text_digest")] {
        let said = server.get(&format!("{address}?format={format}"));
        assert_eq!(letter[column], said.text);
        assert_eq!(said.header("etag").unwrap().trim_matches('"'), letter[digest]);
    }
    assert_eq!((&letter["erased_at"], &letter["replaces"]), (&Value::Null, &Value::Null));
    let row = only(&server, "documents", &case);
    assert_eq!((&row["document_id"], &row["name"]), (&json!(document), &json!("lease.pdf")));
    assert_eq!((&row["size"], &row["removed_at"]), (&json!(PDF.len()), &Value::Null));
    let content = server.get(row["content"].as_str().unwrap());
    assert_eq!((content.status, content.text.as_bytes()), (200, PDF));
    hold(&server, &case, None);
    server.send("DELETE", &format!("/v1/cases/{case}/documents/{document}?reason=mistake"), "").done();
    let row = only(&server, "documents", &case);
    assert_eq!(
        (&row["content"], &row["name"], &row["removed_why"]),
        (&Value::Null, &Value::Null, &json!("mistake"))
    );
}

#[test]
fn holds_and_erasures_and_who_looked_are_taken_out() {
    let server = Server::start();
    let (case, _) = held(&server);
    let hold = only(&server, "holds", &case);
    assert_eq!((&hold["reason"], &hold["lifted_at"]), (&json!("legal-claim"), &Value::Null));
    let other = ended(&server, &marked(json!([resident("Second")])));
    assert_eq!(erase(&server, &other, 1).status, 200);
    let erasure = only(&server, "erasures", &other);
    let gone: Vec<Value> = taken_out(&server, "erased_records");
    assert_eq!(erasure["records"], gone.len());
    assert!(gone.iter().all(|row| row["erasure_id"] == erasure["erasure_id"] && row["case_id"] == other));
    let there: Vec<Value> = taken_out(&server, "records");
    assert!(gone.iter().all(|gone| there.iter().all(|row| row["record_id"] != gone["record_id"])));
    let access = taken_out(&server, "personal_access");
    assert!(access.iter().any(|row| row["what"] == "erase" && row["subjects"].is_array()), "{access:?}");
    assert!(
        taken_out(&server, "windows")
            .iter()
            .all(|row| row["due_on"].is_string() && row["clause"].is_string())
    );
}

#[test]
fn the_report_of_an_import_and_the_calendars_are_taken_out() {
    let server = Server::start();
    let wrong = HISTORY.lines().nth(1).unwrap().replacen("2025", "2525", 1);
    let import = bring_in(&server, MAPPING, &format!("{}\n{wrong}\n", HISTORY.trim_end()));
    let rows = taken_out(&server, "imports");
    assert_eq!((rows.len(), &rows[0]["import_id"]), (1, &import["id"]));
    for name in ["rows_read", "rows_failed", "cases_made", "errors", "file_digest"] {
        assert!(rows[0].get(name).is_some(), "{name}");
    }
    assert_eq!(rows[0]["rows_read"], import["rows_read"]);
    assert!(rows[0]["mapping"]["columns"].is_object());
    let errors = taken_out(&server, "import_errors");
    assert_eq!(import["errors"], errors.len());
    assert!(!errors.is_empty() && errors.iter().all(|error| error["import_id"] == import["id"]));
    let cases = taken_out(&server, "imported_cases");
    assert_eq!(import["cases_made"], cases.len());
    let calendars = taken_out(&server, "calendars");
    let held = server.get("/v1/calendar").done();
    for row in &calendars {
        let calendar = row["calendar"].as_str().unwrap();
        assert_eq!(row["digest"], redress_service::storage::letters::digest(calendar).to_string());
        assert!(serde_json::from_str::<Value>(calendar).unwrap().is_object());
    }
    assert_eq!(calendars.last().unwrap()["version"], held["version"]);
}

#[test]
fn each_is_as_personal_as_what_it_holds() {
    let server = Server::start();
    let (case, _) = held(&server);
    let as_auditor =
        |table: &str| as_role(&server, Role::Auditor, &[], "GET", &format!("/v1/export/{table}"));
    for table in ["issued_letters", "documents"] {
        let whole = server.get(&format!("/v1/export/{table}"));
        assert_eq!(whole.status, 200);
        let masked = as_auditor(table);
        assert_eq!((masked.status, masked.text.lines().count()), (200, whole.text.lines().count()));
        assert!(!masked.text.contains(MARK) && !masked.text.contains("lease.pdf"), "{}", masked.text);
        assert!(whole.text.contains(MARK) || whole.text.contains("lease.pdf"));
    }
    let administrator =
        |table: &str| as_role(&server, Role::Administrator, &[], "GET", &format!("/v1/export/{table}"));
    administrator("documents").problem(403, "scope-missing");
    assert_eq!(administrator("imports").status, 200);
    as_auditor("imports").problem(403, "scope-missing");
    as_auditor("residents").problem(403, "scope-missing");
    let special = as_role(&server, Role::Auditor, &[Scope::SpecialCategory], "GET", "/v1/export/residents");
    assert!(special.text.contains(&case), "{}", special.text);
    for table in ["holds", "erasures", "erased_records", "personal_access", "calendars", "windows"] {
        let other = server.of("bradford").get(&format!("/v1/export/{table}"));
        assert_eq!(other.status, 200);
        assert!(!other.text.contains(&case) && !other.text.contains("hartlepool"), "{table}: {}", other.text);
    }
}

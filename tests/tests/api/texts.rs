//! Words are kept as they came, to the byte, or not at all.

use serde_json::{Value, json};

use crate::api::samples::{complaint, with};
use crate::api::server::{Answer, Server};
use crate::api::tables::dump;

fn about(server: &Server, text: &str) -> Answer {
    server.receive_at("2026-11-02T11:00:00Z", &with(complaint(), "about", json!(text)))
}

/// The words as the API gives them back, and as they stand in the database.
fn kept(server: &Server, answer: &Answer) -> (String, Vec<String>) {
    let case = answer.case();
    let event = &answer.json()["events"][0]["event"]["received"]["about"]["record"];
    let record = event.as_str().unwrap();
    let shown = server.get(&format!("/v1/cases/{case}/records/{record}")).done();
    let stored = crate::api::tables::lines(
        &mut crate::api::tables::connect(server.database()),
        &format!("SELECT body AS line FROM case_records WHERE id = '{record}'"),
    );
    (shown["body"].as_str().unwrap().to_owned(), stored)
}

#[test]
fn any_text_comes_back_byte_for_byte() {
    let server = Server::start();
    for text in [
        "<script>alert('x')</script> &amp; <b>bold</b>",
        "'; DROP TABLE cases; -- \" OR 1=1 /* \\ % _",
        "{{#each}} {{{raw}}} ${jndi:ldap://x} %s %n \\u0041",
        "right \u{202E}to left\u{202C} \u{2066}isolated\u{2069} \u{200B}zero width \u{FEFF}mark",
        "emoji \u{1F3DA}\u{FE0F} family \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} flag \u{1F1EC}\u{1F1E7}",
        "composed \u{E9} and decomposed e\u{301}, \u{FB01} ligature, Ll\u{177}r, \u{0928}\u{092E}\u{0938}\u{094D}\u{0924}\u{0947}",
        "  spaces at both ends \t and a tab,\r\nand two\n\nlines ",
        "\u{FFFD} replacement, \u{FFFF} noncharacter, \u{10FFFF} last",
    ] {
        let (shown, stored) = kept(&server, &about(&server, text));
        assert_eq!(shown, text);
        assert_eq!(stored, [text]);
    }
}

#[test]
fn a_text_may_have_ten_thousand_characters_and_not_one_more() {
    let server = Server::start();
    for character in ["a", "\u{1F3DA}"] {
        let longest = character.repeat(10_000);
        assert_eq!(kept(&server, &about(&server, &longest)).0, longest);
        let before = dump(&server);
        let detail = about(&server, &character.repeat(10_001)).malformed("/content/about");
        assert_eq!(detail, "expected at most 10000 characters, found 10001");
        assert_eq!(before, dump(&server));
    }
}

#[test]
fn control_characters_and_blanks_are_refused_with_their_place() {
    let server = Server::start();
    for (text, detail) in [
        ("nul \u{0} here", "U+0000"),
        ("bell \u{7}", "U+0007"),
        ("escape \u{1B}[31m", "U+001B"),
        ("delete \u{7F}", "U+007F"),
        ("next line \u{85}", "U+0085"),
        ("", "blank"),
        (" \t\r\n ", "blank"),
        ("\u{A0}\u{3000}", "blank"),
    ] {
        let said = about(&server, text).malformed("/content/about");
        assert!(said.contains(detail), "{text:?}: {said}");
    }
    let lone = r#"{"actor":"crm","content":{"about":"\ud800"}}"#;
    server.send("POST", "/v1/cases", lone).malformed("");
}

#[test]
fn a_label_is_one_line_of_at_most_eighty_characters() {
    let server = Server::start();
    let with_area = |area: Value| server.receive_at("2026-11-02T11:00:00Z", &with(complaint(), "area", area));
    let answer = with_area(json!(format!("  {}  ", "\u{E9}".repeat(76)))).done();
    assert_eq!(answer["case"]["facts"]["area"], "\u{E9}".repeat(76));
    with_area(json!("\u{E9}".repeat(81))).malformed("/content/area");
    with_area(json!("two\nlines")).malformed("/content/area");
    with_area(json!("")).malformed("/content/area");
    let quoted = "O'Brien \"Close\"; DROP TABLE cases --";
    let case = with_area(json!(quoted)).case();
    let stored = crate::api::tables::lines(
        &mut crate::api::tables::connect(server.database()),
        &format!("SELECT area AS line FROM cases WHERE id = '{case}'"),
    );
    assert_eq!(stored, [quoted]);
}

#[test]
fn a_reference_is_found_whatever_signs_it_is_made_of() {
    let server = Server::start();
    for (value, asked) in [
        ("C/1 & more?", "C%2F1%20%26%20more%3F"),
        ("a:b:c", "a:b:c"),
        ("100%", "100%25"),
        ("\u{E9}t\u{E9}", "%C3%A9t%C3%A9"),
        ("' OR ''='", "'%20OR%20''%3D'"),
    ] {
        let references = json!([{ "system": "crm", "value": value }]);
        let referred = with(complaint(), "references", references.clone());
        let case = server.receive_at("2026-11-02T11:00:00Z", &referred).case();
        let found = server.get(&format!("/v1/cases?reference=crm:{asked}")).done();
        let lines = found["cases"].as_array().unwrap();
        let [line] = lines.as_slice() else { panic!("{value}: not one case: {found}") };
        assert_eq!((&line["id"], &line["references"]), (&json!(case), &references), "{value}");
    }
    let detail = server.get("/v1/cases?reference=none").malformed("reference");
    assert!(detail.contains("system:value"), "{detail}");
}

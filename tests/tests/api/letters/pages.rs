//! Every letter of a whole life under each landlord's policy, as a page and as text.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::body;
use super::life::Life;
use crate::api::play::TOLD_ON;
use crate::api::server::Server;

const LANDLORDS: [&str; 5] = ["hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west"];

fn one() -> Value {
    json!([{ "person": { "name": "Resident One", "address": "Flat 3\n12 Any Street\nAnytown\nAB1 2CD",
        "email": "one@example.org" } }])
}

/// The page without what all pages have in common.
fn own_part(page: &str) -> &str {
    let (_, after) = page.split_once("</head>").unwrap();
    after.trim()
}

/// Puts the pages beside each other in a folder, for whoever wants to look at them.
fn keep(landlord: &str, name: &str, page: &str) {
    if let Some(folder) = std::env::var_os("LETTERS_INTO") {
        let folder = Path::new(&folder).join(landlord);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
}

fn all_of(life: &Life<'_>, landlord: &str, label: &str, pages: &mut String, texts: &mut String) {
    for letter in life.letters() {
        let id = letter["id"].as_str().unwrap();
        let kind = letter["kind"].as_str().unwrap();
        for to in letter["addressees"].as_array().unwrap() {
            let number = u16::try_from(to["number"].as_u64().unwrap()).unwrap();
            let page = body(&life.printed(id, "html", number), "text/html; charset=utf-8");
            let text = body(&life.printed(id, "text", number), "text/plain; charset=utf-8");
            keep(landlord, &format!("{label}-{id}-{kind}-{number}"), &page);
            write!(pages, "<!-- {label} {id} {kind} {number} -->\n{}\n\n", own_part(&page)).unwrap();
            write!(texts, "#### {label} {id} {kind} {number}\n{text}\n").unwrap();
        }
    }
}

#[test]
fn every_letter_of_the_five_landlords() {
    let server = Server::at(TOLD_ON);
    for landlord in LANDLORDS {
        let (mut pages, mut texts) = (String::new(), String::new());
        let mut whole = Life::received(&server, landlord, "C-1001", &one());
        whole.acknowledged().extended().answered("2025-05-08T14:00:00Z", 3).answered_again().closed();
        all_of(&whole, landlord, "whole", &mut pages, &mut texts);

        let two = json!([one()[0], { "person": { "name": "Resident Two", "email": "two@example.org" } }]);
        let mut group = Life::received(&server, landlord, "C-1002", &two);
        group.acknowledged().then(
            "2025-04-17T09:00:00Z",
            "withdraw",
            json!({ "concerns": "continue", "concerns_reason": "a child lives in the house" }),
        );
        all_of(&group, landlord, "group", &mut pages, &mut texts);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{landlord}.html"), pages);
            insta::assert_snapshot!(format!("{landlord}.text"), texts);
        });
    }
}

#[test]
fn a_page_is_whole_and_loads_nothing() {
    let server = Server::at(TOLD_ON);
    let mut life = Life::received(&server, "hartlepool", "C-1", &one());
    life.acknowledged();
    let letters = life.letters();
    let answer = life.printed(letters[0]["id"].as_str().unwrap(), "html", 1);
    let page = body(&answer, "text/html; charset=utf-8");
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'; img-src data:;"), "{policy}");
    for part in [
        "<!doctype html>",
        "<html lang=\"en-GB\">",
        "<meta charset=\"utf-8\">",
        "<h1>",
        "<main>",
        "</html>",
        "<title>We are looking into your complaint – Hartlepool Borough Council Housing Management Service</title>",
        "<a href=\"mailto:customerservice@hartlepool.gov.uk\">",
        "<dd>C-1</dd>",
        "<p>Dear Resident One,</p>",
        "<span class=\"line\">AB1 2CD</span>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for part in ["<script", "<link", "src=\"http", "@import", "url(", "<table", "style=\""] {
        assert!(!page.contains(part), "{part}");
    }
    let headings: Vec<&str> = page
        .match_indices("<h")
        .map(|(at, _)| &page[at..at + 3])
        .filter(|tag| tag.as_bytes()[2].is_ascii_digit())
        .collect();
    assert_eq!(headings.iter().filter(|tag| **tag == "<h1").count(), 1);
    assert!(headings[0] == "<h1" && headings[1..].iter().all(|tag| *tag == "<h2"), "{headings:?}");
}

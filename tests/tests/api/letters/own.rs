//! A landlord's own letters: templates, letterhead and logo.

use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use super::{acknowledged, first};
use crate::api::server::{NOW, Server, empty, refused_start_with};

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let path = folder.path().to_owned();
    (folder, path)
}

fn with_templates(files: &[(&str, &str)]) -> (TempDir, Server) {
    let (kept, path) = folder(files);
    (kept, Server::set(NOW, |settings| settings.letters.templates = Some(path)))
}

const OWN: &str = "<!doctype html>\n<html lang=\"en-GB\"><head><title>{{title}}</title></head><body><main><h1>{{title}}</h1>\n\
    {{#each items}}{{> item}}{{/each}}<p>{{signed_by}}</p></main></body></html>";

#[test]
fn a_template_of_the_landlords_own_is_used_and_named() {
    let (_kept, server) = with_templates(&[("hartlepool/acknowledgement.html.hbs", OWN)]);
    let (_, letter) = acknowledged(&server);
    let page = server.get(&format!("{letter}?format=html")).text;
    assert!(
        page.contains("</title></head><body><main><h1>We are looking into your complaint</h1>"),
        "{page}"
    );
    let issued = first(&server.post(&format!("{letter}/issue"), &json!({})));
    assert!(issued["template"].as_str().unwrap().starts_with("hartlepool-"), "{issued}");
}

#[test]
fn a_template_that_leaves_out_what_must_be_said_is_not_issued() {
    let without =
        OWN.replace("{{> item}}", "{{#unless (eq item \"how-to-ombudsman\")}}{{> item}}{{/unless}}");
    let (_kept, server) = with_templates(&[("hartlepool/acknowledgement.html.hbs", &without)]);
    let (case, letter) = acknowledged(&server);
    let wanted = json!([{ "item": "how-to-ombudsman", "wanted_by": { "code": "Code 3.7" } }]);
    let shown = server.get(&letter).done();
    assert_eq!(shown["missing"][0]["item"], wanted[0]["item"]);
    let problem = server.post(&format!("{letter}/issue"), &json!({})).problem(409, "letter-incomplete");
    assert_eq!(problem["detail"], "the letter leaves out how-to-ombudsman (Code 3.7)");
    assert_eq!(problem["missing"], shown["missing"]);
    let all = server.get(&format!("/v1/cases/{case}/issued-letters")).done();
    assert_eq!(all["issued"], json!([]));
    // The letters of the other landlords are as they were.
    assert_eq!(server.get("/v1/events?type=letter-issued").done()["events"], json!([]));
}

#[test]
fn a_template_that_hides_what_must_be_said_keeps_the_service_from_starting() {
    for (hiding, reason) in [
        ("{{#each items}}<div style=\"display: none\">{{> item}}</div>{{/each}}", "`display: none` hides"),
        (
            "<style>\n.a { visibility: hidden }</style>{{#each items}}{{> item}}{{/each}}",
            "`visibility: hidden` hides",
        ),
        (
            "<style>\n.a { color: #fff }</style>{{#each items}}{{> item}}{{/each}}",
            "`color: #fff` cannot be told",
        ),
        ("<style>\nsmall { font-size: 0 }</style>{{#each items}}{{> item}}{{/each}}", "`font-size: 0` hides"),
    ] {
        let own = OWN.replace("{{#each items}}{{> item}}{{/each}}", hiding);
        let (_kept, path) = folder(&[("hartlepool/acknowledgement.html.hbs", &own)]);
        let error = refused_start_with(&empty(), |settings| settings.letters.templates = Some(path.clone()));
        let line = if hiding.starts_with("<style>") { 4 } else { 3 };
        let wanted = format!("hartlepool/acknowledgement.html.hbs:{line}: {reason}");
        assert!(error.contains(&wanted), "{wanted}\n{error}");
    }
}

#[test]
fn what_is_hidden_only_when_it_is_printed_is_not_issued() {
    // No rule stands in the template as a whole: it is put together.
    let own = OWN.replace("<main>", "<main style=\"display:{{#if title}}none{{/if}}\">");
    let (_kept, server) = with_templates(&[("hartlepool/acknowledgement.html.hbs", &own)]);
    let (_, letter) = acknowledged(&server);
    assert_ne!(server.get(&letter).done()["missing"], json!([]));
    server.post(&format!("{letter}/issue"), &json!({})).problem(409, "letter-incomplete");
}

#[test]
fn a_broken_template_keeps_the_service_from_starting() {
    let files = [
        ("hartlepool/acknowledgement.html.hbs", "<h1>{{title}}</h1>\n{{#if decison}}x{{/if}}"),
        ("bradford/letter.txt.hbs", "{{#each items}}\n{{heading}}\n{{/if}}"),
    ];
    let (_kept, path) = folder(&files);
    let error = refused_start_with(&empty(), |settings| settings.letters.templates = Some(path.clone()));
    let error = error.replace(&format!("{}/", path.display()), "");
    assert!(
        error.contains(
            "hartlepool/acknowledgement.html.hbs:2: there is no `decison` here; there are addressee"
        ),
        "{error}"
    );
    assert!(
        error.contains("bradford/letter.txt.hbs:3: helper")
            || error.contains("bradford/letter.txt.hbs:3: invalid"),
        "{error}"
    );
}

/// Hartlepool's policy of 2027, with a letterhead.
fn policies(letterhead: &str) -> (TempDir, PathBuf) {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/policies/hartlepool-2024.toml");
    let text = std::fs::read_to_string(built_in).unwrap();
    let (before, rest) = text.split_once("[letterhead]").unwrap();
    let (_, after) = rest.split_once("[policy]").unwrap();
    let text = format!("{before}[letterhead]\n{letterhead}\n[policy]{after}")
        .replace("id = \"hartlepool-2024\"", "id = \"hartlepool-2026\"")
        .replace("effective_from = { value = \"2024-04-01\"", "effective_from = { value = \"2026-10-01\"");
    assert!(text.contains("2026-10-01"), "{text}");
    folder(&[
        ("hartlepool-2026.toml", &text),
        (
            "logo.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"9\" height=\"9\"/></svg>",
        ),
        ("drawing.svg", "no drawing"),
    ])
}

#[test]
fn the_landlord_presents_itself_in_its_own_words() {
    let (_kept, path) = policies(
        "address = { value = [\"Complaints Team\", \"1 Any Street\"], clause = \"1\" }\n\
         telephone = { value = \"01632 960100\", clause = \"1\" }\nwebsite = { value = \"www.example.org\", clause = \"1\" }\n\
         greeting = { value = \"Hello\", reading = \"Ours.\" }\nsign_off = { value = \"Kind regards\", reading = \"Ours.\" }\n\
         signed_by = { value = \"The Complaints Team\", reading = \"Ours.\" }\n\
         last_words = { value = \"Ask us for large print.\", reading = \"Ours.\" }\nlogo = \"logo.svg\"\n",
    );
    let server = Server::set(NOW, |settings| settings.rules.policies = Some(path));
    let (_, letter) = acknowledged(&server);
    let text = server.get(&format!("{letter}?format=text")).text;
    for part in [
        "Hartlepool Borough Council Housing Management Service\nComplaints Team\n1 Any Street\nTelephone: 01632 960100\n\
         Website: www.example.org\n",
        "\nHello Resident A,\n",
        "\nAsk us for large print.\n\nKind regards\n\nThe Complaints Team\nHartlepool Borough Council Housing Management Service\n",
    ] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
    let page = server.get(&format!("{letter}?format=html")).text;
    assert!(page.contains("<img class=\"logo\" src=\"data:image/svg+xml;base64,"), "{page}");
    assert!(page.contains("alt=\"Logo of Hartlepool Borough Council Housing Management Service\""));
    assert!(page.contains("<a href=\"https://www.example.org\">www.example.org</a>"));
}

#[test]
fn a_logo_that_is_none_keeps_the_service_from_starting() {
    for (logo, reason) in [("drawing.svg", "it is no SVG"), ("missing.png", "No such file")] {
        let (_kept, path) = policies(&format!("logo = \"{logo}\"\n"));
        let error = refused_start_with(&empty(), |settings| settings.rules.policies = Some(path));
        assert!(error.contains(&format!("hartlepool-2026: the logo {logo}: {reason}")), "{error}");
    }
}

//! A landlord's own look: its colours and logo by its profile, and its own templates.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::fs;
use std::path::Path;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use support::Fixture;

const HARTLEPOOL: &str = include_str!("../../shared/policies/hartlepool-2024.toml");
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"9\" height=\"9\"/></svg>";

/// Runs every report on a landlord whose folder has these files; gives the pages, or what was said, with its exit code.
struct Run {
    folder: tempfile::TempDir,
    fixture: Fixture,
}

impl Run {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let mut fixture = Fixture::new();
        fixture.landlord("northern", "Northern Homes");
        fixture.run("UPDATE report_landlords SET policy_id = 'northern-2024'");
        Self { folder, fixture }
    }

    fn run(&self, words: &[&str]) -> Result<String, String> {
        let (database, out) = (self.fixture.database().to_string(), self.fixture.out());
        let (out, folder) = (out.to_string_lossy(), self.folder.path());
        let (policies, templates) = (folder.join("policies"), folder.join("templates"));
        fs::create_dir_all(&templates).expect("a folder");
        let (policies, templates) = (policies.to_string_lossy(), templates.to_string_lossy());
        let database = ["--database", &database];
        let place = [
            ["--landlord", "northern"],
            ["--as-of", "2026-07-20"],
            ["--out", &out],
            ["--policies", &*policies],
            ["--templates", &*templates],
        ]
        .concat();
        let database = if words[0] == "code-check" { &[][..] } else { &database[..] };
        let words = [&["redress-reporter"], words, &place[..], database].concat();
        let cli = Cli::try_parse_from(words).expect("arguments");
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        let code = cli.run(&mut out, &mut errors, &Steps::default());
        let (out, errors) = (String::from_utf8_lossy(&out), String::from_utf8_lossy(&errors));
        if errors.is_empty() {
            Ok(fs::read_to_string(Path::new(out.trim_end())).expect("a page"))
        } else {
            let folder = folder.to_string_lossy().into_owned();
            Err(format!("{code:?} {}", errors.replace(&folder, "DIR")))
        }
    }
}

/// A profile of a landlord's own, with this letterhead.
fn profile(letterhead: &str) -> String {
    HARTLEPOOL
        .replacen("id = \"hartlepool\"", "id = \"northern\"", 1)
        .replacen("id = \"hartlepool-2024\"", "id = \"northern-2024\"", 1)
        .replacen("[letterhead]", &format!("[letterhead]\n{letterhead}"), 1)
}

const EVERY: [&[&str]; 6] = [
    &["annual", "--year", "2025-26"],
    &["committee", "--month", "2026-03"],
    &["self-assessment", "--year", "2025-26"],
    &["tsm", "--year", "2025-26"],
    &["what-if", "--year", "2025-26", "--code", "2022"],
    &["code-check"],
];

#[test]
fn every_report_has_the_landlords_colours_and_logo() {
    let profile = profile("logo = \"logo.svg\"\ncolours = { main = \"#5b2c6f\" }\n");
    let files = [("policies/northern-2024.toml", profile.as_str()), ("policies/logo.svg", LOGO)];
    let run = Run::with(&files);
    for words in EVERY {
        let page = run.run(words).unwrap_or_else(|error| panic!("{words:?}: {error}"));
        assert!(page.contains("--deep: #5b2c6f; --tint: #f2f5f8;"), "{words:?}");
        assert!(page.contains("<img class=\"logo\" src=\"data:image/svg+xml;base64,"), "{words:?}");
        assert!(!page.contains("https://"), "{words:?}");
    }
}

/// The landlord goes by a newer version by the time that the report is looked at.
#[test]
fn a_report_is_made_again_in_the_look_that_it_had() {
    let then = profile("colours = { main = \"#5b2c6f\" }\n");
    let now = profile("colours = { main = \"#134b5f\" }\n")
        .replacen("id = \"northern-2024\"", "id = \"northern-2026\"", 1)
        .replacen("value = \"2024-04-01\"", "value = \"2026-10-01\"", 1);
    let mut run = Run::with(&[("policies/northern-2024.toml", &then), ("policies/northern-2026.toml", &now)]);
    run.fixture.run("UPDATE report_landlords SET policy_id = 'northern-2026'");
    for words in [EVERY[0], EVERY[4]] {
        assert!(run.run(words).expect("a page").contains("#5b2c6f"));
    }
    let words = [
        "redress-reporter".to_owned(),
        "verify".to_owned(),
        run.fixture.out().to_string_lossy().into_owned(),
        "--database".to_owned(),
        run.fixture.database().to_string(),
        "--policies".to_owned(),
        run.folder.path().join("policies").to_string_lossy().into_owned(),
    ];
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let cli = Cli::try_parse_from(words).expect("arguments");
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    assert_eq!(
        (format!("{code:?}"), String::from_utf8_lossy(&errors)),
        (format!("{:?}", std::process::ExitCode::SUCCESS), "".into())
    );
}

#[test]
fn a_colour_that_cannot_be_read_and_a_logo_that_is_none_are_refused() {
    let pale = profile("colours = { main = \"#ffcc00\" }\n");
    let error = Run::with(&[("policies/northern-2024.toml", &pale)]).run(EVERY[0]).expect_err("refused");
    assert!(error.starts_with("ExitCode(unix_exit_status(4)) error: DIR/policies: "), "{error}");
    let told = "letterhead.colours.main: the contrast of #ffcc00 with white, #ffffff, is 151 to 100, and has to be at least 450 to 100";
    assert!(error.contains(told), "{error}");
    let logo = profile("logo = \"logo.png\"\n");
    let files = [("policies/northern-2024.toml", logo.as_str()), ("policies/logo.png", LOGO)];
    let error = Run::with(&files).run(EVERY[1]).expect_err("refused");
    assert_eq!(
        error,
        "ExitCode(unix_exit_status(4)) error: northern-2024: the logo logo.png: it is no PNG\n"
    );
}

#[test]
fn a_landlords_own_template_is_used_and_a_broken_one_refused_with_its_line() {
    let profile = profile("");
    let own =
        |text| [("policies/northern-2024.toml", profile.as_str()), ("templates/northern/annual.hbs", text)];
    let run = Run::with(&own("{{> head}}\n<h2>From the chair</h2>\n{{> table tables.tsm}}\n{{> foot}}"));
    let page = run.run(EVERY[0]).expect("a page");
    assert!(page.contains("<h2>From the chair</h2>") && page.matches("<table id=").count() == 1);
    // The other reports are as they are.
    assert!(run.run(EVERY[3]).expect("a page").contains("Beside others"));
    let run = Run::with(&own("{{> head}}\n\n{{#if anual}}x{{/if}}\n{{> foot}}"));
    let error = run.run(EVERY[3]).expect_err("refused");
    let told = "ExitCode(unix_exit_status(4)) error: DIR/templates/northern/annual.hbs:3: there is no `anual` here; there are annual, ";
    assert!(error.starts_with(told), "{error}");
    assert!(!run.fixture.out().exists());
}

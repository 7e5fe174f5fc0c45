//! The example file says what holds, and what is wrong is said whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Arguments, ENVIRONMENT, LogFormat, Settings, load};
use crate::storage::Address;

const EXAMPLE: &str = include_str!("../../redress.example.toml");

fn nothing(_: &str) -> Option<String> {
    None
}

fn file(text: &str) -> (tempfile::TempDir, Arguments) {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("redress.toml");
    std::fs::write(&config, text).unwrap();
    (folder, Arguments { config: Some(config), ..Arguments::default() })
}

/// What is out when the service is told to stop can still come back, and so is not sent a second time.
#[test]
fn stopping_leaves_time_for_a_delivery_that_is_out() {
    let settings = Settings::default();
    assert!(u64::from(settings.http.drain_seconds) > settings.webhooks.timeout.as_secs());
}

fn problems(text: &str, environment: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let (_folder, arguments) = file(text);
    let wrong = load(&arguments, environment).unwrap_err();
    wrong.0.into_iter().map(|problem| format!("{}: {}", problem.key, problem.problem)).collect()
}

/// The example with every setting in it that it leaves out.
fn whole_example() -> String {
    let whole = EXAMPLE.lines().map(|line| match line.strip_prefix('#') {
        Some(setting) if setting.starts_with(|first: char| !first.is_whitespace()) => setting,
        _ => line,
    });
    whole.collect::<Vec<_>>().join("\n")
}

fn keys(text: &str) -> BTreeSet<String> {
    let table: toml::Table = text.parse().unwrap();
    let concerns = table.iter().flat_map(|(concern, settings)| {
        let names = settings.as_table().unwrap().keys();
        names.map(move |name| format!("{concern}.{name}"))
    });
    concerns.collect()
}

#[test]
fn the_example_is_what_holds_where_nothing_is_set() {
    let (_folder, arguments) = file(EXAMPLE);
    assert_eq!(load(&arguments, nothing).unwrap().settings, Settings::default());
    assert_eq!(load(&Arguments::default(), nothing).unwrap().settings, Settings::default());
}

#[test]
fn the_example_has_every_setting_and_its_variable_and_no_other() {
    let whole = whole_example();
    let mut shown = keys(&load(&Arguments::default(), nothing).unwrap().shown);
    shown.insert("oidc.issuers".to_owned());
    assert_eq!(keys(&whole), shown);
    let documented: BTreeSet<&str> =
        EXAMPLE.split('[').filter_map(|part| part.split_once(']')).map(|(name, _)| name).collect();
    for (variable, key) in ENVIRONMENT {
        assert!(documented.contains(variable), "{variable} is not in the example");
        assert!(shown.contains(*key), "{key}");
    }
    assert_eq!(ENVIRONMENT.len() + 1, shown.len(), "only the issuers have no variable");
    let (_folder, arguments) = file(&whole.replace("policies =", "#").replace("templates =", "#"));
    assert_eq!(load(&arguments, nothing).unwrap().settings.oidc.issuers.len(), 1);
}

#[test]
fn a_flag_counts_more_than_a_variable_and_a_variable_more_than_the_file() {
    let (_folder, mut arguments) = file(
        "[http]\nlisten = \"127.0.0.1:1\"\nworkers = 3\n[database]\nurl = \"sqlite:file.db\"\n[log]\nformat = \"json\"",
    );
    arguments.listen = Some("127.0.0.1:3".to_owned());
    let environment = |name: &str| match name {
        "REDRESS_LISTEN" => Some("127.0.0.1:2".to_owned()),
        "REDRESS_DATABASE_URL" => Some("sqlite:variable.db".to_owned()),
        "REDRESS_OPERATIONS_LISTEN" => Some(String::new()),
        _ => None,
    };
    let settings = load(&arguments, environment).unwrap().settings;
    assert_eq!(settings.http.listen, "127.0.0.1:3");
    assert_eq!(settings.http.workers, 3);
    assert_eq!(settings.database.url, Address::Sqlite("variable.db".to_owned()));
    assert_eq!(settings.log.format, LogFormat::Json);
    assert_eq!(settings.operations.listen, None);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let text = r#"
        listen = "127.0.0.1:1"
        [http]
        listen = "8080"
        workers = 0
        [database]
        url = "mysql://u:hunter2@localhost/x"
        conections = 3
        [limits]
        burst = 5
        [log]
        format = "xml"
        filter = "redress=loud"
        [[oidc.issuers]]
        issuer = "http://login.example"
        audience = "redress"
        grants = [{ claim = "azp", value = "crm", landlord = "hartelpool", role = "integration" }]
    "#;
    let found = problems(text, |name| (name == "REDRESS_CONNECTIONS").then(|| "many".to_owned()));
    let starts = [
        "http.listen: must be a host and a port",
        "http.workers: must be a whole number from 1 to 256",
        "database.url: it begins with neither `sqlite:` nor `postgres://`",
        "database.connections: must be a whole number from 1 to 1000",
        "log.filter: must be error, warn",
        "log.format: must be `text` or `json`",
        "limits.burst: must be no less than `limits.rate_per_second`",
        "oidc.issuers[0].issuer: must begin with https://",
        "oidc.issuers[0].grants[0].landlord: there is no landlord",
        "database.conections: is no setting; the nearest is `database.connections`",
        "listen: is no setting",
    ];
    for start in starts {
        assert!(found.iter().any(|problem| problem.starts_with(start)), "{start}\n{found:#?}");
    }
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    assert!(!found.iter().any(|problem| problem.contains("hunter2")), "{found:#?}");
}

#[test]
fn a_problem_says_where_the_setting_came_from() {
    let (_folder, arguments) = file("[http]\nworkers = 3");
    let wrong = load(&arguments, |name| (name == "REDRESS_WORKERS").then(|| "0".to_owned())).unwrap_err();
    let said = wrong.to_string();
    assert!(said.contains("http.workers (from REDRESS_WORKERS): must be"), "{said}");
}

#[test]
fn a_file_that_is_not_there_or_no_toml_is_named() {
    let missing = Arguments { config: Some(PathBuf::from("no-such.toml")), ..Arguments::default() };
    assert!(load(&missing, nothing).unwrap_err().to_string().contains("no-such.toml"));
    let found = problems("[http]\nworkers = 1\n[database]\nurl = postgres://u:hunter2@h/d", nothing);
    assert!(found[0].contains("is no TOML in line 4") && !found[0].contains("hunter2"), "{found:?}");
}

#[test]
fn policies_that_are_wrong_are_a_wrong_setting() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.toml"), "this is not TOML").unwrap();
    std::fs::write(folder.path().join("two.toml"), "[landlord]").unwrap();
    let policies = folder.path().display().to_string();
    let environment = |name: &str| (name == "REDRESS_POLICIES").then(|| policies.clone());
    let said = load(&Arguments::default(), environment).unwrap_err().to_string();
    assert!(said.contains("one.toml") && said.contains("two.toml"), "{said}");
}

/// One round of mending is enough, whatever is wrong with what.
#[test]
fn folders_that_are_not_there_hide_nothing_else() {
    let issuer = "[[oidc.issuers]]\nissuer = \"http://login.example\"\naudience = \"redress\"\n\
        grants = [{ claim = \"azp\", value = \"crm\", landlord = \"own\", role = \"integration\" }]";
    let set = "[rules]\npolicies = \"/no/policies\"\n[letters]\ntemplates = \"/no/templates\"\n[http]\nworkers = 0\n";
    let found = problems(&format!("{set}{issuer}"), nothing);
    let starts = [
        "http.workers: must be",
        "rules.policies: reading /no/policies",
        "letters.templates: /no/templates",
        "oidc.issuers[0].issuer: must begin with https://",
    ];
    for start in starts {
        assert!(found.iter().any(|problem| problem.starts_with(start)), "{start}\n{found:#?}");
    }
    // Whether `own` is a landlord, nobody knows without the policies.
    assert_eq!(found.len(), starts.len(), "{found:#?}");
}

#[test]
fn what_holds_is_shown_without_secrets_and_reads_back() {
    let (_folder, arguments) =
        file("[database]\nurl = \"postgres://redress:hunter2@db.example/redress?password=hunter3\"");
    let shown = load(&arguments, nothing).unwrap().shown;
    assert!(shown.contains("url = \"postgres://db.example/redress\""), "{shown}");
    assert!(!shown.contains("hunter"), "{shown}");
    let (_folder, again) = file(&shown);
    assert_eq!(load(&again, nothing).unwrap().shown, shown);
}

#[test]
fn a_variable_that_is_nearly_a_setting_is_told_of() {
    let names = ["REDRESS_LISTEN", "REDRESS_CONFIG", "REDRESS_DATABSE_URL", "PATH"].map(str::to_owned);
    let strays = super::strays(names.into_iter());
    assert_eq!(strays, [("REDRESS_DATABSE_URL".to_owned(), "REDRESS_DATABASE_URL")]);
}

#[test]
fn the_unit_and_the_container_name_what_is_there() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(here.join(name)).unwrap();
    let container = read("Dockerfile");
    let sources = container.lines().filter_map(|line| line.strip_prefix("COPY "));
    for line in sources.filter(|line| !line.starts_with("--from")) {
        let mut names: Vec<&str> = line.split_whitespace().collect();
        names.pop();
        for name in names {
            assert!(here.join("..").join(name).exists(), "{name}");
        }
    }
    let readme = read("../README.md");
    let build = "cargo build --release --locked --package redress-service";
    assert!(container.contains(build) && readme.contains(build), "the README's build is the container's");
    let unit = read("redress.service");
    let set = [unit.as_str(), container.as_str()].map(|text| {
        text.split(|c: char| !(c.is_ascii_uppercase() || c == '_'))
            .filter(|word| word.starts_with("REDRESS_"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    for variable in set.iter().flatten() {
        assert!(ENVIRONMENT.iter().any(|(known, _)| known == variable), "{variable} is no setting");
    }
}

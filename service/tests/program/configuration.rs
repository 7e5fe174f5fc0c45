//! What it says of its configuration, and how it ends.

use crate::process::program;

fn run(arguments: &[&str], settings: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let done = program().args(arguments).envs(settings.iter().copied()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_wrong_configuration_is_said_whole_and_ends_with_two() {
    let wrong = [("REDRESS_WORKERS", "0"), ("REDRESS_DATABASE_URL", "mysql://u:hunter2@h/d")];
    for arguments in [["serve"].as_slice(), &["config", "check"], &["config", "show"]] {
        let (code, out, said) = run(arguments, &wrong);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {said}");
        assert!(said.contains("http.workers (from REDRESS_WORKERS)"), "{said}");
        assert!(said.contains("database.url") && !said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_failure_with_a_good_configuration_ends_with_one() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("redress.db").display());
    let listen = taken.local_addr().unwrap().to_string();
    let settings = [
        ("REDRESS_DATABASE_URL", database.as_str()),
        ("REDRESS_LISTEN", &listen),
        ("REDRESS_OPERATIONS_LISTEN", ""),
    ];
    let (code, _, said) = run(&["serve"], &settings);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(&format!("listening on {listen}")), "{said}");
}

#[test]
fn what_holds_is_printed_without_the_password() {
    let settings = [("REDRESS_DATABASE_URL", "postgres://redress:hunter2@db.example/redress")];
    let (code, out, said) = run(&["config", "show"], &settings);
    assert_eq!(code, Some(0), "{said}");
    assert!(out.contains("url = \"postgres://db.example/redress\"") && !out.contains("hunter2"), "{out}");
    assert_eq!(run(&["config", "check"], &settings).0, Some(0));
}

#[test]
fn a_broken_template_is_named_with_its_line_and_ends_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hartlepool/response.html.hbs");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "<h1>{{title}}</h1>\n{{#if decison}}x{{/if}}\n").unwrap();
    let database = format!("sqlite:{}", folder.path().join("redress.db").display());
    let settings = [
        ("REDRESS_DATABASE_URL", database.as_str()),
        ("REDRESS_LETTER_TEMPLATES", folder.path().to_str().unwrap()),
        ("REDRESS_LISTEN", "127.0.0.1:0"),
        ("REDRESS_OPERATIONS_LISTEN", ""),
    ];
    std::fs::create_dir(folder.path().join("bradford")).unwrap();
    for arguments in [["serve"].as_slice(), &["config", "check"]] {
        let (code, _, said) = run(arguments, &settings);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.contains(&format!("{}:2: there is no `decison` here", file.display())), "{said}");
    }
    std::fs::write(&file, "<h1>{{title}}</h1>\n{{#if items}}x{{/if}}\n").unwrap();
    assert_eq!(run(&["config", "check"], &settings).0, Some(0));
}

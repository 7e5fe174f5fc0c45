//! What goes on a landlord's website, and what must not yet.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use redress_shared::code::form;
use support::Fixture;
use support::small::{ID, UNKNOWN, landlord};

/// Runs the program; gives its exit code, what it wrote and what it said.
fn run(words: &[&str]) -> (ExitCode, String, String) {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    (code, String::from_utf8(out).expect("text"), String::from_utf8(errors).expect("text"))
}

fn is(code: ExitCode, number: u8) -> bool {
    format!("{code:?}") == format!("{:?}", ExitCode::from(number))
}

/// Answers to everything, save to the provisions named.
fn answers(folder: &Path, year: &str, but: &[&str]) -> String {
    let form = form("2024").expect("the form");
    let mut text = format!(
        "landlord = \"{ID}\"\nyear = \"{year}\"\ncode = \"2024\"\nnothing_to_report = [\"non-compliance\", \
         \"landlord-report\", \"other-reports\"]\nanalysis = [\"Repairs were missed.\"]\n\n[governing_body]\nname = \"The board\"\nresponse = [\"We have read it.\"]\n\
         responded_on = 2026-06-15\n"
    );
    for row in form.rows() {
        let number = row.number.to_string();
        if !but.contains(&number.as_str()) {
            let _ = write!(
                text,
                "\n[provisions.\"{number}\"]\ncomply = \"yes\"\nevidence = \"The procedure.\"\noverrules = \"We looked again.\"\n\
                 confirmed_by = \"Head of Housing\"\nconfirmed_on = 2026-06-10\n"
            );
        }
    }
    let path = folder.join(format!("answers-{year}.toml"));
    fs::write(&path, text).expect("written");
    path.to_string_lossy().into_owned()
}

fn publish(fixture: &Fixture, site: &Path, year: &str, more: &[&str]) -> (ExitCode, String, String) {
    let (database, site) = (fixture.file(), site.to_string_lossy());
    let words = [
        "publish",
        "--landlord",
        ID,
        "--year",
        year,
        "--database",
        &*database.to_string_lossy(),
        "--out",
        &*site,
    ]
    .map(str::to_owned);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    run(&[&words[..], more].concat())
}

#[test]
fn all_that_is_still_wanted_is_told_at_once_and_nothing_is_written() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let (code, _, errors) = publish(&fixture, &site, "2025-26", &["--as-of", "2026-05-01"]);
    assert!(is(code, 4), "{errors}");
    assert_eq!(errors.matches("has no confirmed answer").count(), 72, "{errors}");
    for wanted in [
        "Provision 6.2 has no confirmed answer (8.1 a).",
        "(8.1 c)",
        "has not responded to it yet (8.2)",
        "Provisional: ",
    ] {
        assert!(errors.contains(wanted), "{wanted}\n{errors}");
    }
    assert!(!site.exists());
    let answers = answers(folder.path(), "2025-26", &["6.2"]);
    let (code, _, errors) =
        publish(&fixture, &site, "2025-26", &["--as-of", "2026-06-30", "--answers", &answers]);
    assert!(is(code, 4), "{errors}");
    assert_eq!(
        errors,
        format!(
            "warning: {ID}: {UNKNOWN}\nerror: it cannot be published yet:\n- Provision 6.2 has no confirmed answer (8.1 a).\n"
        )
    );
    assert!(!site.exists());
    let text = fs::read_to_string(&answers).expect("answers");
    let later = "[[improvements]]\nwhat = \"A second officer\"\nlearnt_from = \"Late answers\"\nmade_on = 2026-07-01\n";
    fs::write(&answers, format!("{text}\n{later}")).expect("written");
    let (code, _, errors) =
        publish(&fixture, &site, "2025-26", &["--as-of", "2026-06-30", "--answers", &answers]);
    assert!(is(code, 4), "{errors}");
    let wanted =
        "An improvement is dated 1 July 2026, after the report: it is not to be told of yet (8.1 d).";
    assert!(errors.contains(wanted), "{errors}");
}

/// An extract has no names, so that there is nobody to look for: whoever publishes from it gives them, or says that it goes out without.
#[test]
fn what_cannot_be_looked_through_for_names_is_not_published_unsaid() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let within = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (extract, site, known) = (within("extract"), within("site"), within("names.txt"));
    let database = fixture.file().to_string_lossy().into_owned();
    let (code, _, errors) = run(&["extract", "--all", "--database", &database, "--output", &extract]);
    assert!(is(code, 0), "{errors}");
    fs::write(&known, "Ada Lovelace\n").expect("written");
    let answers = answers(folder.path(), "2025-26", &[]);
    let publish = |more: &[&str]| {
        let whose = ["publish", "--landlord", ID, "--year", "2025-26", "--as-of", "2026-06-30"];
        let from = ["--extract", &extract, "--answers", &answers, "--out", &site];
        run(&[&whose[..], &from, more].concat())
    };
    let (code, _, errors) = publish(&[]);
    assert!(is(code, 4) && errors.contains("say with --without-names"), "{errors}");
    assert!(!Path::new(&site).exists());
    for said in [&["--without-names"][..], &["--known", &known]] {
        let (code, _, errors) = publish(said);
        assert!(is(code, 0), "{errors}");
    }
}

#[test]
fn years_are_published_side_by_side_and_can_be_made_again() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let given = [answers(folder.path(), "2024-25", &[]), answers(folder.path(), "2025-26", &[])];
    for (year, answers) in ["2024-25", "2025-26"].into_iter().zip(&given) {
        let (code, paths, errors) = publish(
            &fixture,
            &site,
            year,
            &["--as-of", "2026-06-30", "--answers", answers, "--demonstration"],
        );
        assert!(is(code, 0), "{errors}");
        assert_eq!(paths.lines().count(), 3, "{paths}");
    }
    let read = |path: &str| fs::read_to_string(site.join(path)).expect("a page");
    let own = read("northgate/index.html");
    let (newest, oldest) = (own.find("<h2>2025-26</h2>"), own.find("<h2>2024-25</h2>"));
    assert!(newest.is_some() && newest < oldest, "{own}");
    for link in own
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| !link.starts_with('#'))
    {
        assert!(site.join("northgate").join(link).is_file(), "{link}");
    }
    assert!(
        read("index.html").contains("href=\"northgate/index.html\"")
            && read("index.html").contains("2 years published.")
    );
    assert!(read("northgate/2025-26/northgate-annual-2025-26.html").contains("We have read it."));
    // Publishing a year again touches no other, and gives the same to the byte.
    let before = read("northgate/2024-25/northgate-tsm-2024-25.manifest.json");
    fs::write(site.join("northgate/2024-25/kept.txt"), "kept").expect("written");
    publish(
        &fixture,
        &site,
        "2025-26",
        &["--as-of", "2026-06-30", "--answers", &given[1], "--demonstration"],
    );
    assert_eq!(read("northgate/2024-25/kept.txt"), "kept");
    assert_eq!(read("northgate/2024-25/northgate-tsm-2024-25.manifest.json"), before);
    let verify = [
        "verify",
        &*site.to_string_lossy(),
        "--database",
        &*fixture.file().to_string_lossy(),
        "--given",
        &given[0],
    ]
    .map(str::to_owned);
    let verify: Vec<&str> = verify.iter().map(String::as_str).collect();
    let (code, _, errors) = run(&verify);
    assert!(is(code, 4) && errors.contains("give the answers that the report was made with"), "{errors}");
    let verify = [&verify[..], &["--given", &given[1]]].concat();
    let (code, _, errors) = run(&verify);
    let stranger =
        "northgate/2024-25/kept.txt: it is in the folder of a published year, and no manifest names it\n";
    assert!(is(code, 4) && errors == stranger, "{errors}");
    fs::remove_file(site.join("northgate/2024-25/kept.txt")).expect("removed");
    let (code, said, errors) = run(&verify);
    assert!(is(code, 0), "{errors}");
    assert!(said.ends_with("files of 6 reports are what their manifests say\n"), "{said}");
    // Whole folders that no report made are told of, whatever they say that they are.
    for (planted, told) in [
        ("offer/page.html", "offer"),
        ("northgate/2023-24/page.html", "northgate/2023-24"),
        ("northgate/news.html", "northgate/news.html"),
    ] {
        let path = site.join(planted);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, "planted").expect("written");
        let (code, _, errors) = run(&verify);
        let stranger = format!("{told}: it is on a published site, and no manifest leads to it\n");
        assert!(is(code, 4) && errors == stranger, "{errors}");
        fs::remove_file(&path).expect("removed");
        let _ = fs::remove_dir(path.parent().expect("a folder"));
    }
    // The pages that lead to the years are looked at too, and what each year says of itself.
    for (page, was, is_now) in [
        ("northgate/index.html", "northgate-tsm-2025-26.html", "northgate-tsm-2024-25.html"),
        ("index.html", "2 years published.", "9 years published."),
        ("northgate/2025-26/published.json", "2026-06-30", "2026-06-29"),
    ] {
        let whole = read(page);
        fs::write(site.join(page), whole.replacen(was, is_now, 1)).expect("written");
        let (code, _, errors) = run(&verify);
        assert!(is(code, 4) && errors.contains(&format!("{page}: ")), "{page}: {errors}");
        fs::write(site.join(page), whole).expect("written");
    }
    fs::remove_file(site.join("index.html")).expect("removed");
    let (code, _, errors) = run(&verify);
    assert!(is(code, 4), "{errors}");
    assert_eq!(errors, "index.html: it is missing\n");
}

#[test]
fn a_landlord_that_changed_its_name_stands_once_on_the_site_under_the_new_one() {
    let mut fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    for (year, as_of, name) in
        [("2024-25", "2026-06-29", "Northgate Homes"), ("2025-26", "2026-06-30", "Zenith Housing")]
    {
        fixture.run(&format!("UPDATE report_landlords SET name='{name}' WHERE landlord_id='{ID}'"));
        let answers = answers(folder.path(), year, &[]);
        let (code, _, errors) = publish(&fixture, &site, year, &["--as-of", as_of, "--answers", &answers]);
        assert!(is(code, 0), "{errors}");
    }
    let read = |path: &str| fs::read_to_string(site.join(path)).expect("a page");
    let index = read("index.html");
    assert_eq!(index.matches("<h2>").count(), 1, "{index}");
    assert!(index.contains("<h2>Zenith Housing</h2>") && index.contains("2 years published."), "{index}");
    assert!(read("northgate/index.html").contains("Zenith Housing: complaints, year by year"));
}

#[test]
fn a_governing_body_has_not_responded_to_a_year_before_its_end() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let answers = answers(folder.path(), "2025-26", &[]);
    let text = fs::read_to_string(&answers).expect("answers").replace("2026-06-15", "2026-03-31");
    fs::write(&answers, text).expect("written");
    let more = ["--as-of", "2026-06-30", "--answers", &answers];
    let (code, _, errors) = publish(&fixture, &folder.path().join("site"), "2025-26", &more);
    assert!(
        is(code, 4)
            && errors.contains("governing_body.responded_on: 31 March 2026 is not after the year, which ends on 31 March 2026"),
        "{errors}"
    );
}

#[test]
fn what_cannot_wait_says_why() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let answers = answers(folder.path(), "2025-26", &[]);
    let text = fs::read_to_string(&answers).expect("answers").replace("2026-06-", "2026-04-");
    fs::write(&answers, text).expect("written");
    let because = |why| {
        ["--as-of", "2026-05-01", "--answers", &answers, "--provisional-reason", why].map(str::to_owned)
    };
    let publish = |why| {
        let more = because(why);
        publish(&fixture, &site, "2025-26", &more.each_ref().map(String::as_str))
    };
    let (code, _, errors) = publish(" ");
    assert!(is(code, 4) && !errors.contains("Published all the same"), "{errors}");
    assert!(errors.contains("Wait, or say with --provisional-reason why it cannot wait."), "{errors}");
    let (code, _, errors) = publish("The board meets in May.");
    assert!(is(code, 0), "{errors}");
    let page =
        fs::read_to_string(site.join("northgate/2025-26/northgate-annual-2025-26.html")).expect("a page");
    assert!(page.contains("Published all the same: The board meets in May."));
}

#[test]
fn all_reports_say_that_cases_are_made_up_and_are_looked_through_for_what_is_given() {
    let mut fixture = landlord();
    fixture.insert(
        "report_learning",
        &format!("'{ID}','case-2',3,'repairs','Gate of Larkspur Rise','Rung','Lead','2025-11-14',NULL,NULL"),
    );
    let (database, out) = (fixture.file(), fixture.out());
    let names = fixture.out().with_file_name("names.txt");
    fs::write(&names, "Larkspur Rise\n").expect("written");
    let [database, to, names] = [&database, &out, &names].map(|path| path.to_string_lossy().into_owned());
    let all = ["all", "--as-of", "2026-06-30", "--demonstration", "--database", &database, "--out", &to];
    let (code, _, errors) = run(&[&all[..], &["--known", &names]].concat());
    assert!(is(code, 3) && errors.contains("not to be published"), "{errors}");
    let (code, pages, errors) =
        run(&[&all[..], &["--known", &names, "--passed-over", "Larkspur Rise"]].concat());
    assert!(is(code, 0), "{errors}");
    for page in pages.lines() {
        let page = fs::read_to_string(page).expect("a page");
        assert!(page.contains("made up"), "every page says it");
    }
    assert!(pages.lines().count() > 2, "{pages}");
}

#[test]
fn one_landlord_that_fails_does_not_keep_the_others_from_their_reports() {
    let mut fixture = landlord();
    fixture.landlord("other", "Other Homes");
    fixture.landlord("third", "Third Homes");
    let case = fixture.case("third", "complaint", "lcra", "2025-10-06", "");
    fixture.run(&format!("UPDATE report_cases SET kind='grumble' WHERE case_id='{case}'"));
    let (database, out) = (fixture.file(), fixture.out());
    let (code, paths, errors) = run(&[
        "all",
        "--as-of",
        "2026-06-30",
        "--database",
        &database.to_string_lossy(),
        "--out",
        &out.to_string_lossy(),
    ]);
    assert!(is(code, 3), "{errors}");
    let names: Vec<&str> = paths.lines().filter_map(|path| path.rsplit('/').next()).collect();
    assert_eq!(
        names,
        [
            "northgate-annual-2025-26.html",
            "northgate-tsm-2025-26.html",
            "northgate-committee-2025-26-Q4-with-references.html",
            "other-annual-2025-26.html",
            "other-tsm-2025-26.html",
            "other-committee-2025-26-Q4-with-references.html",
        ]
    );
    assert!(errors.contains("third: the figures do not add up"), "{errors}");
    assert!(errors.contains("6 reports of 3 landlords, ") && errors.contains(" a second\n"), "{errors}");
    assert!(errors.ends_with("error: 1 of 3 landlords lack reports: third\n"), "{errors}");
}

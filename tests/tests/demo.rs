//! The demo, small: the same seed makes the same reports, and their figures are the API's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::Path;

use redress_tests::client::Client;
use redress_tests::demo::{Demo, Options, Progress, run};
use redress_tests::simulator::LANDLORDS;
use serde_json::Value;

fn demo(folder: &Path, seed: u64) -> Demo {
    let options = Options {
        folder: folder.join("demo"),
        listen: "127.0.0.1:0".to_owned(),
        reports_listen: "127.0.0.1:0".to_owned(),
        seed,
        contacts: 14,
        years: 2,
        policies: None,
        exit: true,
    };
    run(&options, &Progress::Silent).unwrap()
}

/// Every report by its file's name.
fn pages(demo: &Demo) -> BTreeMap<String, String> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let text = |path: &Path| without_ids(&std::fs::read_to_string(path).unwrap());
    demo.reports.iter().map(|path| (name(path), text(path))).collect()
}

/// A case that no CRM has given a reference is listed by its id, which is drawn anew each time.
fn without_ids(page: &str) -> String {
    let part = |part: &str| {
        let is_id = part.len() == 37 && part.matches('-').count() == 4;
        if is_id { format!("an id{}", &part[36..]) } else { part.to_owned() }
    };
    page.split_inclusive(|letter: char| !(letter.is_ascii_hexdigit() || letter == '-')).map(part).collect()
}

/// The figure of that name in a report.
fn figure<'a>(page: &'a str, name: &str) -> &'a str {
    let cell = page.split_once(&format!("data-figure=\"{name}\"")).expect(name).1;
    cell.split_once("class=\"value\">").unwrap().1.split_once('<').unwrap().0
}

/// All of a landlord's complaints, asked for page by page.
fn complaints(client: &Client) -> Vec<Value> {
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let answer = client.get(&format!("cases?kind=complaint{next}")).unwrap();
        for line in answer["cases"].as_array().unwrap() {
            all.push(client.get(&format!("cases/{}", line["id"].as_str().unwrap())).unwrap());
        }
        match answer["next"].as_str() {
            Some(after) => next = format!("&after={after}"),
            None => return all,
        }
    }
}

fn in_year(case: &Value, pointer: &str) -> bool {
    let at = case.pointer(pointer).and_then(Value::as_str).and_then(|at| at.parse().ok());
    at.is_some_and(|at| {
        let day = redress_shared::calendar::london::date_of(at).to_string();
        ("2025-04-01".."2026-04-01").contains(&day.as_str())
    })
}

/// Neither the id of a case nor any system's reference of it is in what is published.
fn nothing_published_names_a_case(pages: &BTreeMap<String, String>, landlord: &str, cases: &[Value]) {
    let published =
        pages.iter().filter(|(name, _)| name.starts_with(landlord) && !name.contains("with-references"));
    let pages: Vec<&String> = published.map(|(_, page)| page).collect();
    assert!(!pages.is_empty(), "{landlord} has published pages");
    for case in cases {
        let references = case["references"].as_array().into_iter().flatten();
        let names = references.filter_map(|reference| reference["value"].as_str());
        for name in names.chain(case["id"].as_str()) {
            assert!(pages.iter().all(|page| !page.contains(name)), "{landlord}: {name} is published");
        }
    }
}

fn the_figures_are_the_apis(demo: &Demo, pages: &BTreeMap<String, String>) {
    for landlord in &LANDLORDS {
        let page = &pages[&format!("{}-annual-2025-26.html", landlord.id)];
        let all = complaints(&Client::new(&demo.server.url(), landlord.id).unwrap());
        let count = |fits: &dyn Fn(&&Value) -> bool| all.iter().filter(fits).count().to_string();
        assert_eq!(figure(page, "kinds.complaint.cases"), count(&|case| in_year(case, "/received_at")));
        let made = |case: &&Value| in_year(case, "/stages/0/requested_at") && case["triage"] != "refused";
        assert_eq!(figure(page, "populations.all.stage-1"), count(&made), "{}", landlord.id);
        let taken_further = |case: &&Value| in_year(case, "/stages/1/requested_at");
        assert_eq!(figure(page, "populations.all.stage-2"), count(&taken_further), "{}", landlord.id);
        nothing_published_names_a_case(pages, landlord.id, &all);
    }
}

/// Every line of every landlord's feed came by webhook, once, and was genuine; and so the CRMs have their cases as the service has them.
fn the_crms_heard_everything(demo: &Demo) {
    let head = |landlord: &str| {
        let page = Client::new(&demo.server.url(), landlord).unwrap().get("events?limit=1").unwrap();
        page["head"].as_u64().unwrap()
    };
    let heard = demo.heard;
    assert_eq!(heard.taken, LANDLORDS.iter().map(|landlord| head(landlord.id)).sum::<u64>());
    assert_eq!((heard.again, heard.refused, heard.different), (0, 0, 0), "{heard:?}");
    let contacts: u64 = demo.tallies.iter().map(|(_, tally)| tally.contacts).sum();
    assert!(u64::try_from(heard.cases).unwrap() >= contacts, "{heard:?}");
}

#[test]
fn the_same_seed_makes_the_same_twenty_reports_and_they_are_right() {
    let folders: Vec<_> = (0..3).map(|_| tempfile::tempdir().unwrap()).collect();
    let first = demo(folders[0].path(), 7);
    let reports = pages(&first);
    assert_eq!(reports.len(), 20);
    the_figures_are_the_apis(&first, &reports);
    the_crms_heard_everything(&first);
    for (name, page) in &reports {
        assert!(!page.contains("Resident "), "{name} names a resident");
        assert!(page.contains("made up by a simulation"), "{name} does not say that it is a demonstration");
    }
    let summary = first.summary().unwrap();
    assert!(summary.contains("/deadlines") && summary.contains("bradford-annual-2025-26.html"), "{summary}");
    drop(first);
    assert!(reports == pages(&demo(folders[1].path(), 7)), "the same seed made another report");
    assert!(reports != pages(&demo(folders[2].path(), 8)), "another seed made the same reports");
}

#[test]
fn an_address_that_is_taken_is_named_and_nothing_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let options = Options {
        folder: folder.path().join("demo"),
        listen: address.clone(),
        reports_listen: "127.0.0.1:0".to_owned(),
        seed: 1,
        contacts: 1,
        years: 2,
        policies: None,
        exit: true,
    };
    let error = run(&options, &Progress::Silent).err().expect("the address was taken").to_string();
    assert!(error.contains(&address) && error.contains("--listen"), "{error}");
    assert!(!folder.path().join("demo").exists());
}

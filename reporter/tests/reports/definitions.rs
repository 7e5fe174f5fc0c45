//! Every rate has a definition that is printed, and each stands in one place.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::AS_OF;
use crate::support::Page;
use crate::support::small::{ID, landlord};
use redress_shared::measure::{DEFINITIONS, TERMS};

/// What stands between two marks, each time.
fn between<'a>(page: &'a str, start: &str, end: char) -> Vec<&'a str> {
    page.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

#[test]
fn each_rate_on_a_page_has_a_definition_that_the_page_prints_from_the_shared_measures() {
    let fixture = landlord();
    for page in
        [Page::annual(&fixture.year(ID, 2025, AS_OF)), Page::committee(&fixture.quarter(ID, 2025, 3, AS_OF))]
    {
        // Whatever is worked out from other figures says what it is.
        let cells = page.0.split("<td data-figure=").skip(1).filter_map(|rest| rest.split("</td>").next());
        for cell in cells.filter(|cell| cell.contains("class=\"of\"") && !cell.contains("not entered")) {
            assert!(cell.contains("data-definition="), "{cell}");
        }
        let defined = DEFINITIONS.iter().map(|definition| definition.id);
        let known: BTreeSet<&str> = defined.chain(TERMS.iter().map(|term| term.id)).collect();
        for used in between(&page.0, "data-definition=\"", '"') {
            assert!(known.contains(used), "{used} is defined nowhere");
            let printed = ["definitions", "terms"].map(|table| format!("{table}.{used}.version"));
            assert!(printed.iter().any(|figure| page.has(figure)), "{used} is not explained");
        }
        for definition in DEFINITIONS {
            if page.has(&format!("definitions.{}.version", definition.id)) {
                let printed = page.figure(&format!("definitions.{}.numerator", definition.id));
                assert_eq!(printed.replace("&#x27;", "'"), definition.numerator);
            }
        }
        for term in TERMS {
            let printed = page.figure(&format!("terms.{}.meaning", term.id));
            assert_eq!(printed.replace("&#x27;", "'"), term.meaning);
        }
    }
}

/// Six words in a row of any definition, written a second time, would be a second definition.
#[test]
fn what_a_figure_means_is_written_down_once() {
    let mut texts = String::new();
    let mut folders =
        ["src", "../templates"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("text");
            texts.extend(text.lines().filter(|line| !line.trim_start().starts_with("//")));
        }
    }
    let plain = |text: &str| {
        let letters = text.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), " ");
        letters.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let texts = plain(&texts);
    let definitions =
        DEFINITIONS.iter().flat_map(|definition| [definition.numerator, definition.denominator]);
    let mut twice = BTreeSet::new();
    for meaning in definitions.chain(TERMS.iter().map(|term| term.meaning)).map(plain) {
        let words: Vec<&str> = meaning.split(' ').collect();
        twice.extend(words.windows(6).map(|six| six.join(" ")).filter(|six| texts.contains(six)));
    }
    assert!(twice.is_empty(), "these belong in the shared measures alone: {twice:#?}");
}

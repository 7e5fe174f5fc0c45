//! Every rate has a definition that is printed, and each stands in one place.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::AS_OF;
use crate::support::Page;
use crate::support::small::{ID, landlord};
use redress_shared::measure::{COUNTINGS, Counting, DEFINITIONS, TERMS};

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
        let defined = defined.chain(TERMS.iter().map(|term| term.id)).map(str::to_owned);
        let known: BTreeSet<String> = defined.chain(COUNTINGS.iter().map(Counting::id)).collect();
        for used in between(&page.0, "data-definition=\"", '"') {
            assert!(known.contains(used), "{used} is defined nowhere");
            let printed = ["definitions", "terms", "counted"].map(|table| format!("{table}.{used}.version"));
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

/// Words are words; whatever is a number leads to what it means, in its cell or in the caption of its table, and so does a headline.
#[test]
fn no_figure_is_without_a_definition_on_its_page() {
    let fixture = landlord();
    for page in
        [Page::annual(&fixture.year(ID, 2025, AS_OF)), Page::committee(&fixture.quarter(ID, 2025, 3, AS_OF))]
    {
        let cells = page.0.split("<td data-figure=").skip(1).filter_map(|rest| rest.split("</td>").next());
        let figures: Vec<&str> = cells.filter(|cell| !cell.contains("class=\"words\"")).collect();
        assert!(figures.len() > 300, "{}", figures.len());
        for figure in figures {
            assert!(figure.contains("data-definition="), "{figure}");
        }
        let leads = between(&page.0, "class=\"meaning\" href=\"#", '"');
        assert!(leads.len() > 40, "{}", leads.len());
        for place in leads {
            assert!(page.0.contains(&format!("id=\"{place}\"")), "{place} is not on the page");
        }
        assert!(!page.0.contains("<span class=\"label\">Stage"), "a headline leads to what it means");
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
    let counted = COUNTINGS.iter().map(|counting| counting.counted);
    for meaning in definitions.chain(TERMS.iter().map(|term| term.meaning)).chain(counted).map(plain) {
        let words: Vec<&str> = meaning.split(' ').collect();
        twice.extend(words.windows(6).map(|six| six.join(" ")).filter(|six| texts.contains(six)));
    }
    assert!(twice.is_empty(), "these belong in the shared measures alone: {twice:#?}");
}

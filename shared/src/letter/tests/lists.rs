//! No letter misses what the lists want, and the check would see it if one did.

use rstest::rstest;

use super::story::both_stages;
use crate::letter::{LetterKind, missing};

#[rstest]
fn whatever_is_taken_out_of_a_letter_that_the_lists_want_is_missed(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west", "model")]
    landlord: &str,
) {
    let story = both_stages(landlord);
    let case = story.case.as_ref().unwrap();
    for letter in &story.letters {
        let mut bare = letter.clone();
        bare.items.clear();
        let wanted: Vec<&str> = missing(&bare, case, &story.rules).iter().map(|lack| lack.item).collect();
        assert!(wanted.contains(&"how-to-ombudsman"), "{landlord} {}", letter.kind);
        for name in wanted {
            let mut short = letter.clone();
            short.items.retain(|item| item.item != name);
            let found = missing(&short, case, &story.rules);
            assert!(!found.is_empty() && found.iter().all(|lack| lack.item == name), "{landlord} {name}");
            let mut blank = letter.clone();
            blank.items.iter_mut().filter(|item| item.item == name).for_each(|item| item.text.clear());
            assert_eq!(missing(&blank, case, &story.rules), found);
        }
    }
}

#[test]
fn what_is_missed_is_named_with_its_clause() {
    let story = both_stages("portsmouth");
    let mut letter = story.letter(LetterKind::Response).clone();
    letter.items.retain(|item| item.item != "steps-taken");
    let found = missing(&letter, story.case.as_ref().unwrap(), &story.rules);
    assert_eq!(found[0].wanted_by.to_string(), "Portsmouth s.9 Decision letter: steps taken");
}

#[rstest]
fn an_items_name_is_used_once_in_a_letter(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west", "model")]
    landlord: &str,
) {
    for letter in both_stages(landlord).letters {
        let mut names: Vec<&str> = letter.items.iter().map(|item| item.item).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{landlord} {}", letter.kind);
    }
}

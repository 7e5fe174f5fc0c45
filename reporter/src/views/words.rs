//! Counts and words of the data as readers read them.

use redress_shared::measure::{SMALLEST_SHOWN, thousands};

/// "1 stage", "6 stages".
#[must_use]
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" })
}

/// A count of people with something in common: "fewer than 5" for 1 to 4, so that no one can be identified.
#[must_use]
pub fn discreet(count: u64) -> String {
    if (1..SMALLEST_SHOWN).contains(&count) {
        format!("fewer than {SMALLEST_SHOWN}")
    } else {
        thousands(count)
    }
}

/// A word of the data as a reader's words: "service-failure" is "Service failure". What a landlord has written in words of
/// its own keeps its hyphens: "Handling of anti-social behaviour".
#[must_use]
pub fn label(word: &str) -> String {
    let known = match word {
        "lcra" => "Low cost rental",
        "lcho" => "Low cost home ownership",
        "not-upheld" => "Not upheld",
        "resolved-with-intervention" => "Resolved with intervention (mediation)",
        "asb" => "Anti-social behaviour",
        "ended" => "Withdrawn or closed before it was decided",
        "re-reviewed" => "Reviewed again at stage 1",
        "" => "Not named",
        _ => {
            let own_words = word.contains(|letter: char| letter.is_whitespace() || letter.is_uppercase());
            let spaced = if own_words { word.to_owned() } else { word.replace(['-', '_'], " ") };
            let mut letters = spaced.chars();
            return letters
                .next()
                .map_or(spaced.clone(), |first| first.to_uppercase().chain(letters).collect());
        }
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_word_of_the_data_loses_its_hyphens_and_a_landlords_own_words_keep_theirs() {
        assert_eq!(label("service-failure"), "Service failure");
        assert_eq!(label("damp"), "Damp");
        assert_eq!(label("Handling of anti-social behaviour"), "Handling of anti-social behaviour");
        assert_eq!(label("anti-social behaviour"), "Anti-social behaviour");
    }
}

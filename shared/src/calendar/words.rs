//! Dates and lists as a letter writes them.

use chrono::NaiveDate;

/// `6 May 2025`.
pub fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `Tuesday 6 May 2025`.
pub fn weekday_date(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// `1st`, `2nd`, `3rd`, `11th`, `22nd`.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    let words: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// A bank holiday's title short enough for a sentence: without "bank holiday" and without what stands in
/// brackets.
///
/// `Early May bank holiday (VE day)` is `Early May`; `Bank holiday for the coronation of King Charles III` is
/// `the coronation of King Charles III`.
pub fn short_title(title: &str) -> String {
    const GENERIC: &str = "bank holiday";
    let title = without_brackets(title);
    let kept = match title.to_ascii_lowercase().find(GENERIC) {
        // Lowering ASCII letters moves no byte, so the position holds in the title itself.
        Some(at) => format!("{} {}", &title[..at], &title[at + GENERIC.len()..]),
        None => title.clone(),
    };
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = words.strip_prefix("for ").unwrap_or(&words);
    if short.is_empty() { title } else { short.to_owned() }
}

fn without_brackets(title: &str) -> String {
    let kept = title.split('(').enumerate().map(|(place, part)| match part.split_once(')') {
        Some((_, after)) if place > 0 => after,
        _ => part,
    });
    kept.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{list, long_date, ordinal, short_title, weekday_date};
    use rstest::rstest;

    #[rstest]
    #[case("Early May bank holiday", "Early May")]
    #[case("Early May bank holiday (VE day)", "Early May")]
    #[case("Platinum Jubilee bank holiday", "Platinum Jubilee")]
    #[case("Bank holiday for the coronation of King Charles III", "the coronation of King Charles III")]
    #[case(
        "Bank Holiday for the State Funeral of Queen Elizabeth II",
        "the State Funeral of Queen Elizabeth II"
    )]
    #[case("New Year’s Day", "New Year’s Day")]
    #[case("Bank holiday", "Bank holiday")]
    #[case("Closed (inset) day", "Closed day")]
    #[case("Left (open", "Left open")]
    fn a_title_is_shortened(#[case] title: &str, #[case] expected: &str) {
        assert_eq!(short_title(title), expected);
    }

    #[test]
    fn dates_have_no_leading_nought() {
        let date = "2025-05-06".parse().unwrap();
        assert_eq!(long_date(date), "6 May 2025");
        assert_eq!(weekday_date(date), "Tuesday 6 May 2025");
    }

    #[test]
    fn ordinals_and_lists_read_as_english() {
        let numbers = [1, 2, 3, 4, 10, 11, 12, 13, 20, 21, 22, 23, 101, 111, 112];
        assert_eq!(
            numbers.map(ordinal).join(" "),
            "1st 2nd 3rd 4th 10th 11th 12th 13th 20th 21st 22nd 23rd 101st 111th 112th"
        );
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}

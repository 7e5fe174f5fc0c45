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

/// What a sentence calls a bank holiday, by its title, without what stands in brackets, and so that nobody has to know that the
/// day is one: seasons are no names.
///
/// `Early May bank holiday (VE day)` is `the early May bank holiday`; `Bank holiday for the coronation of King Charles III` is
/// `the bank holiday for the coronation of King Charles III`; `Good Friday` is itself.
pub fn called(title: &str) -> String {
    let title = without_brackets(title);
    let words: Vec<&str> = title.split_whitespace().collect();
    let generic = |pair: &[&str]| pair.join(" ").eq_ignore_ascii_case("bank holiday");
    match (words.windows(2).position(generic), words.as_slice()) {
        (Some(0), [_, _]) => "a bank holiday".to_owned(),
        (Some(0), [_, _, rest @ ..]) => format!("the bank holiday {}", rest.join(" ")),
        (Some(_), [first, rest @ ..]) => {
            let season = ["Early", "Late", "Spring", "Summer", "Autumn", "Winter"].contains(first);
            let first = if season { first.to_lowercase() } else { (*first).to_owned() };
            format!("the {first} {}", rest.join(" "))
        }
        _ => words.join(" "),
    }
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
    use super::{called, list, long_date, ordinal, weekday_date};
    use rstest::rstest;

    #[rstest]
    #[case("Early May bank holiday", "the early May bank holiday")]
    #[case("Early May bank holiday (VE day)", "the early May bank holiday")]
    #[case("Spring bank holiday", "the spring bank holiday")]
    #[case("Platinum Jubilee bank holiday", "the Platinum Jubilee bank holiday")]
    #[case(
        "Bank holiday for the coronation of King Charles III",
        "the bank holiday for the coronation of King Charles III"
    )]
    #[case(
        "Bank Holiday for the State Funeral of Queen Elizabeth II",
        "the bank holiday for the State Funeral of Queen Elizabeth II"
    )]
    #[case("New Year’s Day", "New Year’s Day")]
    #[case("Bank holiday", "a bank holiday")]
    #[case("Closed (inset) day", "Closed day")]
    #[case("Left (open", "Left open")]
    fn a_title_is_put_into_a_sentence(#[case] title: &str, #[case] expected: &str) {
        assert_eq!(called(title), expected);
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

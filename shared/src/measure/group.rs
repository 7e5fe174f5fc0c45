//! The groups that figures are told by, each defined once: what an answer decided, and how long ago something was asked for.

/// What an answer can decide, from wholly upheld downwards, by its word in data.
pub const OUTCOMES: [&str; 3] = ["upheld", "partly-upheld", "not-upheld"];

/// Those of [`OUTCOMES`] that found something wrong: what "upheld" means where a figure counts them together.
pub const UPHELD_OUTCOMES: [&str; 2] = ["upheld", "partly-upheld"];

/// A group of what is open: how many calendar days ago it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// Its word in data; in the order of the ages.
    pub id: &'static str,
    /// The days, in words.
    pub heading: &'static str,
    /// The last of its days; none ends the oldest.
    last_day: Option<i64>,
}

/// Every age, the youngest first.
pub const AGES: [Age; 4] = [
    Age { id: "a", heading: "Up to 14", last_day: Some(14) },
    Age { id: "b", heading: "15 to 28", last_day: Some(28) },
    Age { id: "c", heading: "29 to 56", last_day: Some(56) },
    Age { id: "d", heading: "More than 56", last_day: None },
];

impl Age {
    /// The age of what was asked for so many calendar days ago.
    ///
    /// ```
    /// use redress_shared::measure::Age;
    /// assert_eq!(Age::of_days(14).heading, "Up to 14");
    /// assert_eq!(Age::of_days(15).heading, "15 to 28");
    /// assert_eq!(Age::of_days(57).heading, "More than 56");
    /// ```
    #[must_use]
    pub fn of_days(days: i64) -> Self {
        let [.., oldest] = AGES;
        AGES.into_iter().find(|age| age.last_day.is_some_and(|last| days <= last)).unwrap_or(oldest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::vocabulary::Outcome;

    #[test]
    fn the_outcomes_are_those_that_a_case_can_have() {
        let words: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.as_str()).collect();
        assert_eq!(words, OUTCOMES);
    }

    #[test]
    fn each_age_begins_on_the_day_after_the_one_before_it() {
        for (age, next) in AGES.iter().zip(&AGES[1..]) {
            let last = age.last_day.unwrap();
            assert_eq!(Age::of_days(last), *age);
            assert_eq!(Age::of_days(last + 1), *next);
            assert!(age.heading.contains(&last.to_string()), "{}", age.heading);
        }
    }
}

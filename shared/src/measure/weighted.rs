//! Survey counts that carry weights, and so are not whole: exact thousandths.

use std::fmt;
use std::ops::Add;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::rate::{Figure, Rate};

/// A count in thousandths: 12.5 respondents are 12,500.
///
/// ```
/// use redress_shared::measure::Weighted;
/// let count: Weighted = "12.5".parse().expect("a weighted count");
/// assert_eq!(count, Weighted(12_500));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Weighted(pub u64);

/// The text is no count with at most three decimals.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is not a count with at most three decimals")]
pub struct NotACount(pub String);

impl Weighted {
    /// A count without weight.
    #[must_use]
    pub const fn whole(count: u64) -> Self {
        Self(count.saturating_mul(1_000))
    }
}

impl Add for Weighted {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl FromStr for Weighted {
    type Err = NotACount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotACount(text.to_owned());
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || decimals.len() > 3 || !digits_only(whole) || !digits_only(decimals) {
            return Err(refuse());
        }
        format!("{whole}{decimals:0<3}").parse().map(Self).map_err(|_| refuse())
    }
}

impl fmt::Display for Weighted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = super::thousands(self.0 / 1_000);
        let decimals = format!("{:03}", self.0 % 1_000);
        match decimals.trim_end_matches('0') {
            "" => formatter.write_str(&whole),
            decimals => write!(formatter, "{whole}.{decimals}"),
        }
    }
}

/// The five answers to how satisfied a respondent is with the handling of a complaint made in the last 12 months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Satisfaction {
    /// From very satisfied to very dissatisfied.
    pub answers: [Weighted; 5],
}

impl Satisfaction {
    /// Very and fairly satisfied.
    #[must_use]
    pub fn satisfied(&self) -> Weighted {
        self.answers[0] + self.answers[1]
    }

    /// All five answers: the divisor.
    #[must_use]
    pub fn asked(&self) -> Weighted {
        self.answers.iter().copied().fold(Weighted::default(), Add::add)
    }

    /// TP09, in per cent.
    #[must_use]
    pub fn figure(&self) -> Figure {
        Rate::new(self.satisfied().0, self.asked().0).per_cent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_counts_read_and_print_exactly() {
        for (text, thousandths) in [("0", 0), ("12.5", 12_500), ("1234.125", 1_234_125), ("7.01", 7_010)] {
            let count: Weighted = text.parse().unwrap();
            assert_eq!(count, Weighted(thousandths));
            assert_eq!(count.to_string().replace(',', ""), text);
        }
        for text in ["", ".5", "1.2345", "-1", "1e3", "1.2.3", "99999999999999999999"] {
            assert!(text.parse::<Weighted>().is_err(), "{text}");
        }
    }

    #[test]
    fn satisfaction_divides_by_all_five_answers() {
        let answers = ["10.25", "20.5", "5", "9.25", "55"].map(|text| text.parse().unwrap());
        let satisfaction = Satisfaction { answers };
        assert_eq!(satisfaction.satisfied().to_string(), "30.75");
        assert_eq!(satisfaction.asked().to_string(), "100");
        assert_eq!(satisfaction.figure().to_string(), "30.8");
        assert_eq!(Satisfaction::default().figure().to_string(), "[U]");
    }
}

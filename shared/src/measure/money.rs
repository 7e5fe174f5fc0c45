//! Money in whole pence, and whole numbers, as they are printed.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

use super::rate::divide_half_up;

/// An amount of money in pence. Never negative: what is taken off is an amount of its own.
///
/// ```
/// use redress_shared::measure::Pence;
/// assert_eq!(Pence(123_450).to_string(), "£1,234.50");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Pence(pub u64);

impl fmt::Display for Pence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "£{}.{:02}", thousands(self.0 / 100), self.0 % 100)
    }
}

impl Add for Pence {
    type Output = Self;

    /// Saturating: a total past 180 million billion pounds is a fault of the data, and must not wrap into a small one.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Pence {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

/// An average that carries its divisor, because a published average was once divided by the wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Average {
    /// The sum of all amounts.
    pub total: Pence,
    /// How many amounts there were.
    pub divisor: u64,
}

impl Average {
    /// The average, to the penny, ties up; `None` when there is nothing to divide by.
    #[must_use]
    pub fn amount(self) -> Option<Pence> {
        if self.divisor == 0 {
            return None;
        }
        let pence = divide_half_up(u128::from(self.total.0), u128::from(self.divisor));
        u64::try_from(pence).ok().map(Pence)
    }
}

impl fmt::Display for Average {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount() {
            Some(amount) => write!(formatter, "{amount} ({} ÷ {})", self.total, thousands(self.divisor)),
            None => formatter.write_str("[U]"),
        }
    }
}

/// A whole number with a comma before each group of three digits.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut printed = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            printed.push(',');
        }
        printed.push(digit);
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_printed_in_pounds_with_both_pence_digits() {
        for (pence, printed) in [
            (0, "£0.00"),
            (5, "£0.05"),
            (100, "£1.00"),
            (99_999, "£999.99"),
            (100_000, "£1,000.00"),
            (123_456_789, "£1,234,567.89"),
        ] {
            assert_eq!(Pence(pence).to_string(), printed);
        }
    }

    #[test]
    fn an_average_prints_what_it_was_divided_by() {
        let total: Pence = [Pence(1_000), Pence(1_001)].into_iter().sum();
        assert_eq!(Average { total, divisor: 2 }.to_string(), "£10.01 (£20.01 ÷ 2)");
        assert_eq!(Average { total: Pence(0), divisor: 0 }.to_string(), "[U]");
    }

    #[test]
    fn whole_numbers_are_grouped_in_threes() {
        for (number, printed) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (21_417, "21,417"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(number), printed);
        }
    }
}

//! A share or a rate, kept as the two whole numbers it is made of until the moment it is printed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Two counts, one over the other. The figure is worked out from them only for printing, so that the reader can always
/// be shown both.
///
/// ```
/// use redress_shared::measure::Rate;
/// // A tie goes up, as in the regulator's own figures: 31.25 is published as 31.3.
/// assert_eq!(Rate::new(60, 192).per_cent().to_string(), "31.3");
/// // Nothing out of nothing is not 0%.
/// assert_eq!(Rate::new(0, 0).per_cent().to_string(), "[U]");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rate {
    /// How many count.
    pub numerator: u64,
    /// Out of how many.
    pub denominator: u64,
}

impl Rate {
    /// `numerator` out of `denominator`.
    #[must_use]
    pub const fn new(numerator: u64, denominator: u64) -> Self {
        Self { numerator, denominator }
    }

    /// The share in a hundred, one decimal place, ties up.
    #[must_use]
    pub fn per_cent(self) -> Figure {
        self.figure(Scale::PerCent)
    }

    /// The rate for each thousand (homes, say), one decimal place, ties up.
    #[must_use]
    pub fn per_thousand(self) -> Figure {
        self.figure(Scale::PerThousand)
    }

    /// The figure on the given scale, or [`Marker::DenominatorZero`].
    #[must_use]
    pub fn figure(self, scale: Scale) -> Figure {
        if self.denominator == 0 {
            return Figure::Marked(Marker::DenominatorZero);
        }
        let scaled = u128::from(self.numerator) * scale.factor() * 10;
        Figure::Value(Tenths(divide_half_up(scaled, u128::from(self.denominator))))
    }

    /// "47 of 54", with thousands separated.
    #[must_use]
    pub fn of(self) -> String {
        format!("{} of {}", super::thousands(self.numerator), super::thousands(self.denominator))
    }
}

/// What a rate is a rate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// Parts of a hundred.
    PerCent,
    /// Parts of a thousand.
    PerThousand,
}

impl Scale {
    const fn factor(self) -> u128 {
        match self {
            Self::PerCent => 100,
            Self::PerThousand => 1_000,
        }
    }
}

/// Why a cell has no figure. The regulator prints these in place of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marker {
    /// `[X]`: nothing was returned.
    Blank,
    /// `[Z]`: not required of this landlord.
    NotRequired,
    /// `[E]`: returned, and left out by the regulator.
    Excluded,
    /// `[U]`: there was nothing to divide by.
    DenominatorZero,
}

impl Marker {
    /// The marker as printed.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Blank => "[X]",
            Self::NotRequired => "[Z]",
            Self::Excluded => "[E]",
            Self::DenominatorZero => "[U]",
        }
    }

    /// What the marker says, for the key under a table.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Blank => "no answer was returned",
            Self::NotRequired => "not required of this landlord",
            Self::Excluded => "left out of the published figures",
            Self::DenominatorZero => "there was nothing to divide by or to compare with",
        }
    }

    /// The marker a cell of published data holds, if it is one.
    #[must_use]
    pub fn parse(cell: &str) -> Option<Self> {
        [Self::Blank, Self::NotRequired, Self::Excluded, Self::DenominatorZero]
            .into_iter()
            .find(|marker| marker.symbol() == cell.trim())
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.symbol())
    }
}

/// A number with one decimal place, held as a whole number of tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tenths(pub u128);

impl Tenths {
    /// As the regulator's tables print it: without a decimal that is zero (`219`, `47.1`).
    #[must_use]
    pub fn trimmed(self) -> String {
        if self.0.is_multiple_of(10) { (self.0 / 10).to_string() } else { self.to_string() }
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// What a published cell holds: a number, or the reason there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Figure {
    /// A number with one decimal place.
    Value(Tenths),
    /// The reason there is no number.
    Marked(Marker),
}

impl Figure {
    /// As [`Tenths::trimmed`]; a marker as its symbol.
    #[must_use]
    pub fn trimmed(self) -> String {
        match self {
            Self::Value(tenths) => tenths.trimmed(),
            Self::Marked(marker) => marker.to_string(),
        }
    }

    /// The trimmed figure with a per cent sign; a marker stays bare.
    #[must_use]
    pub fn with_sign(self) -> String {
        match self {
            Self::Value(tenths) => format!("{}%", tenths.trimmed()),
            Self::Marked(marker) => marker.to_string(),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(tenths) => tenths.fmt(formatter),
            Self::Marked(marker) => marker.fmt(formatter),
        }
    }
}

/// Whole-number division where a tie goes up. The caller has seen to it that `divisor` is not zero.
pub(super) const fn divide_half_up(dividend: u128, divisor: u128) -> u128 {
    let quotient = dividend / divisor;
    let remainder = dividend % divisor;
    // Written so that it cannot overflow: remainder >= divisor - remainder is 2 x remainder >= divisor.
    if remainder >= divisor - remainder { quotient + 1 } else { quotient }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn ties_go_up() {
        for (numerator, denominator, published) in
            [(60, 192, "31.3"), (1, 16, "6.3"), (1, 8, "12.5"), (1, 2_000, "0.1"), (3, 2_000, "0.2")]
        {
            assert_eq!(Rate::new(numerator, denominator).per_cent().to_string(), published);
        }
    }

    #[test]
    fn a_decimal_of_zero_is_dropped_only_in_the_trimmed_form() {
        let rate = Rate::new(1_009, 1_009);
        assert_eq!(rate.per_cent().to_string(), "100.0");
        assert_eq!(rate.per_cent().trimmed(), "100");
        assert_eq!(rate.of(), "1,009 of 1,009");
    }

    #[test]
    fn nothing_to_divide_by_is_marked_and_never_zero() {
        assert_eq!(Rate::new(0, 0).per_thousand(), Figure::Marked(Marker::DenominatorZero));
        assert_eq!(Rate::new(3, 0).per_cent().with_sign(), "[U]");
        assert_eq!(Rate::new(0, 5).per_cent().with_sign(), "0%");
    }

    #[test]
    fn every_marker_reads_back() {
        for marker in [Marker::Blank, Marker::NotRequired, Marker::Excluded, Marker::DenominatorZero] {
            assert_eq!(Marker::parse(marker.symbol()), Some(marker));
        }
        assert_eq!(Marker::parse("47.1"), None);
    }

    proptest! {
        /// The printed tenths t are the only whole number with t - 1/2 <= exact < t + 1/2.
        #[test]
        fn the_figure_is_the_exact_quotient_rounded_half_up(numerator in any::<u64>(), denominator in 1..=u64::MAX) {
            for (scale, factor) in [(Scale::PerCent, 1_000_i128), (Scale::PerThousand, 10_000_i128)] {
                let Figure::Value(Tenths(tenths)) = Rate::new(numerator, denominator).figure(scale) else {
                    panic!("a figure was expected");
                };
                let exact_twice = 2 * i128::from(numerator) * factor;
                let tenths = i128::try_from(tenths).expect("tenths fit");
                let denominator = i128::from(denominator);
                assert!((2 * tenths - 1) * denominator <= exact_twice);
                assert!(exact_twice < (2 * tenths + 1) * denominator);
            }
        }
    }
}

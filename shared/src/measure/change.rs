//! The change from one count to another, as a share of the first.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::rate::{Marker, Tenths, divide_half_up};

/// The change between two counts. Rounded to one decimal, a tie going away from zero, so that a rise and the fall that
/// undoes it in mirror image print the same digits.
///
/// ```
/// use redress_shared::measure::Change;
/// assert_eq!(Change::new(77, 54).to_string(), "-29.9%");
/// assert_eq!(Change::new(8, 10).to_string(), "+25%");
/// // From nothing, there is no share to give.
/// assert_eq!(Change::new(0, 3).to_string(), "[U]");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The earlier count.
    pub before: u64,
    /// The later count.
    pub after: u64,
}

impl Change {
    /// From `before` to `after`.
    #[must_use]
    pub const fn new(before: u64, after: u64) -> Self {
        Self { before, after }
    }

    /// The size of the change in tenths of a per cent, without its sign; `None` when there was nothing before.
    #[must_use]
    pub fn magnitude(self) -> Option<Tenths> {
        let difference = u128::from(self.before.abs_diff(self.after));
        (self.before > 0).then(|| Tenths(divide_half_up(difference * 1_000, u128::from(self.before))))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(magnitude) = self.magnitude() else {
            return Marker::DenominatorZero.fmt(formatter);
        };
        let sign = match magnitude {
            Tenths(0) => "",
            _ if self.after < self.before => "-",
            _ => "+",
        };
        write!(formatter, "{sign}{}%", magnitude.trimmed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_signed_and_its_ties_leave_zero() {
        for (before, after, printed) in [
            (77, 54, "-29.9%"),
            (8, 10, "+25%"),
            (10, 10, "0%"),
            (2_000, 2_001, "+0.1%"),
            (2_000, 1_999, "-0.1%"),
            (100_000, 100_001, "0%"),
            (5, 0, "-100%"),
            (0, 0, "[U]"),
        ] {
            assert_eq!(Change::new(before, after).to_string(), printed);
        }
    }
}

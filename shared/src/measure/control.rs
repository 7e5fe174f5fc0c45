//! The limits of a control chart: how far a figure moves from period to period by itself.

use super::rate::{Tenths, divide_half_up};

/// The fewest periods that limits are drawn from. From fewer they would move with every period that is added.
pub const FEWEST_FOR_LIMITS: usize = 6;

/// The fewest that a share is taken of before it is held against limits: of two complaints, one late is 50%, and says nothing.
pub const FEWEST_FOR_A_SHARE: u64 = 10;

/// What one moving range is worth on either side of the average, in hundredths: three standard deviations of single values
/// are 3 ÷ 1.128 average moving ranges.
const RANGE_TO_LIMIT: u128 = 266;

/// The average of some periods and the limits round it, held exactly: a figure is compared with them before anything is
/// rounded. Individual values and their moving ranges (XmR).
///
/// ```
/// use redress_shared::measure::Limits;
/// // In tenths: 40, 44, 38, 42, 46, 42 complaints. Average 42; the ranges 4, 6, 4, 4, 4 average 4.4; 2.66 times that is 11.704.
/// let quarters = [400, 440, 380, 420, 460, 420].map(Some);
/// let limits = Limits::of(&quarters, None).expect("six quarters");
/// assert_eq!(limits.centre().to_string(), "42.0");
/// assert_eq!((limits.lower().to_string(), limits.upper().to_string()), ("30.3".to_owned(), "53.7".to_owned()));
/// assert!(limits.is_above(540) && !limits.is_above(530));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    centre: u128,
    lower: u128,
    upper: u128,
    /// What the three are divided by.
    divisor: u128,
}

impl Limits {
    /// Of values in tenths, in the order of their periods; `None` for a period without one, over which no change is taken. No limit
    /// lies below zero, none above `highest`. `None` from fewer than [`FEWEST_FOR_LIMITS`] values, or fewer changes between neighbours
    /// than so many values in a row have.
    #[must_use]
    pub fn of(values: &[Option<u64>], highest: Option<u64>) -> Option<Self> {
        let known: Vec<u64> = values.iter().copied().flatten().collect();
        let neighbours = values.windows(2).filter_map(|pair| Some(pair[0]?.abs_diff(pair[1]?)));
        let changes: Vec<u128> = neighbours.map(u128::from).collect();
        if known.len() < FEWEST_FOR_LIMITS || changes.len() < FEWEST_FOR_LIMITS - 1 {
            return None;
        }
        let (periods, ranges) = (u128::try_from(known.len()).ok()?, u128::try_from(changes.len()).ok()?);
        let sum: u128 = known.iter().copied().map(u128::from).sum();
        let moved: u128 = changes.iter().sum();
        // All three over one divisor: periods × ranges × 100.
        let divisor = periods * ranges * 100;
        let centre = sum * ranges * 100;
        let reach = RANGE_TO_LIMIT * moved * periods;
        let top = highest.map_or(u128::MAX, |highest| u128::from(highest) * divisor);
        Some(Self { centre, lower: centre.saturating_sub(reach), upper: (centre + reach).min(top), divisor })
    }

    /// The average.
    #[must_use]
    pub const fn centre(&self) -> Tenths {
        Tenths(divide_half_up(self.centre, self.divisor))
    }

    /// The lower limit.
    #[must_use]
    pub const fn lower(&self) -> Tenths {
        Tenths(divide_half_up(self.lower, self.divisor))
    }

    /// The upper limit.
    #[must_use]
    pub const fn upper(&self) -> Tenths {
        Tenths(divide_half_up(self.upper, self.divisor))
    }

    /// Whether a value in tenths lies above the upper limit.
    #[must_use]
    pub fn is_above(&self, value: u64) -> bool {
        u128::from(value) * self.divisor > self.upper
    }

    /// Whether a value in tenths lies below the lower limit.
    #[must_use]
    pub fn is_below(&self, value: u64) -> bool {
        u128::from(value) * self.divisor < self.lower
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_need_enough_periods_and_keep_to_what_can_be() {
        assert_eq!(Limits::of(&[Some(100); 5], None), None);
        let steady = Limits::of(&[Some(100); 6], None).unwrap();
        assert_eq!(
            (steady.lower(), steady.centre(), steady.upper()),
            (Tenths(100), Tenths(100), Tenths(100))
        );
        assert!(
            steady.is_above(101) && steady.is_below(99) && !steady.is_above(100) && !steady.is_below(100)
        );
        let share = Limits::of(&[900, 1_000, 800, 1_000, 900, 1_000].map(Some), Some(1_000)).unwrap();
        assert_eq!(share.upper(), Tenths(1_000));
        assert!(!share.is_above(1_000));
        let few = Limits::of(&[0, 30, 0, 30, 0, 30].map(Some), None).unwrap();
        assert_eq!(few.lower(), Tenths(0));
        assert!(!few.is_below(0));
    }

    #[test]
    fn a_change_is_taken_between_neighbours_alone() {
        // From 100 to 500 lies a period without a figure: that is no change from one period to the next.
        let gap = [Some(100), Some(100), Some(100), None, Some(500), Some(500), Some(500), Some(500)];
        let limits = Limits::of(&gap, None).unwrap();
        assert_eq!((limits.lower(), limits.upper()), (limits.centre(), limits.centre()));
        // Six figures, but with gaps between them that leave three changes.
        let torn = [Some(1), None, Some(1), Some(1), None, Some(1), Some(1), Some(1)];
        assert_eq!(Limits::of(&torn, None), None);
    }
}

//! The middle and the end of a row of values. By nearest rank, so that each figure is a value that somebody really had.

use std::collections::BTreeMap;

/// Whole values (working days, pence), each with how many times it came.
///
/// ```
/// use redress_shared::measure::Spread;
/// let days: Spread = [4, 9, 10, 31].into_iter().map(|days| (days, 1)).collect();
/// // Of an even number of values the median is the lower of the two in the middle, and not a value between them.
/// assert_eq!(days.median(), Some(9));
/// assert_eq!(days.ninetieth(), Some(31));
/// assert_eq!(Spread::default().median(), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spread {
    values: BTreeMap<u64, u64>,
}

impl FromIterator<(u64, u64)> for Spread {
    fn from_iter<I: IntoIterator<Item = (u64, u64)>>(values: I) -> Self {
        let mut spread = Self::default();
        for (value, times) in values {
            *spread.values.entry(value).or_default() += times;
        }
        spread.values.retain(|_, times| *times > 0);
        spread
    }
}

impl Spread {
    /// How many values there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.values.values().sum()
    }

    /// The value below or at which at least this many in a hundred lie: the one at position ⌈n × `per_cent` ÷ 100⌉ of the
    /// values in order. `None` where there are none.
    #[must_use]
    pub fn at(&self, per_cent: u64) -> Option<u64> {
        let rank = (u128::from(self.count()) * u128::from(per_cent)).div_ceil(100).max(1);
        let mut passed = 0_u128;
        self.values.iter().find_map(|(value, times)| {
            passed += u128::from(*times);
            (passed >= rank).then_some(*value)
        })
    }

    /// Half lie at or below it.
    #[must_use]
    pub fn median(&self) -> Option<u64> {
        self.at(50)
    }

    /// Nine in ten lie at or below it.
    #[must_use]
    pub fn ninetieth(&self) -> Option<u64> {
        self.at(90)
    }

    /// The largest.
    #[must_use]
    pub fn longest(&self) -> Option<u64> {
        self.values.keys().next_back().copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::*;

    #[test]
    fn each_rank_is_the_nearest() {
        let spread: Spread = (1..=10).map(|value| (value, 1)).collect();
        assert_eq!((spread.median(), spread.ninetieth(), spread.longest()), (Some(5), Some(9), Some(10)));
        let eleven: Spread = (1..=11).map(|value| (value, 1)).collect();
        assert_eq!((eleven.median(), eleven.ninetieth()), (Some(6), Some(10)));
        let one: Spread = [(7, 1)].into_iter().collect();
        assert_eq!((one.median(), one.ninetieth(), one.longest()), (Some(7), Some(7), Some(7)));
        let none: Spread = [(3, 0)].into_iter().collect();
        assert_eq!((none.count(), none.median(), none.longest()), (0, None, None));
    }

    proptest! {
        /// It is what sorting all of them and counting along gives.
        #[test]
        fn a_rank_is_a_place_in_the_sorted_row(mut values in prop::collection::vec(0_u64..60, 1..200), per_cent in 1_u64..=100) {
            let spread: Spread = values.iter().map(|value| (*value, 1)).collect();
            values.sort_unstable();
            let place = (values.len() * per_cent as usize).div_ceil(100).max(1);
            assert_eq!(spread.at(per_cent), Some(values[place - 1]));
            assert_eq!(spread.count(), values.len() as u64);
        }
    }
}

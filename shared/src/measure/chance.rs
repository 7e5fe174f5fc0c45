//! Whether two periods differ by more than chance. Exact, on whole numbers: no approximation that would fail on the small
//! counts that complaints come in.

use num_bigint::BigUint;

use super::rate::Rate;

/// A difference that chance alone would bring about less often than once in this many comparisons is called beyond chance.
pub const ONCE_IN: u64 = 100;

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Higher than chance explains.
    Higher,
    /// Lower than chance explains.
    Lower,
    /// No more than chance explains.
    WithinChance,
    /// Two shares that are both none or both all: nothing varies that could be told apart.
    Same,
    /// So few that no outcome at all could have told them apart.
    TooFew,
}

/// Events counted over a number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Events {
    /// How many.
    pub count: u64,
    /// Over how many days.
    pub days: u64,
}

/// Compares two counts over periods that need not be of one length. Were the pace the same in both, each event would fall
/// into the first with the chance of its share of the days: the exact binomial test, given all events of both.
///
/// ```
/// use redress_shared::measure::{Difference, Events, compare_counts};
/// let quarter = |count| Events { count, days: 91 };
/// assert_eq!(compare_counts(quarter(40), quarter(20)), Difference::WithinChance);
/// assert_eq!(compare_counts(quarter(45), quarter(20)), Difference::Higher);
/// // Seven against none looks like much, and chance does it once in 64 times.
/// assert_eq!(compare_counts(quarter(7), quarter(0)), Difference::TooFew);
/// ```
#[must_use]
pub fn compare_counts(now: Events, before: Events) -> Difference {
    let (all, days) = (now.count + before.count, now.days + before.days);
    if all == 0 || now.days == 0 || before.days == 0 {
        return Difference::TooFew;
    }
    let fewest_needed = |share: u64| {
        BigUint::from(share).pow(exponent(all)) * (2 * ONCE_IN) < BigUint::from(days).pow(exponent(all))
    };
    if !fewest_needed(now.days) && !fewest_needed(before.days) {
        return Difference::TooFew;
    }
    let (left, right) =
        (u128::from(now.count) * u128::from(before.days), u128::from(before.count) * u128::from(now.days));
    match left.cmp(&right) {
        std::cmp::Ordering::Greater if is_rarely_so_many(now, before) => Difference::Higher,
        std::cmp::Ordering::Less if is_rarely_so_many(before, now) => Difference::Lower,
        _ => Difference::WithinChance,
    }
}

/// Compares two shares, each of its own divisor: Fisher's exact test, given how many there are of each kind in all.
///
/// ```
/// use redress_shared::measure::{Difference, Rate, compare_shares};
/// assert_eq!(compare_shares(Rate::new(46, 54), Rate::new(40, 54)), Difference::WithinChance);
/// assert_eq!(compare_shares(Rate::new(52, 54), Rate::new(38, 54)), Difference::Higher);
/// assert_eq!(compare_shares(Rate::new(1, 1), Rate::new(0, 1)), Difference::TooFew);
/// // All of both, however many or few: there is nothing that more of them would tell.
/// assert_eq!(compare_shares(Rate::new(22, 22), Rate::new(30, 30)), Difference::Same);
/// ```
#[must_use]
pub fn compare_shares(now: Rate, before: Rate) -> Difference {
    let with = now.numerator + before.numerator;
    if now.numerator > now.denominator
        || before.numerator > before.denominator
        || now.denominator == 0
        || before.denominator == 0
    {
        return Difference::TooFew;
    }
    if with == 0 || with == now.denominator + before.denominator {
        return Difference::Same;
    }
    let (all_now, all_before) = (now.denominator, before.denominator);
    if !most_is_rare(with, all_now, all_before) && !most_is_rare(with, all_before, all_now) {
        return Difference::TooFew;
    }
    let (left, right) = (
        u128::from(now.numerator) * u128::from(before.denominator),
        u128::from(before.numerator) * u128::from(now.denominator),
    );
    match left.cmp(&right) {
        std::cmp::Ordering::Greater if share_is_rare(now, before) => Difference::Higher,
        std::cmp::Ordering::Less if share_is_rare(before, now) => Difference::Lower,
        _ => Difference::WithinChance,
    }
}

/// Whether chance puts so many or more of all events here less often than once in twice [`ONCE_IN`] (the other half of the
/// rare outcomes lies on the other side).
fn is_rarely_so_many(here: Events, there: Events) -> bool {
    let all = here.count + there.count;
    let chances = choose(all, here.count)
        * BigUint::from(here.days).pow(exponent(here.count))
        * BigUint::from(there.days).pow(exponent(there.count));
    let total = BigUint::from(here.days + there.days).pow(exponent(all));
    tail_is_rare(chances, here.count..all, &total, |chances, count| {
        // One event more here and one fewer there.
        chances * (all - count) / (count + 1) * here.days / there.days
    })
}

/// As [`is_rarely_so_many`], for a share that is higher here.
fn share_is_rare(here: Rate, there: Rate) -> bool {
    let with = here.numerator + there.numerator;
    let most = with.min(here.denominator);
    let chances = choose(here.denominator, here.numerator) * choose(there.denominator, there.numerator);
    let total = choose(here.denominator + there.denominator, with);
    tail_is_rare(chances, here.numerator..most, &total, |chances, count| {
        let there_with = with - count;
        let moved_here = chances * (here.denominator - count) / (count + 1);
        moved_here * there_with / (there.denominator - there_with + 1)
    })
}

/// Whether it is rare that as many as can be of those `with` are here: of them all, or where there are more than that, of all that are
/// without none. Either is a product of shares, one for each of them, that can only become smaller: as a rule a few settle it.
fn most_is_rare(with: u64, here: u64, there: u64) -> bool {
    let all = here + there;
    let (drawn, among) = if with <= here { (with, here) } else { (all - with, there) };
    let (mut chance, mut whole) = (BigUint::from(2 * ONCE_IN), BigUint::from(1_u32));
    (0..drawn).any(|step| {
        chance *= among - step;
        whole *= all - step;
        chance < whole
    })
}

/// Adds up the chances from the outcome seen to the most extreme one. They fall from step to step, since the outcome seen
/// is above what was to be expected; so what is left is at most the last step times the steps left.
fn tail_is_rare(
    mut chances: BigUint,
    mut steps: std::ops::Range<u64>,
    total: &BigUint,
    next: impl Fn(BigUint, u64) -> BigUint,
) -> bool {
    let mut sum = chances.clone();
    loop {
        if &sum * (2 * ONCE_IN) >= *total {
            return false;
        }
        let left = steps.end - steps.start;
        if (&sum + &chances * left) * (2 * ONCE_IN) < *total {
            return true;
        }
        let Some(count) = steps.next() else { return true };
        chances = next(chances, count);
        sum += &chances;
    }
}

/// In how many ways so many can be chosen of all.
fn choose(all: u64, chosen: u64) -> BigUint {
    let chosen = chosen.min(all - chosen);
    (0..chosen).fold(BigUint::from(1_u32), |ways, step| ways * (all - step) / (step + 1))
}

/// Counts of complaints are far below the largest exponent there can be.
fn exponent(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::*;

    /// All chances of all outcomes, added up with nothing left out.
    fn plainly(now: u64, before: u64, days: (u64, u64)) -> bool {
        let all = now + before;
        let chance = |count: u64| {
            choose(all, count)
                * BigUint::from(days.0).pow(exponent(count))
                * BigUint::from(days.1).pow(exponent(all - count))
        };
        let tail: BigUint = (now..=all).map(chance).sum();
        tail * (2 * ONCE_IN) < (0..=all).map(chance).sum::<BigUint>()
    }

    #[test]
    fn the_line_lies_where_a_table_of_the_binomial_puts_it() {
        let over = |now, before, days| {
            compare_counts(Events { count: now, days }, Events { count: before, days: 90 })
        };
        // At equal lengths: P(X >= 8 of 8) = 1/256, both sides 1/128; P(X >= 15 of 18) = 0.0038, P(X >= 14 of 18) = 0.0154.
        assert_eq!(over(8, 0, 90), Difference::Higher);
        assert_eq!(over(7, 0, 90), Difference::TooFew);
        assert_eq!(over(15, 3, 90), Difference::Higher);
        assert_eq!(over(14, 4, 90), Difference::WithinChance);
        assert_eq!(over(3, 15, 90), Difference::Lower);
        // Twice the count in twice the time is no more at all.
        assert_eq!(over(60, 30, 180), Difference::WithinChance);
        assert_eq!(over(60, 30, 90), Difference::Higher);
        assert_eq!(over(0, 0, 90), Difference::TooFew);
        assert_eq!(over(900, 30, 0), Difference::TooFew);
    }

    #[test]
    fn the_line_lies_where_a_table_of_the_hypergeometric_puts_it() {
        let of = |with, all, with_before, all_before| {
            compare_shares(Rate::new(with, all), Rate::new(with_before, all_before))
        };
        // 10 of 10 against 4 of 10: one side C(10,10)·C(10,4)/C(20,14) = 210/38760 = 0.0054; 3 of 10: 120/77520 = 0.0015; 9 of 10
        // against 4 of 10, which make 13 as those do: (120 + C(10,9)·C(10,4))/77520 = 0.0286.
        assert_eq!(of(9, 10, 4, 10), Difference::WithinChance);
        // 14 of 20, shared out as unevenly as they can be: not rare enough, so that nothing could have been.
        assert_eq!(of(10, 10, 4, 10), Difference::TooFew);
        assert_eq!(of(10, 10, 3, 10), Difference::Higher);
        assert_eq!(of(3, 10, 10, 10), Difference::Lower);
        // All were in time in both periods: nothing could have differed.
        assert_eq!(of(40, 40, 35, 35), Difference::Same);
        assert_eq!(of(0, 40, 0, 35), Difference::Same);
        assert_eq!(of(0, 0, 35, 35), Difference::TooFew);
        assert_eq!(of(2, 3, 1, 3), Difference::TooFew);
    }

    #[test]
    fn a_large_landlord_does_not_wait() {
        let quarter = |count| Events { count, days: 91 };
        assert_eq!(compare_counts(quarter(5_000), quarter(4_900)), Difference::WithinChance);
        assert_eq!(compare_counts(quarter(5_000), quarter(4_600)), Difference::Higher);
        assert_eq!(compare_shares(Rate::new(4_500, 5_000), Rate::new(4_200, 5_000)), Difference::Higher);
    }

    proptest! {
        #[test]
        fn stopping_early_changes_no_answer(now in 0_u64..60, before in 0_u64..60, first in 1_u64..100, second in 1_u64..100) {
            let (here, there) = (Events { count: now, days: first }, Events { count: before, days: second });
            if now * second > before * first {
                assert_eq!(is_rarely_so_many(here, there), plainly(now, before, (first, second)));
            }
        }

        #[test]
        fn a_few_shares_settle_what_all_chances_say(with in 0_u64..60, here in 1_u64..40, there in 1_u64..40) {
            let with = with.min(here + there);
            let most = with.min(here);
            let rare = share_is_rare(Rate::new(most, here), Rate::new(with - most, there));
            assert_eq!(most_is_rare(with, here, there), rare);
        }

        /// Seen from the other period, higher is lower and the rest is the same.
        #[test]
        fn a_comparison_can_be_turned_round(a in 0_u64..40, more in 0_u64..40, b in 0_u64..40, others in 0_u64..40) {
            let (now, before) = (Rate::new(a, a + more), Rate::new(b, b + others));
            let turned = match compare_shares(before, now) {
                Difference::Higher => Difference::Lower,
                Difference::Lower => Difference::Higher,
                same => same,
            };
            assert_eq!(compare_shares(now, before), turned);
        }
    }
}

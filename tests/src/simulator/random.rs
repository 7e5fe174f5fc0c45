//! Chance that comes out the same every time: whole numbers from a seed, nothing from the machine.

/// SplitMix64: small, and the same on every machine.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The numbers of one case. Each case has its own, so that a case more or a step more changes no other case.
    #[must_use]
    pub fn of_case(seed: u64, landlord: &str, year: i32, number: u64) -> Self {
        let words = [seed, u64::from(year.unsigned_abs()), number];
        let bytes = words.iter().flat_map(|word| word.to_le_bytes()).chain(landlord.bytes());
        // FNV-1a: enough to set neighbours apart; SplitMix64 does the mixing.
        Self(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `first` to `last`, both included; `first` where `last` is below it.
    pub const fn between(&mut self, first: u64, last: u64) -> u64 {
        if last <= first {
            return first;
        }
        let span = last - first;
        // The bias of the remainder is one in billions for the small spans asked for here.
        if span == u64::MAX { self.next() } else { first + self.next() % (span + 1) }
    }

    /// True in so many cases of a thousand.
    pub const fn chance(&mut self, per_thousand: u64) -> bool {
        self.between(1, 1000) <= per_thousand
    }

    /// One of several, each as likely; nothing where there is none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let last = u64::try_from(items.len()).ok()?.checked_sub(1)?;
        items.get(usize::try_from(self.between(0, last)).ok()?)
    }

    /// One of several, each as likely as its weight says; nothing where all weights are 0.
    pub fn weigh<'a, T>(&mut self, items: &'a [(u64, T)]) -> Option<&'a T> {
        let all: u64 = items.iter().map(|(weight, _)| weight).sum();
        let mut left = self.between(1, all);
        items.iter().find_map(|(weight, item)| {
            if left <= *weight {
                return Some(item);
            }
            left -= weight;
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_same_case_has_the_same_numbers_and_its_neighbour_others() {
        let numbers = |number| {
            let mut random = Random::of_case(7, "hartlepool", 2025, number);
            (0..20).map(|_| random.between(0, 999_999)).collect::<Vec<u64>>()
        };
        assert_eq!(numbers(1), numbers(1));
        assert_ne!(numbers(1), numbers(2));
    }

    #[test]
    fn both_ends_come_up_and_nothing_beyond() {
        let mut random = Random::of_case(1, "bradford", 2025, 1);
        let drawn: std::collections::BTreeSet<u64> = (0..500).map(|_| random.between(3, 6)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<u64>>(), [3, 4, 5, 6]);
    }

    #[test]
    fn what_weighs_nothing_is_never_taken() {
        let mut random = Random::of_case(1, "bradford", 2025, 1);
        assert!((0..200).all(|_| random.weigh(&[(0, 'a'), (5, 'b'), (0, 'c')]) == Some(&'b')));
        assert_eq!(random.pick::<char>(&[]), None);
    }
}

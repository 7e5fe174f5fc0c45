//! Figures and how they are printed. Whole numbers throughout.

/// What a process took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Milliseconds by the clock.
    pub millis: u128,
    /// Milliseconds of all processors.
    pub processors: u128,
    /// The most memory that it held, in KiB.
    pub peak: u128,
}

impl Measured {
    /// Reads a process's own account: milliseconds, milliseconds of processors, KiB.
    pub fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split_whitespace().map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Self { millis: next()?, processors: next()?, peak: next()? })
    }

    /// As a line of a table.
    pub fn line(self) -> String {
        format!(
            "{:>8} s   processors busy {}   peak {:>6} MiB",
            seconds(self.millis),
            ratio(self.processors, self.millis),
            self.peak / 1024
        )
    }
}

/// `12.34`, cut and not rounded.
pub fn seconds(millis: u128) -> String {
    ratio(millis, 1_000)
}

/// `2.37`, cut and not rounded.
pub fn ratio(one: u128, other: u128) -> String {
    let hundredths = one * 100 / other.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

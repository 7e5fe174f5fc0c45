//! Figures and how they are printed. Whole numbers throughout.

use std::time::{Duration, Instant};

/// How long each of many requests took.
#[derive(Default)]
pub struct Times {
    all: Vec<Duration>,
    pub lasted: Duration,
}

impl Times {
    pub fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        self.all.push(begun.elapsed());
        done
    }

    pub fn of(parts: Vec<Self>, lasted: Duration) -> Self {
        let mut all: Vec<Duration> = parts.into_iter().flat_map(|part| part.all).collect();
        all.sort_unstable();
        Self { all, lasted }
    }

    pub fn count(&self) -> usize {
        self.all.len()
    }

    pub fn per_second(&self) -> u64 {
        per_second(self.all.len(), self.lasted)
    }

    /// The time that so many in a hundred did not exceed.
    pub fn percentile(&self, percent: usize) -> Duration {
        let last = self.all.len().saturating_sub(1);
        self.all.get(last * percent / 100).copied().unwrap_or_default()
    }

    pub fn line(&self, what: &str) -> String {
        let (middle, most) = (self.percentile(50), self.percentile(99));
        format!(
            "{what:<44} {:>7}/s   p50 {:>8}   p99 {:>8}   p99/p50 {}",
            self.per_second(),
            shown(middle),
            shown(most),
            ratio(most.as_micros(), middle.as_micros()),
        )
    }
}

/// How much of the processors' time a process has used, in microseconds, by the kernel's account of it.
pub fn used(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    // Of the fields after the name, user and system time are the 12th and 13th, in hundredths of a second.
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10_000
}

pub fn per_second(count: usize, lasted: Duration) -> u64 {
    let micros = lasted.as_micros().max(1);
    u64::try_from(count as u128 * 1_000_000 / micros).unwrap_or(u64::MAX)
}

pub fn shown(time: Duration) -> String {
    let micros = time.as_micros();
    if micros < 10_000 { format!("{micros} us") } else { format!("{} ms", micros / 1000) }
}

/// `2.37`, cut and not rounded.
pub fn ratio(one: u128, other: u128) -> String {
    let hundredths = one * 100 / other.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

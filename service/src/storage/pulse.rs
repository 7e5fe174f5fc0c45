//! How the writing goes: how much waits, how many share a commit, and whether the one who writes still does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

/// How long the writer may be at one transaction before it counts as stuck: far beyond what a busy database or a slow disk takes.
const STUCK: Duration = Duration::from_secs(60);

/// A writer's pulse; clones are of the same writer.
#[derive(Debug, Clone)]
pub struct Pulse {
    /// The pieces of work that wait or are being done.
    pub waiting: Gauge,
    /// How many pieces of work shared a commit. On PostgreSQL always one: it shares commits by itself.
    pub shared: Histogram,
    origin: Instant,
    /// When the transaction at hand began, in milliseconds since the origin, and one more; 0 where there is none.
    begun: Arc<AtomicU64>,
    gone: Arc<AtomicBool>,
}

impl Default for Pulse {
    fn default() -> Self {
        Self {
            waiting: Gauge::default(),
            shared: Histogram::new([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0]),
            origin: Instant::now(),
            begun: Arc::default(),
            gone: Arc::default(),
        }
    }
}

impl Pulse {
    /// Whether writing can be expected to go on.
    #[must_use]
    pub fn beats(&self) -> bool {
        let begun = self.begun.load(Ordering::Relaxed);
        let stuck = begun > 0
            && self.now().saturating_sub(begun) > u64::try_from(STUCK.as_millis()).unwrap_or(u64::MAX);
        !stuck && !self.gone.load(Ordering::Relaxed)
    }

    /// A transaction begins.
    pub(super) fn begins(&self) {
        self.begun.store(self.now(), Ordering::Relaxed);
    }

    /// So many pieces of work have been done and answered.
    pub(super) fn ended(&self, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.waiting.dec_by(i64::from(count));
        self.shared.observe(f64::from(count));
        self.begun.store(0, Ordering::Relaxed);
    }

    /// What says that the writer has gone, when it is dropped.
    pub(super) fn last_beat(&self) -> LastBeat {
        LastBeat(self.gone.clone())
    }

    fn now(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }
}

/// See [`Pulse::last_beat`].
pub(super) struct LastBeat(Arc<AtomicBool>);

impl Drop for LastBeat {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::{Ordering, Pulse};

    #[test]
    fn a_writer_that_is_gone_or_at_one_thing_for_too_long_has_no_pulse() {
        let pulse = Pulse::default();
        assert!(pulse.beats());
        pulse.begins();
        assert!(pulse.beats());
        let long_ago = std::time::Instant::now().checked_sub(super::STUCK * 2);
        if let Some(origin) = long_ago {
            let stuck = Pulse { origin, ..pulse.clone() };
            stuck.begun.store(1, Ordering::Relaxed);
            assert!(!stuck.beats());
            pulse.waiting.inc();
            stuck.ended(1);
            assert!(stuck.beats());
        }
        drop(pulse.last_beat());
        assert!(!pulse.beats());
    }
}

//! What a run is doing, on a terminal: a bar that is written over and is gone at the end. Elsewhere nothing is said.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Where the steps of a run are shown.
#[derive(Debug, Clone, Default)]
pub struct Steps(Option<ProgressBar>);

impl Steps {
    /// On stderr, where that is a terminal.
    #[must_use]
    pub fn on_stderr() -> Self {
        // How much is to come is not known at first.
        let plain = || {
            ProgressStyle::with_template("{wide_msg} {elapsed}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner())
        };
        Self(std::io::stderr().is_terminal().then(|| ProgressBar::no_length().with_style(plain())))
    }

    /// So many landlords, or rows, are to come.
    pub(super) fn begin(&self, all: usize) {
        let Some(bar) = &self.0 else { return };
        // A template that does not read would only look plainer.
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
        bar.set_position(0);
        bar.enable_steady_tick(Duration::from_millis(200));
    }

    /// So many rows have arrived.
    pub(super) fn rows(&self, rows: usize) {
        if let Some(bar) = &self.0 {
            bar.inc(u64::try_from(rows).unwrap_or(0));
        }
    }

    /// What is being done.
    pub(super) fn doing(&self, what: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(what.to_owned());
        }
    }

    /// One landlord is done, well or not.
    pub(super) fn one_done(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    /// Says something else meanwhile, without the bar in between.
    pub(super) fn aside<T>(&self, say: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

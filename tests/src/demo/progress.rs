//! How far the demo has come, on stderr: bars on a terminal, a line for each thing done elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Where progress goes.
#[derive(Debug, Clone)]
pub enum Progress {
    /// Nowhere.
    Silent,
    /// A bar for each thing.
    Bars(MultiProgress),
    /// A line for each thing begun and done.
    Lines,
}

/// The progress of one thing.
pub struct Bar {
    name: String,
    length: u64,
    bar: Option<ProgressBar>,
    lines: bool,
}

impl Progress {
    /// What suits stderr.
    #[must_use]
    pub fn of_stderr() -> Self {
        if std::io::stderr().is_terminal() { Self::Bars(MultiProgress::new()) } else { Self::Lines }
    }

    /// The progress of a thing of so many steps.
    #[must_use]
    pub fn bar(&self, name: &str, length: u64) -> Bar {
        let bar = match self {
            Self::Bars(all) => {
                let bar = all.add(ProgressBar::new(length).with_message(name.to_owned()));
                // A template that does not read would only look plainer.
                if let Ok(style) = ProgressStyle::with_template("{msg:18} {bar:40} {pos:>4}/{len} {elapsed}")
                {
                    bar.set_style(style);
                }
                bar.enable_steady_tick(Duration::from_millis(200));
                Some(bar)
            }
            Self::Silent | Self::Lines => None,
        };
        let bar = Bar { name: name.to_owned(), length, bar, lines: matches!(self, Self::Lines) };
        bar.line("begun");
        bar
    }
}

impl Bar {
    /// One step further.
    pub fn step(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// All done.
    pub fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish();
        }
        self.line("done");
    }

    fn line(&self, what: &str) {
        if self.lines {
            // Progress that nobody can read is no reason to stop.
            let _ = writeln!(std::io::stderr(), "{}: {what} ({})", self.name, self.length);
        }
    }
}

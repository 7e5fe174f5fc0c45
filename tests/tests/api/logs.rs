//! Everything that the service logs in this process, at every level.

use std::io::Write;
use std::sync::{Mutex, OnceLock};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static CAPTURED: OnceLock<()> = OnceLock::new();

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Begins to keep what is logged, spans and their fields included.
pub fn capture() {
    CAPTURED.get_or_init(|| {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("trace"))
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(|| Lines)
            .init();
    });
}

/// What has been logged so far.
pub fn so_far() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}

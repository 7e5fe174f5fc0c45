//! The log: what is written of a request, and how.
//!
//! A line holds ids, codes and figures. Addresses as they were asked for, queries, headers and bodies are never written, as each can hold
//! a name, a reference or a secret.

use actix_web::http::StatusCode;
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::settings::Settings;

/// What is known of a request by the time it is answered.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The operation's address, with its parameters in braces.
    pub route: Option<&'static str>,
    /// What is done, where a command is given.
    pub command: Option<&'static str>,
    /// Whether the answer was given before.
    pub replayed: bool,
    /// Whether it is a probe's, of which there are too many to write each down.
    pub probe: bool,
    /// Whose key it is.
    pub landlord: Option<String>,
    /// What the key is recognised by; `token` for somebody else's.
    pub key: Option<String>,
    /// The case.
    pub case: Option<String>,
}

/// The methods that are told apart; any other word is one of the caller's.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The method, as far as it is one.
#[must_use]
pub fn method(method: &str) -> &'static str {
    METHODS.into_iter().find(|known| *known == method).unwrap_or("other")
}

/// Writes the one line of a request.
pub fn answered(id: &str, method: &str, seen: &Seen, status: StatusCode, took: Duration, code: Option<&str>) {
    let route = seen.route.unwrap_or("none");
    let (landlord, case, key) = (seen.landlord.as_deref(), seen.case.as_deref(), seen.key.as_deref());
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let status = status.as_u16();
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                request_id = id,
                method,
                route,
                status,
                duration_ms,
                landlord,
                case,
                key,
                code,
                "answered"
            )
        };
    }
    match (status, seen.probe) {
        (500.., _) => line!(warn),
        (_, true) => line!(debug),
        _ => line!(info),
    }
}

/// Leaves out what actix calls an error and is a caller's fault: a head that is too big (431) or no HTTP (400). It never reaches us, and
/// whoever likes could fill the log with it.
struct CallersFaults;

impl<S: Subscriber> Layer<S> for CallersFaults {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        if event.metadata().target() != "actix_http::h1::dispatcher" {
            return true;
        }
        let mut unreadable = Unreadable(false);
        event.record(&mut unreadable);
        !unreadable.0
    }
}

/// Whether an event says that a request cannot be read.
struct Unreadable(bool);

impl Visit for Unreadable {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0 |= field.name() == "message"
            && format!("{value:?}").starts_with("stream error: request parse error");
    }
}

/// Begins to write the log, to stderr. A panic is a line of it too: where it was, and never its message, which may hold anything.
pub fn begin(settings: &Settings) {
    let log = tracing_subscriber::fmt().with_env_filter(settings.log_filter()).with_writer(std::io::stderr);
    if settings.logs_json() {
        let json = log.json().flatten_event(true).with_current_span(true).with_span_list(false);
        json.finish().with(CallersFaults).init();
    } else {
        log.finish().with(CallersFaults).init();
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let thread = std::thread::current().name().unwrap_or("unnamed").to_owned();
        tracing::error!(place, thread, "panicked");
    }));
}

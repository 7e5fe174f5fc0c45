//! The figures: what has been asked and answered since the start. No label holds what a caller wrote, so that their number has an end.

use std::time::Duration;

use actix_web::http::StatusCode;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::log::Seen;
use crate::problem::Problem;
use crate::storage::Database;
use crate::webhooks::Outcome;

/// Which requests.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Requests {
    route: &'static str,
    method: &'static str,
    status: u16,
}

/// Which durations.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Durations {
    route: &'static str,
    method: &'static str,
}

/// Which decisions.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Decisions {
    command: &'static str,
    outcome: &'static str,
}

/// Which duty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Dutiful {
    duty: &'static str,
}

/// What came of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Delivered {
    outcome: &'static str,
}

/// Which code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Coded {
    code: String,
}

type Durationed = Family<Durations, Histogram, fn() -> Histogram>;

/// What is counted; clones count to the same sum.
#[derive(Debug, Clone)]
pub struct Metrics {
    requests: Family<Requests, Counter>,
    durations: Durationed,
    decisions: Family<Decisions, Counter>,
    refusals: Family<Coded, Counter>,
    problems: Family<Coded, Counter>,
    panics: Counter,
    duties_failed: Family<Dutiful, Counter>,
    deliveries: Family<Delivered, Counter>,
    in_flight: Gauge,
}

/// From half a millisecond, which is a read, to ten seconds, which is past all patience.
const SECONDS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

impl Default for Metrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            decisions: Family::default(),
            refusals: Family::default(),
            problems: Family::default(),
            panics: Counter::default(),
            duties_failed: Family::default(),
            deliveries: Family::default(),
            in_flight: Gauge::default(),
        }
    }
}

/// A request that is being answered; it counts as such until this is dropped.
pub struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// A request comes in.
    #[must_use]
    pub fn enter(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// A request has been answered.
    pub fn answered(
        &self,
        method: &'static str,
        seen: &Seen,
        status: StatusCode,
        took: Duration,
        problem: Option<&Problem>,
    ) {
        let route = seen.route.unwrap_or("none");
        let status = status.as_u16();
        self.requests.get_or_create(&Requests { route, method, status }).inc();
        self.durations.get_or_create(&Durations { route, method }).observe(took.as_secs_f64());
        if let Some(problem) = problem {
            let coded = Coded { code: problem.code().to_owned() };
            let codes = if problem.is_refusal() { &self.refusals } else { &self.problems };
            codes.get_or_create(&coded).inc();
        }
        if let Some(command) = seen.command {
            let outcome = match problem {
                None if seen.replayed => "replayed",
                None => "done",
                Some(problem) if problem.is_refusal() => "refused",
                Some(_) if status >= 500 => "failed",
                Some(_) => "rejected",
            };
            self.decisions.get_or_create(&Decisions { command, outcome }).inc();
        }
    }

    /// A handler has panicked.
    pub fn panicked(&self) {
        self.panics.inc();
    }

    /// A round of something that the service does by itself has failed.
    pub fn duty_failed(&self, duty: &'static str) {
        self.duties_failed.get_or_create(&Dutiful { duty }).inc();
    }

    /// A delivery to a webhook was tried.
    pub fn delivered(&self, outcome: Outcome) {
        let outcome = match outcome {
            Outcome::Delivered(_) => "delivered",
            Outcome::Gone => "gone",
            Outcome::Failed { trouble, .. } => trouble.as_str(),
        };
        self.deliveries.get_or_create(&Delivered { outcome }).inc();
    }

    /// Puts the figures, and those of the writer, where they are read.
    pub fn register(&self, registry: &mut Registry, database: &Database) {
        let pulse = database.writer().pulse();
        registry.register("requests", "Requests answered", self.requests.clone());
        registry.register_with_unit(
            "request_duration",
            "How long requests took to be answered",
            Unit::Seconds,
            self.durations.clone(),
        );
        registry.register("requests_in_flight", "Requests being answered", self.in_flight.clone());
        registry.register(
            "decisions",
            "Commands, by what came of them: done, also where nothing was to be changed, replayed, refused by the rules, rejected as a request, failed",
            self.decisions.clone(),
        );
        registry.register("refusals", "Commands that the rules refused, by code", self.refusals.clone());
        registry.register(
            "problems",
            "Requests that were not answered as asked, by code",
            self.problems.clone(),
        );
        registry.register("panics", "Requests that ended in a panic", self.panics.clone());
        registry.register(
            "duty_rounds_failed",
            "Rounds of what the service does by itself that failed, and are gone again",
            self.duties_failed.clone(),
        );
        registry.register(
            "webhook_attempts",
            "Deliveries to webhooks that were tried, by what came of it",
            self.deliveries.clone(),
        );
        registry.register(
            "writes_waiting",
            "Writes that wait for their turn or are being done",
            pulse.waiting.clone(),
        );
        registry.register(
            "commit_share",
            "How many writes shared a commit; failed ones count too",
            pulse.shared.clone(),
        );
        registry.register("build", "The program", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
    }
}

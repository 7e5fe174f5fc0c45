//! Every setting: its key, its variable, and what may stand there.

use tracing_subscriber::EnvFilter;

use super::reader::Reader;
use super::{
    Calendar, Database, Documents, Duties, Http, Letters, Log, LogFormat, Oidc, Operations, Retention, Rules,
    Settings, Timers,
};
use crate::access::oidc;
use crate::documents::{DocumentLimits, StoreSettings};
use crate::http::limits::Limits;
use crate::webhooks;

/// The variable of each setting that has one; who issues tokens is set in the file alone.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    ("REDRESS_LISTEN", "http.listen"),
    ("REDRESS_WORKERS", "http.workers"),
    ("REDRESS_DRAIN_SECONDS", "http.drain_seconds"),
    ("REDRESS_DRAIN_NOTICE_SECONDS", "http.drain_notice_seconds"),
    ("REDRESS_OPERATIONS_LISTEN", "operations.listen"),
    ("REDRESS_DATABASE_URL", "database.url"),
    ("REDRESS_CONNECTIONS", "database.connections"),
    ("REDRESS_POLICIES", "rules.policies"),
    ("REDRESS_LETTER_TEMPLATES", "letters.templates"),
    ("REDRESS_RATE_PER_SECOND", "limits.rate_per_second"),
    ("REDRESS_BURST", "limits.burst"),
    ("REDRESS_REQUESTS_AT_ONCE", "limits.requests_at_once"),
    ("REDRESS_HEAD_SECONDS", "limits.head_seconds"),
    ("REDRESS_KEEP_ALIVE_SECONDS", "limits.keep_alive_seconds"),
    ("REDRESS_DUTIES", "duties.run"),
    ("REDRESS_WEBHOOKS_ALLOW_PRIVATE", "webhooks.allow_private"),
    ("REDRESS_WEBHOOKS_PUBLIC_URL", "webhooks.public_url"),
    ("REDRESS_WEBHOOKS_TIMEOUT_SECONDS", "webhooks.timeout_seconds"),
    ("REDRESS_WEBHOOKS_AT_ONCE", "webhooks.at_once"),
    ("REDRESS_WEBHOOKS_AT_ONCE_EACH", "webhooks.at_once_each"),
    ("REDRESS_DUE_SOON", "timers.due_soon"),
    ("REDRESS_CALENDAR_FEED_URL", "calendar.feed_url"),
    ("REDRESS_CALENDAR_EVERY_HOURS", "calendar.every_hours"),
    ("REDRESS_CALENDAR_WARN_MONTHS", "calendar.warn_months"),
    ("REDRESS_DOCUMENTS", "documents.store"),
    ("REDRESS_DOCUMENTS_ENDPOINT", "documents.endpoint"),
    ("REDRESS_DOCUMENTS_REGION", "documents.region"),
    ("REDRESS_DOCUMENT_MIB", "documents.file_mib"),
    ("REDRESS_DOCUMENTS_OF_CASE_MIB", "documents.case_mib"),
    ("REDRESS_DOCUMENTS_OF_CASE", "documents.files_per_case"),
    ("REDRESS_DOCUMENT_SECONDS", "documents.upload_seconds"),
    ("REDRESS_DOCUMENTS_STRAY_DAYS", "documents.stray_days"),
    ("REDRESS_RETENTION_YEARS", "retention.years"),
    ("REDRESS_RETENTION_APPLY", "retention.apply"),
    ("REDRESS_LOG_FORMAT", "log.format"),
    ("REDRESS_LOG_FILTER", "log.filter"),
];

impl Settings {
    /// Reads every setting; what is wrong is noted, and counts as not set.
    pub(super) fn read(reader: &mut Reader) -> Self {
        let unset = Self::default();
        Self {
            http: Http::read(reader, &unset.http),
            operations: Operations::read(reader, &unset.operations),
            database: Database {
                url: reader.parsed("database.url", unset.database.url),
                connections: reader.number("database.connections", 1..=1000, unset.database.connections),
            },
            rules: Rules { policies: reader.text("rules.policies", None).map(Into::into) },
            letters: Letters { templates: reader.text("letters.templates", None).map(Into::into) },
            limits: limits(reader, &unset.limits),
            log: Log::read(reader, &unset.log),
            duties: Duties { run: reader.flag("duties.run", unset.duties.run) },
            calendar: Calendar {
                feed_url: reader.parsed("calendar.feed_url", unset.calendar.feed_url),
                every_hours: reader.number("calendar.every_hours", 1..=720, unset.calendar.every_hours),
                warn_months: reader.number("calendar.warn_months", 0..=120, unset.calendar.warn_months),
            },
            timers: Timers { due_soon: reader.parsed("timers.due_soon", unset.timers.due_soon) },
            documents: Documents::read(reader, &unset.documents),
            retention: Retention {
                years: reader.number("retention.years", 1..=100, unset.retention.years),
                apply: reader.flag("retention.apply", unset.retention.apply),
            },
            oidc: Oidc { issuers: reader.list::<oidc::Issuer>("oidc.issuers") },
            webhooks: webhooks(reader, &unset.webhooks),
        }
    }
}

impl Http {
    fn read(reader: &mut Reader, unset: &Self) -> Self {
        let listen = reader.text("http.listen", Some(&unset.listen)).unwrap_or_default();
        if !is_host_and_port(&listen) {
            reader.wrong("http.listen", HOST_AND_PORT.to_owned());
        }
        Self {
            listen,
            workers: reader.number("http.workers", 1..=256, unset.workers),
            drain_seconds: reader.number("http.drain_seconds", 0..=600, unset.drain_seconds),
            drain_notice_seconds: reader.number(
                "http.drain_notice_seconds",
                0..=600,
                unset.drain_notice_seconds,
            ),
        }
    }
}

impl Operations {
    fn read(reader: &mut Reader, unset: &Self) -> Self {
        let listen = reader.text("operations.listen", unset.listen.as_deref());
        if listen.as_deref().is_some_and(|listen| !is_host_and_port(listen)) {
            reader.wrong("operations.listen", format!("{HOST_AND_PORT}, or be empty"));
        }
        Self { listen }
    }
}

impl Documents {
    fn read(reader: &mut Reader, unset: &Self) -> Self {
        const MIB: u64 = 1024 * 1024;
        let mut mib = |key, unset: u64| {
            u64::from(reader.number::<u32>(
                key,
                1..=1_000_000,
                u32::try_from(unset / MIB).unwrap_or(u32::MAX),
            )) * MIB
        };
        let (file, case) =
            (mib("documents.file_mib", unset.limits.file), mib("documents.case_mib", unset.limits.case));
        let seconds = u32::try_from(unset.limits.within.as_secs()).unwrap_or(u32::MAX);
        let seconds = reader.number::<u32>("documents.upload_seconds", 1..=86_400, seconds);
        Self {
            store: StoreSettings {
                address: reader.parsed("documents.store", unset.store.address.clone()),
                endpoint: reader.text("documents.endpoint", None),
                region: reader.text("documents.region", None),
            },
            limits: DocumentLimits {
                file,
                case,
                count: reader.number("documents.files_per_case", 1..=100_000, unset.limits.count),
                within: std::time::Duration::from_secs(u64::from(seconds)),
            },
            stray_days: reader.number("documents.stray_days", 1..=3650, unset.stray_days),
        }
    }
}

impl Log {
    fn read(reader: &mut Reader, unset: &Self) -> Self {
        let filter = reader.text("log.filter", Some(&unset.filter)).unwrap_or_default();
        if EnvFilter::builder().parse(&filter).is_err() || filter.is_empty() {
            let allowed =
                "error, warn, info, debug, trace, or off, also by module: info,redress_service=debug";
            reader.wrong("log.filter", format!("must be {allowed}"));
        }
        Self { format: reader.parsed("log.format", unset.format), filter }
    }
}

impl std::str::FromStr for LogFormat {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("must be `text` or `json`"),
        }
    }
}

impl std::fmt::Display for LogFormat {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

fn limits(reader: &mut Reader, unset: &Limits) -> Limits {
    use std::time::Duration;
    let mut seconds = |key, unset: Duration| {
        let unset = u32::try_from(unset.as_secs()).unwrap_or(u32::MAX);
        Duration::from_secs(u64::from(reader.number::<u32>(key, 1..=3600, unset)))
    };
    let head_within = seconds("limits.head_seconds", unset.head_within);
    let keep_alive = seconds("limits.keep_alive_seconds", unset.keep_alive);
    let at_once = u32::try_from(unset.at_once).unwrap_or(u32::MAX);
    let at_once = reader.number::<u32>("limits.requests_at_once", 1..=100_000, at_once);
    Limits {
        at_once: usize::try_from(at_once).unwrap_or(usize::MAX),
        sustained: reader.number("limits.rate_per_second", 1..=1_000_000, unset.sustained),
        burst: reader.number("limits.burst", 1..=1_000_000, unset.burst),
        head_within,
        keep_alive,
    }
}

fn webhooks(reader: &mut Reader, unset: &webhooks::Settings) -> webhooks::Settings {
    use std::time::Duration;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let allow_private = reader.words("webhooks.allow_private");
    let public_url = reader.text("webhooks.public_url", None);
    let is_address = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    if public_url.as_deref().is_some_and(|url| !is_address(url)) {
        reader.wrong("webhooks.public_url", "must begin with https:// or http://, or be empty".to_owned());
    }
    let seconds = u32::try_from(unset.timeout.as_secs()).unwrap_or(u32::MAX);
    let seconds = reader.number::<u32>("webhooks.timeout_seconds", 1..=30, seconds);
    let at_once = reader.number::<u32>("webhooks.at_once", 1..=10_000, count(unset.at_once));
    let each = reader.number::<u32>("webhooks.at_once_each", 1..=1000, count(unset.at_once_each));
    webhooks::Settings {
        allow_private,
        public_url,
        timeout: Duration::from_secs(u64::from(seconds)),
        at_once: usize::try_from(at_once).unwrap_or(usize::MAX),
        at_once_each: usize::try_from(each).unwrap_or(usize::MAX),
    }
}

const HOST_AND_PORT: &str = "must be a host and a port, such as 127.0.0.1:8080 or [::1]:8080";

fn is_host_and_port(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(host, port)| {
        let bracketed = host.starts_with('[') && host.ends_with(']');
        !host.is_empty() && (bracketed || !host.contains(':')) && port.parse::<u16>().is_ok()
    })
}

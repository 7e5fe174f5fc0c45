//! How things stand at the moment: counted in the database when somebody asks, and not more often than every ten seconds.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::NullableExpressionMethods;
use diesel::dsl::{count_star, min};
use diesel::prelude::{QueryDsl, RunQueryDsl};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use redress_shared::calendar::{Calendar, london};

use crate::storage::calendars;
use crate::storage::overdue::{overdue, today};
use crate::storage::schema::{case_deadlines, feed_heads, feed_waiting, landlords};
use crate::storage::webhooks::deliveries;
use crate::storage::{Connection, Database, StorageError};

/// How long what was counted is good for.
const FRESH: Duration = Duration::from_secs(10);

/// Whose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Of {
    landlord: String,
}

/// By landlord.
type ByLandlord = Family<Of, Gauge>;

/// How things stand.
#[derive(Debug, Default)]
pub struct Standing {
    counted: Option<Instant>,
    due: ByLandlord,
    overdue: ByLandlord,
    head: ByLandlord,
    waiting: ByLandlord,
    oldest: Gauge<u64, AtomicU64>,
    deliveries: ByLandlord,
    held: ByLandlord,
    oldest_delivery: Gauge<u64, AtomicU64>,
    calendar_age: Gauge<u64, AtomicU64>,
    calendar_ends: Gauge,
    reachable: Gauge,
    connections: Gauge<u64, AtomicU64>,
    idle: Gauge<u64, AtomicU64>,
}

impl Standing {
    /// Puts the figures where they are read.
    pub fn register(&self, registry: &mut Registry) {
        let by_landlord = [
            ("deadlines_due", "Deadlines and promises to keep, their time not over yet", &self.due),
            ("deadlines_overdue", "Deadlines and promises not kept, their time over", &self.overdue),
            ("feed_head", "The number of the feed's last event", &self.head),
            ("feed_waiting", "Events that have no number in the feed yet", &self.waiting),
            ("webhook_deliveries_open", "Deliveries to webhooks that are to be made", &self.deliveries),
            (
                "webhook_deliveries_held",
                "Deliveries to webhooks that are disabled: none is made before somebody enables them",
                &self.held,
            ),
        ];
        for (name, help, family) in by_landlord {
            registry.register(name, help, family.clone());
        }
        registry.register_with_unit(
            "feed_oldest_waiting",
            "Since when the oldest event waits that has no number yet; 0 where none waits",
            Unit::Seconds,
            self.oldest.clone(),
        );
        registry.register_with_unit(
            "webhook_oldest_open",
            "Since when the oldest event waits that is to be delivered to a webhook that is not disabled; 0 where none does",
            Unit::Seconds,
            self.oldest_delivery.clone(),
        );
        registry.register_with_unit(
            "calendar_age",
            "Since when the bank holidays that are known are not known to be all that there are",
            Unit::Seconds,
            self.calendar_age.clone(),
        );
        registry.register(
            "calendar_ends_on",
            "The end of the last day of which the bank holidays are known, in seconds since 1970",
            self.calendar_ends.clone(),
        );
        let help = "1 where the last count of these figures went well; where 0, they are older ones";
        registry.register("database_reachable", help, self.reachable.clone());
        registry.register("database_connections", "Connections that are open", self.connections.clone());
        registry.register("database_connections_idle", "Connections that nobody uses", self.idle.clone());
    }

    /// Counts again, where that was long enough ago.
    ///
    /// # Errors
    /// When the database fails; the figures stay as they were.
    pub fn count(
        &mut self,
        database: &Database,
        calendar: &Calendar,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let (open, idle) = database.pool();
        self.connections.set(u64::from(open));
        self.idle.set(u64::from(idle));
        self.calendar_ends.set(london::end_of_day(calendar.coverage().last_day()).timestamp());
        let counted = self.count_anew(database, now);
        self.reachable.set(i64::from(counted.is_ok()));
        counted
    }

    fn count_anew(&mut self, database: &Database, now: DateTime<Utc>) -> Result<(), StorageError> {
        if self.counted.is_some_and(|counted| counted.elapsed() < FRESH) {
            return Ok(());
        }
        let connection = &mut *database.connection()?;
        let (due, overdue) = deadlines(connection, now)?;
        let heads = feed_heads::table.select((feed_heads::landlord_id, feed_heads::last)).load(connection)?;
        let (waiting, oldest) = waiting(connection)?;
        let deliveries = deliveries::standing(connection)?;
        let known: Vec<String> = landlords::table.select(landlords::id).load(connection)?;
        for (family, counts) in [
            (&self.due, due),
            (&self.overdue, overdue),
            (&self.head, heads),
            (&self.waiting, waiting),
            (&self.deliveries, deliveries.to_make),
            (&self.held, deliveries.held),
        ] {
            set(family, &known, counts);
        }
        self.oldest.set(age(oldest, now));
        self.oldest_delivery.set(age(deliveries.oldest, now));
        let known_good = calendars::known_good_at(connection)?;
        self.calendar_age.set(age(known_good.map(|at| at.naive_utc()), now));
        self.counted = Some(Instant::now());
        Ok(())
    }
}

/// How many seconds ago that was.
fn age(oldest: Option<NaiveDateTime>, now: DateTime<Utc>) -> u64 {
    let age = oldest.map_or(0, |oldest| (now.naive_utc() - oldest).num_seconds());
    u64::try_from(age).unwrap_or(0)
}

/// A landlord of whom nothing is counted has none, which is a figure too.
fn set(family: &ByLandlord, known: &[String], counts: Vec<(String, i64)>) {
    for landlord in known {
        family.get_or_create(&Of { landlord: landlord.clone() }).set(0);
    }
    for (landlord, count) in counts {
        family.get_or_create(&Of { landlord }).set(count);
    }
}

type Counts = Vec<(String, i64)>;

/// What is due and what is overdue. Only what is owed has a row, so that closed cases do not count.
fn deadlines(connection: &mut Connection, now: DateTime<Utc>) -> Result<(Counts, Counts), StorageError> {
    let all: Counts = case_deadlines::table
        .group_by(case_deadlines::landlord_id)
        .select((case_deadlines::landlord_id, count_star()))
        .load(connection)?;
    let overdue: Counts = case_deadlines::table
        .filter(overdue(now.naive_utc(), today(now)).assume_not_null())
        .group_by(case_deadlines::landlord_id)
        .select((case_deadlines::landlord_id, count_star()))
        .load(connection)?;
    let over: BTreeMap<&str, i64> =
        overdue.iter().map(|(landlord, count)| (landlord.as_str(), *count)).collect();
    let due = all.into_iter().map(|(landlord, count)| {
        let over = over.get(landlord.as_str()).copied().unwrap_or(0);
        (landlord, count - over)
    });
    let due = due.collect();
    Ok((due, overdue))
}

/// What waits for its number, and since when the oldest does.
fn waiting(connection: &mut Connection) -> Result<(Counts, Option<NaiveDateTime>), StorageError> {
    let counts = feed_waiting::table
        .group_by(feed_waiting::landlord_id)
        .select((feed_waiting::landlord_id, count_star()))
        .load(connection)?;
    let oldest = feed_waiting::table.select(min(feed_waiting::recorded_at)).first(connection)?;
    Ok((counts, oldest))
}

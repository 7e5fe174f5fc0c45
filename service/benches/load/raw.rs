//! What the database itself can do: the same rows in the same tables, written by prepared statements and nothing else.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use diesel::prelude::{BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl};
use diesel::query_builder::AsChangeset;
use redress_service::storage::prepared::update;
use redress_service::storage::schema::{
    case_deadlines, case_events, case_records, case_stages, cases, feed_waiting, kept_answers,
};
use redress_service::storage::write::once;
use redress_service::storage::{Address, Connection, StorageError};
use redress_service::{kept, on};

use super::figures::per_second;

/// How long what is written is, on average, in bytes: as found in the database that the service has written.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    pub event: usize,
    pub answer: usize,
    pub record: usize,
}

/// Commits a second, from a connection for each of these cases of a landlord: each commit has the rows of one step of a case's life.
pub fn rate(address: &Address, cases: &[String], lasts: Duration, sizes: Sizes) -> u64 {
    let barrier = Barrier::new(cases.len());
    let begun = Instant::now();
    let done: usize = std::thread::scope(|scope| {
        let writers: Vec<_> =
            cases.iter().map(|case| scope.spawn(|| writes(address, case, &barrier, lasts, sizes))).collect();
        writers.into_iter().map(|writer| writer.join().expect("a writer")).sum()
    });
    per_second(done, begun.elapsed())
}

fn writes(address: &Address, case: &str, barrier: &Barrier, lasts: Duration, sizes: Sizes) -> usize {
    let mut connection = Connection::open(address).expect("the database");
    let first = next_sequence(&mut connection, case);
    barrier.wait();
    let begun = Instant::now();
    let mut done = 0;
    while begun.elapsed() < lasts {
        let sequence = first + i32::try_from(done).expect("few enough");
        match once(&mut connection, &|connection: &mut Connection| step(connection, case, sequence, sizes)) {
            Ok(()) => done += 1,
            Err(error) if error.is_busy() => {}
            Err(error) => panic!("{error}"),
        }
    }
    done
}

/// Steps a second where one connection commits this many of them at once: what sharing commits can come to.
pub fn shared(address: &Address, case: &str, lasts: Duration, sizes: Sizes, share: i32) -> u64 {
    let mut connection = Connection::open(address).expect("the database");
    let mut next = next_sequence(&mut connection, case);
    let first = next;
    let begun = Instant::now();
    while begun.elapsed() < lasts {
        let all = |connection: &mut Connection| {
            (next..next + share).try_for_each(|sequence| step(connection, case, sequence, sizes))
        };
        once(&mut connection, &all).expect("the database");
        next += share;
    }
    per_second(usize::try_from(next - first).expect("more"), begun.elapsed())
}

fn next_sequence(connection: &mut Connection, case: &str) -> i32 {
    let last: Option<i32> = case_events::table
        .filter(case_events::case_id.eq(case))
        .select(diesel::dsl::max(case_events::sequence))
        .first(connection)
        .expect("the database");
    last.unwrap_or(0) + 1
}

/// What the service has written, on average.
pub fn sizes(address: &Address) -> Sizes {
    let mut connection = Connection::open(address).expect("the database");
    let mean = |bodies: Vec<String>| bodies.iter().map(String::len).sum::<usize>() / bodies.len().max(1);
    let event = case_events::table.select(case_events::body).limit(5000).load(&mut connection);
    let answer = kept_answers::table.select(kept_answers::body).limit(5000).load(&mut connection);
    let record = case_records::table.select(case_records::body).limit(5000).load(&mut connection);
    Sizes {
        event: mean(event.expect("events")),
        answer: mean(answer.expect("answers")),
        record: mean(record.expect("records")),
    }
}

/// One step: the event and its place in the feed, the words, the kept answer, and the rows that change with it.
fn step(connection: &mut Connection, case: &str, sequence: i32, sizes: Sizes) -> Result<(), StorageError> {
    let landlord = "hartlepool";
    let now = chrono::Utc::now().naive_utc();
    let text = |length: usize| "x".repeat(length);
    let own = cases::id.eq(case).and(cases::landlord_id.eq(landlord));
    let own = kept!(update("cases", cases::version.eq(sequence).as_changeset(), own));
    on!(connection => |it| own.execute(it))?;
    let stage = case_stages::case_id.eq(case).and(case_stages::stage.eq(1));
    let stage = kept!(update("case_stages", case_stages::updates.eq(sequence).as_changeset(), stage));
    on!(connection => |it| stage.execute(it))?;
    let done = diesel::delete(case_deadlines::table.filter(case_deadlines::case_id.eq(case)));
    on!(connection => |it| done.execute(it))?;
    let owed = diesel::insert_into(case_deadlines::table).values((
        case_deadlines::case_id.eq(case),
        case_deadlines::landlord_id.eq(landlord),
        case_deadlines::clock.eq("policy"),
        case_deadlines::name.eq("respond-1"),
        case_deadlines::due_on.eq(now.date()),
        case_deadlines::projected.eq(false),
    ));
    on!(connection => |it| owed.execute(it))?;
    let record = diesel::insert_into(case_records::table).values((
        case_records::id.eq(uuid::Uuid::now_v7().to_string()),
        case_records::landlord_id.eq(landlord),
        case_records::case_id.eq(case),
        case_records::kind.eq("narrative"),
        case_records::salt.eq(vec![7_u8; 16]),
        case_records::body.eq(text(sizes.record)),
    ));
    on!(connection => |it| record.execute(it))?;
    let event = diesel::insert_into(case_events::table).values((
        case_events::case_id.eq(case),
        case_events::sequence.eq(sequence),
        case_events::landlord_id.eq(landlord),
        case_events::kind.eq("resident-updated"),
        case_events::body.eq(text(sizes.event)),
        case_events::digest.eq(text(64)),
    ));
    on!(connection => |it| event.execute(it))?;
    let waiting = diesel::insert_into(feed_waiting::table).values((
        feed_waiting::landlord_id.eq(landlord),
        feed_waiting::source.eq(case),
        feed_waiting::case_id.eq(case),
        feed_waiting::sequence.eq(sequence),
        feed_waiting::kind.eq("resident-updated"),
        feed_waiting::recorded_at.eq(now),
    ));
    on!(connection => |it| waiting.execute(it))?;
    let answer = diesel::insert_into(kept_answers::table).values((
        kept_answers::landlord_id.eq(landlord),
        kept_answers::key_digest.eq(uuid::Uuid::new_v4().to_string()),
        kept_answers::request_digest.eq(text(64)),
        kept_answers::status.eq(200),
        kept_answers::headers.eq("{}"),
        kept_answers::body.eq(text(sizes.answer)),
        kept_answers::kept_at.eq(now),
    ));
    on!(connection => |it| answer.execute(it))?;
    Ok(())
}

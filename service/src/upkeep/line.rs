//! The feed, held against what it is made of.

use std::collections::BTreeMap;

use redress_shared::case::Logged;

use crate::storage::{Connection, StorageError, whole};

/// The numbers of a landlord's events: 1, 2, 3, to the last that was given, without a gap.
pub fn numbers(
    connection: &mut Connection,
    landlord: &str,
    say: &mut dyn FnMut(String),
) -> Result<u64, StorageError> {
    let numbers = whole::feed_numbers(connection, landlord)?;
    let whole = numbers.count == numbers.given
        && numbers.least.unwrap_or(1) == 1
        && numbers.greatest.unwrap_or(0) == numbers.given;
    if !whole {
        say(format!("{} events are numbered, and {} numbers were given", numbers.count, numbers.given));
    }
    Ok(u64::try_from(numbers.count + numbers.waiting - numbers.notices).unwrap_or(0))
}

/// Where an event's columns have another number or another word for it than the event itself.
pub fn columns(
    connection: &mut Connection,
    landlord: &str,
    case: &str,
    events: &[Logged],
) -> Result<Vec<String>, StorageError> {
    let called = whole::called(connection, landlord, case)?;
    let own = (1..).zip(events);
    let wrong = called.iter().zip(own).filter(|((number, kind), (place, logged))| {
        number != place || u32::try_from(*number) != Ok(logged.sequence) || *kind != logged.event.word()
    });
    Ok(wrong
        .map(|((number, _), _)| format!("event {number} has a number or a name that is not its own"))
        .collect())
}

/// Where the feed, with what waits for a number in it, does not tell of each of a case's events, in their order and by their names, or tells
/// of one that is not there.
pub fn places(
    connection: &mut Connection,
    landlord: &str,
    case: &str,
    events: &[Logged],
) -> Result<Vec<String>, StorageError> {
    let mut found = Vec::new();
    let mut untold: BTreeMap<i32, &str> =
        (1..).zip(events.iter().map(|logged| logged.event.word())).collect();
    let mut last = 0;
    for (number, sequence, kind) in whole::feed_of(connection, landlord, case)? {
        if sequence <= last {
            found.push(format!("event {sequence} has the number {number} in the feed, after event {last}"));
        }
        last = sequence;
        match untold.remove(&sequence) {
            Some(own) if own == kind => {}
            Some(_) => found.push(format!(
                "event {sequence} is called something else in the feed, with the number {number}"
            )),
            None => found.push(format!(
                "the feed tells of event {sequence}, with the number {number}, which is not there"
            )),
        }
    }
    for (sequence, kind) in whole::waiting_of(connection, landlord, case)? {
        match untold.remove(&sequence) {
            Some(own) if own == kind => {}
            Some(_) => found.push(format!("event {sequence} waits for its number under another name")),
            None => {
                found.push(format!("event {sequence} waits for a number, and has one or is not there"));
            }
        }
    }
    let untold = untold.into_keys();
    found.extend(
        untold.map(|sequence| format!("event {sequence} is not in the feed, and waits for no number")),
    );
    Ok(found)
}

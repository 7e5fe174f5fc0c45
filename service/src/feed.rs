//! Telling those who wait for a landlord's events that there are some. What another instance of the service commits is found by
//! looking: one of those who wait looks for all of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::operations::drain::Drain;

/// The most requests that wait at once, and the most of one landlord's.
pub const WAITING: usize = 512;
/// See [`WAITING`].
pub const WAITING_OF_ONE: usize = 128;

/// How often is looked for what others have committed.
pub const LOOK: Duration = Duration::from_millis(500);

/// The landlords' waiting rooms.
pub struct Waiting {
    all: Arc<Semaphore>,
    rooms: BTreeMap<String, Room>,
    any: watch::Sender<u64>,
    drain: Drain,
}

struct Room {
    places: Arc<Semaphore>,
    news: watch::Sender<u64>,
    looked: Mutex<(Option<Instant>, i64)>,
}

/// A place in a waiting room; it is free again when this is dropped.
pub struct Place {
    _of_all: OwnedSemaphorePermit,
    _of_one: OwnedSemaphorePermit,
    news: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
}

/// What ended a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// There may be something new.
    News,
    /// It is time to look what others have committed.
    Time,
    /// The service is to stop.
    Stopping,
}

impl Waiting {
    /// A room for each landlord. When the service drains, everybody who waits is let go, and whoever comes later does not wait.
    #[must_use]
    pub fn new<'a>(landlords: impl Iterator<Item = &'a str>, drain: Drain) -> Self {
        let room = || Room {
            places: Arc::new(Semaphore::new(WAITING_OF_ONE)),
            news: watch::Sender::new(0),
            looked: Mutex::default(),
        };
        Self {
            all: Arc::new(Semaphore::new(WAITING)),
            rooms: landlords.map(|landlord| (landlord.to_owned(), room())).collect(),
            any: watch::Sender::new(0),
            drain,
        }
    }

    /// A place to wait in; none where all are taken. What is told from now on is not missed.
    #[must_use]
    pub fn enter(&self, landlord: &str) -> Option<Place> {
        let room = self.rooms.get(landlord)?;
        Some(Place {
            _of_one: room.places.clone().try_acquire_owned().ok()?,
            _of_all: self.all.clone().try_acquire_owned().ok()?,
            news: room.news.subscribe(),
            stopping: self.drain.subscribe(),
        })
    }

    /// What changes whenever something was committed, of whichever landlord.
    #[must_use]
    pub fn any_news(&self) -> watch::Receiver<u64> {
        self.any.subscribe()
    }

    /// Tells those who wait that something was committed.
    pub fn tell(&self, landlord: &str) {
        if let Some(room) = self.rooms.get(landlord) {
            room.news.send_modify(|count| *count = count.wrapping_add(1));
        }
        self.any.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Whether it is the caller's turn to look for all who wait: nobody else has for a while.
    #[must_use]
    pub fn is_my_turn(&self, landlord: &str) -> bool {
        let Some(Ok(mut looked)) = self.rooms.get(landlord).map(|room| room.looked.lock()) else {
            return true;
        };
        let now = Instant::now();
        // A little less than the interval: whoever waits the longest comes first.
        let due = looked.0.is_none_or(|before| now.duration_since(before) >= LOOK * 9 / 10);
        if due {
            looked.0 = Some(now);
        }
        due
    }

    /// Tells those who wait, where the line goes further than at the last look.
    pub fn looked(&self, landlord: &str, head: i64) {
        let Some(Ok(mut looked)) = self.rooms.get(landlord).map(|room| room.looked.lock()) else { return };
        let grown = head > looked.1;
        looked.1 = looked.1.max(head);
        drop(looked);
        if grown {
            self.tell(landlord);
        }
    }
}

impl Place {
    /// Waits, for no longer than this.
    pub async fn wait(&mut self, longest: Duration) -> Woken {
        tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stopping| *stopping) => Woken::Stopping,
            told = self.news.changed() => if told.is_ok() { Woken::News } else { Woken::Stopping },
            () = tokio::time::sleep(longest) => Woken::Time,
        }
    }
}

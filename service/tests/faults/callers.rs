//! Callers who do not give up: each sends its commands one after another, every one under a key of its own, and sends it again until it
//! is answered.

use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::{Answer, Connection};
use crate::life::{envelope, receipt};

/// How long a caller tries for.
const PATIENCE: Duration = Duration::from_secs(90);

/// What a caller has been told was done.
pub struct Told {
    pub case: String,
    path: String,
    key: String,
    body: String,
    answer: Answer,
}

/// Where the service is, which changes when it is started again, and whether callers go on.
pub struct Line {
    pub address: RwLock<String>,
    pub key: String,
    pub hang_up: AtomicBool,
    pub answered: AtomicUsize,
}

impl Line {
    pub fn to(address: &str, key: &str) -> Self {
        let (hang_up, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
        Self { address: RwLock::new(address.to_owned()), key: key.to_owned(), hang_up, answered }
    }

    /// Waits until so many more commands have been answered.
    pub fn wait_for(&self, more: usize) {
        let begun = Instant::now();
        let wanted = self.answered.load(Ordering::SeqCst) + more;
        while self.answered.load(Ordering::SeqCst) < wanted {
            assert!(begun.elapsed() < PATIENCE, "the service does not answer");
            std::thread::yield_now();
        }
    }

    /// One case, and command after command on it, until the line is hung up.
    pub fn call(&self) -> Vec<Told> {
        let mut told = Vec::new();
        let first = self.say("/v1/cases".to_owned(), envelope(&receipt()), String::new());
        let body: Value = serde_json::from_slice(&first.answer.body).unwrap();
        let case = body["case"]["id"].as_str().unwrap().to_owned();
        told.push(Told { case: case.clone(), ..first });
        told.push(self.say(format!("/v1/cases/{case}/accept"), envelope(&json!({})), case.clone()));
        while !self.hang_up.load(Ordering::SeqCst) {
            let note = envelope(&json!({ "note": format!("Update {}.", told.len()) }));
            told.push(self.say(format!("/v1/cases/{case}/update-resident"), note, case.clone()));
        }
        told
    }

    /// Sends a command until it is answered.
    fn say(&self, path: String, body: String, case: String) -> Told {
        let key = crate::life::new_key();
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "{path} is not answered");
            match self.once(&path, &key, &body) {
                Ok(answer) if answer.status < 300 => {
                    self.answered.fetch_add(1, Ordering::SeqCst);
                    return Told { case, path, key, body, answer };
                }
                // Busy, in flight, failed, or gone: the same again.
                Ok(answer) if answer.status >= 500 || answer.status == 409 => std::thread::yield_now(),
                Ok(answer) => panic!("{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body)),
                Err(_) => std::thread::yield_now(),
            }
        }
    }

    fn once(&self, path: &str, key: &str, body: &str) -> std::io::Result<Answer> {
        let address = self.address.read().unwrap().clone();
        Connection::open(&address, &self.key)?.post(path, key, body)
    }

    /// Whether everything that was told is there, once: the same key gives the same answer, and every case has as many events as commands.
    pub fn holds(&self, told: &[Vec<Told>]) -> Held {
        let mut held = Held::default();
        for case in told {
            let id = &case[0].case;
            let address = self.address.read().unwrap().clone();
            let mut connection = Connection::open(&address, &self.key).unwrap();
            let history = connection.get(&format!("/v1/cases/{id}/history")).unwrap();
            let history: Value = serde_json::from_slice(&history.body).unwrap();
            let events = history["events"].as_array().unwrap().len();
            held.answered += case.len();
            held.missing += case.len().saturating_sub(events);
            held.doubled += events.saturating_sub(case.len());
            // Not before the events are counted: what was lost would be done now.
            for told in case {
                let again = self.once(&told.path, &told.key, &told.body).unwrap();
                held.replayed += usize::from(again == told.answer);
            }
        }
        held
    }
}

/// What became of the commands that were answered.
#[derive(Default)]
pub struct Held {
    answered: usize,
    /// Whose answer was given again, to the byte, to the same key.
    replayed: usize,
    missing: usize,
    doubled: usize,
}

impl Held {
    /// Says so in a line, and fails where a command is not there once.
    #[allow(clippy::print_stdout, reason = "figures that are to be seen")]
    pub fn print(&self, what: &str, times: usize) {
        let Self { answered, replayed, missing, doubled } = self;
        println!(
            "{what} {times} times: {answered} commands answered, {replayed} replayed, {missing} missing, {doubled} doubled"
        );
        assert_eq!((*replayed, *missing, *doubled), (*answered, 0, 0), "{what}");
    }
}

/// So many callers at once, while `meanwhile` happens; what they were told.
pub fn callers(line: &Line, count: usize, meanwhile: impl FnOnce()) -> Vec<Vec<Told>> {
    std::thread::scope(|scope| {
        let callers: Vec<_> = (0..count).map(|_| scope.spawn(|| line.call())).collect();
        meanwhile();
        line.hang_up.store(true, Ordering::SeqCst);
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    })
}

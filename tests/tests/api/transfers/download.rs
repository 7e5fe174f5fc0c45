//! The export of a running service taken by the reporter: over a line that breaks, with the same rows and reports as from the database.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use redress_reporter::output::Format;
use redress_reporter::source::service::{Progress, Service};
use redress_reporter::source::{Held, Origin, Snapshot, VIEWS, extract};
use redress_reporter::{Error, Request, Span, write_report};
use redress_service::access::{Role, Scope};
use redress_shared::measure::{Quarter, ReportingYear};
use redress_shared::policy::Library;
use redress_tests::keys;

use crate::api::access::issue;
use crate::api::play;
use crate::api::server::Server;

const LANDLORD: &str = "hartlepool";

/// A line to the service that breaks: each answer is cut off after so many bytes, until so many answers have been.
struct Line {
    address: String,
    /// What was asked for: the first line of each request.
    asked: Arc<Mutex<Vec<String>>>,
    /// How many answers are still to be cut off.
    cuts: Arc<AtomicUsize>,
}

impl Line {
    fn to(service: &str, bytes: usize, cuts: usize) -> Self {
        let service = service.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (asked, cuts) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(AtomicUsize::new(cuts)));
        let (told, left) = (Arc::clone(&asked), Arc::clone(&cuts));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let _ = carried(client, &service, bytes, (&told, &left));
            }
        });
        Self { address, asked, cuts }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

/// Carries one request and its answer, or the beginning of it.
fn carried(
    mut client: TcpStream,
    service: &str,
    bytes: usize,
    (told, left): (&Mutex<Vec<String>>, &AtomicUsize),
) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && client.read(&mut byte)? == 1 {
        request.push(byte[0]);
    }
    let text = String::from_utf8_lossy(&request).into_owned();
    let first = text.lines().next().unwrap_or_default().to_owned();
    let mut there = TcpStream::connect(service)?;
    // One request a connection, so that its end is the answer's.
    there.write_all(text.replacen("\r\n", "\r\nConnection: close\r\n", 1).as_bytes())?;
    let mut answer = Vec::new();
    there.read_to_end(&mut answer)?;
    let is_events = first.contains("/export/events");
    told.lock().unwrap().push(first);
    if is_events && answer.len() > bytes && left.load(Ordering::SeqCst) > 0 {
        left.fetch_sub(1, Ordering::SeqCst);
        answer.truncate(bytes);
    }
    client.write_all(&answer)?;
    client.shutdown(Shutdown::Both)
}

#[derive(Default)]
struct Told {
    to_come: usize,
    arrived: usize,
}

impl Progress for Told {
    fn begin(&mut self, rows: usize) {
        self.to_come = rows;
    }

    fn arrived(&mut self, _: &str, rows: usize) {
        self.arrived += rows;
    }
}

fn service(address: &str, folder: &Path, key: &str) -> Service {
    Service {
        address: address.to_owned(),
        key: key.to_owned(),
        certificates: None,
        folder: folder.to_owned(),
        attempts: 3,
        first_wait: Duration::from_millis(10),
    }
}

fn read(service: &Service) -> (redress_reporter::Result<Held>, Told) {
    let mut told = Told::default();
    (service.read(Library::embedded().unwrap(), chrono::Utc::now(), &mut told), told)
}

fn reports(origin: &Origin, out: &Path) -> Vec<(String, Vec<u8>)> {
    let spans = [
        Span::Year(ReportingYear::parse("2025-26").unwrap()),
        Span::Year(ReportingYear::parse("2026-27").unwrap()),
        Span::Quarter(Quarter::parse("2026-Q2").unwrap()),
    ];
    let mut files = Vec::new();
    for span in spans {
        let new = Request::new(origin, out, LANDLORD, span, "2026-11-20".parse().unwrap()).unwrap();
        let request = Request { formats: vec![Format::Html, Format::Json], ..new };
        for path in write_report(&request).unwrap() {
            files.push((path.display().to_string(), std::fs::read(path).unwrap()));
        }
    }
    files
}

/// Every file of an extract, by its path.
fn extracted(origin: &Origin, folder: &Path) -> Vec<(String, Vec<u8>)> {
    let parts = extract::write(&mut Snapshot::open(origin).unwrap(), &[LANDLORD], folder).unwrap();
    parts
        .iter()
        .map(|part| (part.path().display().to_string(), std::fs::read(folder.join(part.path())).unwrap()))
        .collect()
}

#[test]
fn over_a_line_that_breaks_every_row_and_report_is_that_of_the_database() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("download");
    let line = Line::to(&server.url(), 20_000, usize::MAX);
    let wanted = service(&line.address, &place, &keys::of(LANDLORD).reveal());
    // Each answer brings something, and is cut off: it goes on until the rest is shorter than that.
    let (held, told) = read(&wanted);
    let held = held.unwrap();
    let asked = line.asked();
    let goes_on = asked.iter().filter(|line| line.contains("/export/events?after=")).count();
    assert!(goes_on > 2, "{asked:?}");
    assert_eq!(told.arrived, told.to_come, "rows");
    assert!(!place.exists(), "what was downloaded is gone");
    let origins = [Origin::Database(server.database().address().clone()), Origin::Held(Arc::new(held))];
    let out = tempfile::tempdir().unwrap();
    let [kept, taken] = origins.each_ref().map(|origin| extracted(origin, &folder.path().join("extract")));
    assert!(kept.len() > VIEWS.len(), "{}", kept.len());
    for (one, other) in kept.iter().zip(&taken) {
        assert!(one == other, "{} and {}", one.0, other.0);
    }
    assert_eq!(kept.len(), taken.len());
    let [kept, taken] = origins.each_ref().map(|origin| reports(origin, out.path()));
    assert!(kept == taken, "the reports differ");
}

#[test]
fn a_later_run_goes_on_where_an_earlier_one_stopped() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("download");
    // One answer is cut off, and the run asks no second time.
    let line = Line::to(&server.url(), 20_000, 1);
    let wanted = Service { attempts: 1, ..service(&line.address, &place, &keys::of(LANDLORD).reveal()) };
    let (failed, _) = read(&wanted);
    let error = failed.unwrap_err();
    assert!(matches!(error, Error::Service { .. }) && error.exit_code() == 1, "{error}");
    assert!(error.to_string().contains("goes on where it stopped"), "{error}");
    // It was killed in the middle of a row.
    let part = place.join("events.ndjson.part");
    let whole = std::fs::metadata(&part).unwrap().len();
    let mut file = std::fs::OpenOptions::new().append(true).open(&part).unwrap();
    file.write_all(b"{\"landlord_id\":\"hartle").unwrap();
    line.asked();
    assert_eq!(line.cuts.load(Ordering::SeqCst), 0);
    let (held, _) = read(&wanted);
    let asked = line.asked();
    assert!(whole > 10_000, "{whole} bytes");
    assert!(asked.iter().all(|line| !line.contains("/export/landlords")), "{asked:?}");
    assert!(asked.iter().any(|line| line.contains("/export/events?after=")), "{asked:?}");
    let held = Origin::Held(Arc::new(held.unwrap()));
    let source = |origin: &Origin| Snapshot::open(origin).unwrap().source(LANDLORD).unwrap();
    let kept = source(&Origin::Database(server.database().address().clone()));
    assert_eq!(source(&held).cases.len(), kept.cases.len());
    // With another key it is begun anew.
    let (failed, _) = read(&Service { key: "not-a-key".to_owned(), ..wanted });
    let error = failed.unwrap_err();
    assert!(error.exit_code() == 2 && error.to_string().contains("the key is refused"), "{error}");
}

#[test]
fn what_keeps_a_service_from_being_read_is_named() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let said = |address: &str, key: &str| {
        let (held, _) = read(&service(address, &folder.path().join("download"), key));
        held.unwrap_err().to_string()
    };
    let (auditor, _) = issue(&server, LANDLORD, Role::Auditor, &[]);
    assert!(said(&server.url(), &auditor).contains("the key may not read this"));
    assert!(said("http://redress.example", "key").contains("it begins with https://"));
    assert!(said("redress.example", "key").contains("no address"));
    assert!(said("https://a:b@redress.example", "key").contains("a key does not stand in an address"));
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(said(&format!("http://{gone}"), "key").contains("it does not answer"));
    assert!(said(&format!("{}/elsewhere", server.url()), "key").contains("no such export"));
    // What was learnt is published in words, which a key can be kept from.
    let (some, _) = issue(&server, LANDLORD, Role::Auditor, &[Scope::SpecialCategory]);
    let (held, _) = read(&service(&server.url(), &folder.path().join("download"), &some));
    assert_eq!(held.unwrap().report_landlords[0].landlord_id, LANDLORD);
}

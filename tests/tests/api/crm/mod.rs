//! The worked client: a CRM's day on which everything goes wrong, and what its inbox does not take.

mod inbox;
mod outbox;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use redress_service::application::system_clock;
use redress_service::background::webhooks;
use redress_service::documents::StoreAddress;
use redress_tests::client::identity;
use redress_tests::crm::connection::{Connection, Patience};
use redress_tests::crm::story::{Crm, day, open};
use redress_tests::database::{Backend, Database};
use redress_tests::line::Line;
use redress_tests::server::{Server, settings};
use serde_json::Value;

use crate::BACKEND;

/// A service that can be stopped and started anew, with what it keeps.
struct House {
    database: Database,
    documents: tempfile::TempDir,
    service: Mutex<Option<Server>>,
}

impl House {
    fn new() -> Self {
        if BACKEND == Backend::Postgres && !redress_postgres::available().unwrap() {
            std::process::exit(0);
        }
        let (database, documents) = (Database::fresh(BACKEND).unwrap(), tempfile::tempdir().unwrap());
        let house = Self { database, documents, service: Mutex::default() };
        house.start_anew();
        house
    }

    fn start_anew(&self) {
        let mut service = self.service.lock().unwrap();
        *service = None;
        let database = Database::at(self.database.address().clone());
        let mut settings = settings(&database, "127.0.0.1:0");
        settings.webhooks.allow_private = vec!["127.0.0.1/32".parse().unwrap()];
        settings.documents.store.address = StoreAddress::Folder(self.documents.path().to_owned());
        *service = Some(Server::with(database, settings, system_clock()).unwrap());
    }

    fn url(&self) -> String {
        self.service.lock().unwrap().as_ref().unwrap().url()
    }

    /// Has what is due delivered.
    fn deliver(&self) {
        self.service.lock().unwrap().as_ref().unwrap().do_duty(webhooks::round).unwrap();
    }
}

/// A CRM's patience: instead of waiting it notes for how long it would have, and meanwhile something happens.
fn patience(waits: &Arc<Mutex<Vec<Duration>>>, meanwhile: impl Fn() + Send + Sync + 'static) -> Patience {
    let noted = Arc::clone(waits);
    let pause = move |time| {
        noted.lock().unwrap().push(time);
        meanwhile();
    };
    Patience { pause: Arc::new(pause), ..Patience::default() }
}

fn service_events(crm: &Crm<'_>) -> Vec<String> {
    let page = crm.connection.get("events?limit=500").unwrap();
    let word = |line: &Value| line["type"].as_str().unwrap().to_owned();
    page["events"].as_array().unwrap().iter().map(word).collect()
}

#[test]
fn a_day_on_which_everything_goes_wrong_ends_as_one_on_which_nothing_does() {
    let house = Arc::new(House::new());
    let line = Arc::new(Line::to(&house.url()).unwrap());
    let waits = Arc::default();
    let (place, way) = (Arc::clone(&house), Arc::clone(&line));
    // Whenever the CRM waits, the service is started anew, at another address; then what is due is delivered.
    let patience = patience(&waits, move || {
        place.start_anew();
        way.lead_to(&place.url());
        place.deliver();
    });
    let connection = Connection::with(&line.url(), identity("hartlepool").1, patience).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let said = Mutex::new(Vec::new());
    let say = |what: &str| said.lock().unwrap().push(what.to_owned());
    let mut crm = open(connection, (folder.path(), "127.0.0.1:0"), &line, &say).unwrap();
    let day = day(&mut crm, "C-1/1").unwrap();

    assert_eq!(day.refused.status, 409);
    assert!(day.refused.clause.unwrap().contains("Hartlepool"));
    assert_eq!(day.letters.len(), 2);
    assert!(day.letters.iter().all(|letter| letter.text.contains("Resident A")));
    // Everything happened once.
    assert_eq!(
        service_events(&crm),
        [
            "opened",
            "corrected",
            "accepted",
            "acknowledged",
            "assigned",
            "assigned",
            "letter-issued",
            "document-added",
            "answered",
            "letter-issued",
            "closed"
        ]
    );
    assert_eq!(crm.mirror.cases[&day.case].phase, "closed");
    // A wait after each lost answer, and as long as was asked for after each "not now".
    let waits = waits.lock().unwrap().clone();
    assert!(waits.contains(&Duration::from_secs(2)) && waits.len() >= 8, "{waits:?}");
    assert_eq!(crm.listener.inbox().refused, 0);
    assert_eq!(said.into_inner().unwrap().len(), 10);
}

use chrono::{DateTime, Utc};
use redress_shared::calendar::Calendar;
use redress_shared::case::command::commands::Receive;
use redress_shared::case::{Event, RefusalCode};
use redress_shared::policy::Library;
use serde_json::{Value, json};

use super::super::execute::{Done, ExecuteError};
use super::{Upsert, UpsertError, Upserted, upsert};
use crate::rulebook::Rulebook;
use crate::storage::schema::{case_events, case_records};
use crate::storage::write::once;
use crate::storage::{Address, Connection, Database, landlords};
use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};

/// A landlord's database, and what the landlord's CRM has.
struct Crm {
    _folder: tempfile::TempDir,
    database: Database,
    rulebook: Rulebook,
}

/// How the CRM asks: what it has, when that came in, and what it has seen of it.
#[derive(Clone, Default)]
struct Ask {
    at: Option<&'static str>,
    seen: Option<Vec<u32>>,
    must_be_new: bool,
    must_be_there: bool,
}

fn complaint() -> Value {
    json!({
        "kind": "complaint", "channel": "form", "about": "The boiler has been out for two weeks.",
        "residents": [
            { "person": { "name": "Ada Marsh", "email": "ada@example.org" }, "adjustments": ["Large print."] },
            { "person": { "name": "Ben Marsh" }, "adjustments": ["Large print."] },
        ],
        "event_on": "2026-10-20", "stock_type": "lcra", "tenure": "general needs",
        "categories": ["heating", "delay"], "service_area": "repairs",
        "references": [{ "system": "dynamics", "value": "CAS-1" }],
    })
}

impl Crm {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&Address::file(&folder.path().join("redress.db")), 1).unwrap();
        let library = Library::embedded().unwrap().clone();
        let rulebook = Rulebook::new(library, &Calendar::england_and_wales().unwrap()).unwrap();
        let profile = rulebook.library().versions("hartlepool").last().unwrap().clone();
        landlords::store(&mut database.connection().unwrap(), &profile).unwrap();
        Self { _folder: folder, database, rulebook }
    }

    fn connection(&self) -> impl std::ops::DerefMut<Target = Connection> {
        self.database.connection().unwrap()
    }

    fn ask(&self, content: &Value, ask: &Ask) -> Result<Upserted, UpsertError> {
        let received: Receive = serde_json::from_value(content.clone()).unwrap();
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let asked = Upsert {
            landlord: "hartlepool",
            reference: &received.references[0],
            received: &received,
            received_at: ask.at.map(instant),
            actor: "crm",
            now: instant("2026-11-02T12:00:00Z"),
            seen: ask.seen.as_deref(),
            must_be_new: ask.must_be_new,
            must_be_there: ask.must_be_there,
            blind: false,
            special_category: true,
        };
        once(&mut self.connection(), &|connection| upsert(connection, &self.rulebook, &asked))
    }

    fn received(&self) -> Value {
        let at = Ask { at: Some("2026-10-30T09:00:00Z"), ..Ask::default() };
        assert!(matches!(self.ask(&complaint(), &at), Ok(Upserted::Received(_))));
        complaint()
    }

    fn known(&self, content: &Value, ask: &Ask) -> Done {
        match self.ask(content, ask).unwrap() {
            Upserted::Known(known) => *known,
            Upserted::Received(_) => panic!("it was received anew"),
        }
    }

    fn differs(&self, content: &Value) -> Vec<String> {
        match self.ask(content, &Ask::default()).unwrap_err() {
            UpsertError::Differs(all) => all.into_iter().map(|difference| difference.pointer).collect(),
            other => panic!("{other}"),
        }
    }

    fn events(&self) -> i64 {
        case_events::table.count().get_result(&mut *self.connection()).unwrap()
    }
}

#[test]
fn what_is_sent_again_unchanged_changes_nothing() {
    let crm = Crm::new();
    let mut content = crm.received();
    let again = Ask { at: Some("2026-10-30T09:00:00Z"), ..Ask::default() };
    assert_eq!(crm.known(&content, &again).events, []);
    // The same, said in other words.
    content["categories"] = json!(["delay", "heating"]);
    content["risks"] = json!([]);
    content["contractor"] = Value::Null;
    assert_eq!(crm.known(&content, &Ask::default()).events, []);
    assert_eq!(crm.events(), 1);
}

#[test]
fn facts_that_differ_are_corrected_each_with_an_event_of_its_own() {
    let crm = Crm::new();
    let mut content = crm.received();
    content["stock_type"] = json!("leasehold");
    content["channel"] = json!("email");
    content["categories"] = json!(["heating"]);
    content["service_area"] = Value::Null;
    content["contractor"] = json!("Warm Homes");
    content["aware_on"] = json!("2026-10-21");
    let known = crm.known(&content, &Ask { at: Some("2026-10-29T09:00:00Z"), ..Ask::default() });
    assert!(
        known
            .events
            .iter()
            .all(|logged| matches!(logged.event, Event::Corrected(_)) && logged.actor == "crm")
    );
    assert_eq!((known.events.len(), known.case.version, crm.events()), (7, 8, 8));
    assert_eq!(known.case.received_at.to_rfc3339(), "2026-10-29T09:00:00+00:00");
    assert_eq!(
        (known.case.facts.service_area, known.case.facts.contractor.unwrap().as_str()),
        (None, "Warm Homes")
    );
    let reasons: Vec<String> = case_records::table
        .filter(case_records::kind.eq("narrative"))
        .select(case_records::body)
        .load(&mut *crm.connection())
        .unwrap();
    let said = "Changed in dynamics, where the case has the reference CAS-1.";
    assert_eq!(reasons.iter().filter(|reason| *reason == said).count(), 7);
    assert_eq!(crm.known(&content, &Ask::default()).events, []);
}

#[test]
fn dates_are_moved_in_an_order_that_keeps_them_one_after_another() {
    let crm = Crm::new();
    let mut content = crm.received();
    for (event_on, at) in [("2026-10-01", "2026-10-02T09:00:00Z"), ("2026-10-31", "2026-11-01T09:00:00Z")] {
        content["event_on"] = json!(event_on);
        let known = crm.known(&content, &Ask { at: Some(at), ..Ask::default() });
        assert_eq!(known.events.len(), 2, "{event_on}");
    }
}

#[test]
fn a_correction_that_the_rules_refuse_undoes_them_all() {
    let crm = Crm::new();
    let mut content = crm.received();
    content["stock_type"] = json!("leasehold");
    content["event_on"] = json!("2026-11-01");
    match crm.ask(&content, &Ask::default()).unwrap_err() {
        UpsertError::Execute(ExecuteError::Refused(refusal)) => {
            assert_eq!(refusal.code, RefusalCode::CorrectionOutOfOrder);
        }
        other => panic!("{other}"),
    }
    assert_eq!(crm.events(), 1);
}

#[test]
fn what_cannot_be_corrected_is_named_and_nothing_is_done() {
    let crm = Crm::new();
    let content = crm.received();
    for (pointer, value, wanted) in [
        ("/about", json!("Something else."), "/about"),
        ("/kind", json!("service-request"), "/kind"),
        ("/tenure", json!("erased"), "/tenure"),
        ("/residents/0/person/email", json!("ada@example.com"), "/residents/0/person"),
        ("/residents/1/adjustments/0", json!("Braille."), "/residents/1/adjustments/0"),
        ("/residents/1", json!({ "person": { "name": "Ben Marsh" } }), "/residents/1/adjustments"),
        ("/event_on", Value::Null, "/event_on"),
    ] {
        let mut content = content.clone();
        *content.pointer_mut(pointer).unwrap() = value;
        content["stock_type"] = json!("leasehold");
        assert_eq!(crm.differs(&content), [wanted], "{pointer}");
    }
    let mut more = content.clone();
    more["references"].as_array_mut().unwrap().push(json!({ "system": "mri", "value": "9" }));
    more["risks"] = json!([{ "kind": "safeguarding", "aware_at": "2026-10-30T09:00:00Z" }]);
    more["area"] = json!("North");
    assert_eq!(crm.differs(&more), ["/area", "/risks", "/references/1"]);
    assert_eq!(crm.events(), 1);
}

#[test]
fn what_has_been_erased_is_like_anything() {
    let crm = Crm::new();
    let mut content = crm.received();
    content["residents"][0]["person"]["name"] = json!("Somebody else");
    assert_eq!(crm.differs(&content), ["/residents/0/person"]);
    diesel::delete(case_records::table.filter(case_records::kind.eq("person")))
        .execute(&mut *crm.connection())
        .unwrap();
    assert_eq!(crm.known(&content, &Ask::default()).events, []);
    content["about"] = json!("Something else.");
    assert_eq!(crm.differs(&content), ["/about"]);
}

#[test]
fn what_the_caller_has_seen_is_heeded() {
    let crm = Crm::new();
    let ask = |ask: Ask| crm.ask(&complaint(), &ask);
    let there = Ask { must_be_there: true, ..Ask::default() };
    assert!(matches!(ask(there.clone()), Err(UpsertError::NotThere)));
    let new = Ask { must_be_new: true, ..Ask::default() };
    assert!(matches!(ask(new.clone()), Ok(Upserted::Received(_))));
    assert!(matches!(ask(new), Err(UpsertError::There(1))));
    let seen = |versions: &[u32]| Ask { seen: Some(versions.to_vec()), ..there.clone() };
    assert!(matches!(ask(seen(&[1, 7])), Ok(Upserted::Known(_))));
    let stale = ask(seen(&[2])).unwrap_err();
    assert!(matches!(stale, UpsertError::Execute(ExecuteError::Stale { actual: 1 })));
}

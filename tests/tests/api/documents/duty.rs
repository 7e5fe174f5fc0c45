//! Store and rows are kept in step.

use std::time::{Duration, SystemTime};

use chrono::TimeDelta;
use redress_service::background::documents::{look, round};
use redress_service::documents::store::new_key;
use redress_service::documents::{DocumentId, DocumentKind};
use redress_service::storage::documents::{Arriving, begin};
use redress_service::upkeep::{Found, verify_documents};

use super::{PDF, attach, files, folder, id};
use crate::api::access::now;
use crate::api::server::Server;
use crate::api::tables::{connect, lines};

/// A file that has come, and whose row still says that it is coming, begun so long ago.
fn half_come(server: &Server, case: &str, ago: TimeDelta) {
    let arriving = Arriving {
        id: DocumentId(uuid::Uuid::now_v7().as_u128()),
        key: new_key(),
        landlord: "hartlepool".to_owned(),
        case: case.parse().unwrap(),
        name: "a.pdf".to_owned(),
        kind: DocumentKind::Other,
        resident: None,
        media_type: "application/pdf",
        by: "test".to_owned(),
    };
    begin(&mut connect(server.database()), &arriving, now() - ago).unwrap();
    let state = server.state();
    actix_web::rt::System::new().block_on(async {
        let mut writing = state.documents.store.write(&arriving.key).unwrap();
        writing.add(PDF.into()).await.unwrap();
        writing.finish().await.unwrap();
    });
}

#[test]
fn what_never_came_whole_goes_and_what_is_coming_stays() {
    let server = Server::start();
    let case = server.accepted();
    let kept = attach(&server, &case, "kept.pdf");
    half_come(&server, &case, TimeDelta::days(1));
    half_come(&server, &case, TimeDelta::minutes(5));
    assert_eq!(files(&server).len(), 3);
    server.do_duty(round);
    assert_eq!(files(&server).len(), 2);
    let states = lines(&mut connect(server.database()), "SELECT state AS line FROM documents ORDER BY state");
    assert_eq!(states, ["arriving", "kept"]);
    let list = server.get(&format!("/v1/cases/{case}/documents")).done();
    assert_eq!(list["documents"].as_array().unwrap().len(), 1, "what is coming is not there yet");
    assert_eq!(server.get(kept.header("location").unwrap()).status, 200);
}

#[test]
fn a_file_that_no_row_speaks_of_goes_after_a_time() {
    let server = Server::start();
    let case = server.accepted();
    id(&attach(&server, &case, "kept.pdf"));
    let kept = files(&server).remove(0);
    let below = folder(&server).join("zz");
    std::fs::create_dir_all(&below).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    for (name, old) in [("stray", true), ("young", false), ("broken-off#1", true), ("still-coming#2", false)]
    {
        let file = std::fs::File::create(below.join(name)).unwrap();
        if old {
            file.set_modified(long_ago).unwrap();
        }
    }
    std::fs::File::options().write(true).open(&kept).unwrap().set_modified(long_ago).unwrap();
    let state = server.state();
    let removed = actix_web::rt::System::new().block_on(look(&state)).unwrap();
    assert_eq!(removed, 2);
    let mut left: Vec<String> = std::fs::read_dir(&below)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["still-coming#2", "young"]);
    assert!(kept.is_file(), "what a row speaks of stays, however old it is");
}

/// Something old that no row speaks of.
fn stray(server: &Server) -> std::path::PathBuf {
    let below = folder(server).join("zz");
    std::fs::create_dir_all(&below).unwrap();
    let file = std::fs::File::create(below.join("stray")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000)).unwrap();
    below.join("stray")
}

/// Whether a round goes through.
fn goes_through(server: &Server) -> bool {
    actix_web::rt::System::new().block_on(round(server.state())).is_ok()
}

#[test]
fn a_look_that_broke_off_is_made_good_within_the_hour_and_one_that_did_not_is_enough_for_a_day() {
    let server = Server::start();
    id(&attach(&server, &server.accepted(), "kept.pdf"));
    let stray_one = stray(&server);
    // A folder that leads into itself cannot be looked through.
    let circle = folder(&server).join("zz").join("circle");
    std::os::unix::fs::symlink(folder(&server), &circle).unwrap();
    assert!(!goes_through(&server), "the look breaks off");
    std::fs::remove_file(&circle).unwrap();
    server.pass(TimeDelta::minutes(61));
    assert!(goes_through(&server) && !stray_one.exists());
    let another = stray(&server);
    server.pass(TimeDelta::hours(23));
    assert!(goes_through(&server) && another.exists());
    server.pass(TimeDelta::hours(1));
    assert!(goes_through(&server) && !another.exists());
}

#[test]
fn a_file_that_cannot_be_taken_away_keeps_nobody_from_looking_for_others() {
    let server = Server::start();
    let location = attach(&server, &server.accepted(), "a.pdf").header("location").unwrap().to_owned();
    let file = files(&server).remove(0);
    server.send("DELETE", &format!("{location}?reason=mistake"), "").done();
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let stray = stray(&server);
    assert!(!goes_through(&server), "the round says so");
    assert!(!stray.exists());
}

#[test]
fn a_file_that_cannot_be_taken_away_is_tried_again() {
    let server = Server::start();
    let case = server.accepted();
    let location = attach(&server, &case, "a.pdf").header("location").unwrap().to_owned();
    let file = files(&server).remove(0);
    server.send("DELETE", &format!("{location}?reason=mistake"), "").done();
    // A folder in its place cannot be taken away as a file.
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let rounds = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| server.do_duty(round)));
    assert!(rounds.is_err(), "the round says so");
    let keys = "SELECT object_key AS line FROM documents WHERE object_key IS NOT NULL";
    assert_eq!(lines(&mut connect(server.database()), keys).len(), 1);
    std::fs::remove_dir(&file).unwrap();
    server.do_duty(round);
    assert_eq!(lines(&mut connect(server.database()), keys), [""; 0]);
}

#[test]
fn a_document_that_is_missing_or_altered_is_named() {
    let server = Server::start();
    let case = server.accepted();
    let state = server.state();
    let look = || {
        let (mut found, mut connection) = (Vec::new(), connect(server.database()));
        let mut tell = |what: Found| found.push(what.what);
        let looking = verify_documents(&mut connection, &state.documents.store, &mut tell);
        let looked_at = actix_web::rt::System::new().block_on(looking).unwrap();
        (looked_at, found)
    };
    let (one, other) = (id(&attach(&server, &case, "a.pdf")), id(&attach(&server, &case, "b.pdf")));
    assert_eq!(look(), (2, Vec::new()));
    let key = |id: &str| {
        let query = format!("SELECT object_key AS line FROM documents WHERE id = '{id}'");
        folder(&server).join(lines(&mut connect(server.database()), &query).remove(0))
    };
    std::fs::write(key(&one), "%PDF-1.7 something else").unwrap();
    std::fs::remove_file(key(&other)).unwrap();
    let told = [
        format!("document {one} is not what its digest was made of"),
        format!("document {other} is not in the store"),
    ];
    assert_eq!(look(), (2, told.to_vec()));
}

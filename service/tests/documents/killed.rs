//! The process is killed in the middle of uploads into a folder.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use redress_service::application::Application;
use redress_service::background::documents::round;
use redress_service::documents::StoreAddress;
use redress_service::settings::Settings;

use crate::running::{Attached, Running};

const CALLERS: usize = 4;
const CRASHES: usize = 3;

/// A paper of so many bytes that no other is like.
pub fn paper(number: usize, size: usize) -> Vec<u8> {
    let mut bytes = format!("%PDF-1.7\n% {number}\n").into_bytes();
    let pattern = number.to_le_bytes();
    bytes.extend(pattern.iter().copied().cycle().take(size));
    bytes
}

/// Has documents uploaded by several at once while the process is killed again and again.
pub fn through_crashes(service: &Running, case: &str, size: usize) -> Vec<Attached> {
    let (answered, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let number = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let upload = || {
            let mut all = Vec::new();
            while !stop.load(Ordering::SeqCst) {
                let number = number.fetch_add(1, Ordering::SeqCst);
                all.push(service.attach(case, &format!("scan-{number}"), paper(number, size)));
                answered.fetch_add(1, Ordering::SeqCst);
            }
            all
        };
        let callers: Vec<_> = (0..CALLERS).map(|_| scope.spawn(upload)).collect();
        for crash in 1..=CRASHES {
            while answered.load(Ordering::SeqCst) < crash * 5 {
                std::thread::yield_now();
            }
            service.crash();
        }
        stop.store(true, Ordering::SeqCst);
        callers.into_iter().flat_map(|caller| caller.join().unwrap()).collect()
    })
}

/// Every file in the store's folder.
fn files(folder: &Path) -> Vec<String> {
    let below = std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|below| std::fs::read_dir(below.unwrap().path()).unwrap());
    below.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_document_that_was_answered_for_outlives_the_process_and_what_was_broken_off_goes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("redress.db");
    let store = folder.path().join("documents");
    let database = format!("sqlite:{}", file.display());
    let service = Running::start(&database, &[("REDRESS_DOCUMENTS", &format!("file:{}", store.display()))]);
    let case = service.case();
    let all = through_crashes(&service, &case, 300_000);
    assert!(all.len() >= CRASHES * 5);
    service.holds(&case, &all);
    drop(service);
    // A day later, what was broken off is given up and taken away.
    let mut settings = Settings::default();
    settings.database.url = database.parse().unwrap();
    settings.http.listen = "127.0.0.1:0".to_owned();
    settings.operations.listen = None;
    settings.documents.store.address = StoreAddress::Folder(store.clone());
    actix_web::rt::System::new().block_on(async {
        let tomorrow = Arc::new(|| Utc::now() + TimeDelta::days(1));
        let application = Application::build(&settings, tomorrow).unwrap();
        let state = application.state();
        round(state.clone()).await.unwrap();
        state.documents.store.remove_unfinished(Duration::ZERO).unwrap();
    });
    assert_eq!(files(&store).len(), all.len(), "the files that are kept, and no other");
}

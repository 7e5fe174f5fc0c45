//! The same with a bucket.

use crate::killed::{paper, through_crashes};
use crate::running::Running;

/// The server that speaks as S3 does; none where there is none to test with.
#[allow(clippy::print_stderr, reason = "a test that cannot be made must say so")]
fn endpoint() -> Option<String> {
    let endpoint = std::env::var("REDRESS_TEST_S3").ok();
    if endpoint.is_none() {
        assert!(std::env::var("REDRESS_REQUIRE_S3").is_err(), "REDRESS_TEST_S3 must name a server");
        eprintln!("THE TESTS WITH A BUCKET ARE LEFT OUT: REDRESS_TEST_S3 names no server");
    }
    endpoint
}

/// The service with a new bucket of that name.
fn with_bucket(endpoint: &str, bucket: &str, folder: &tempfile::TempDir) -> Running {
    redress_service::access::tls::install();
    let made = reqwest::blocking::Client::new().put(format!("{endpoint}/{bucket}")).send().unwrap();
    assert!(made.status().is_success(), "{}", made.text().unwrap());
    let database = format!("sqlite:{}", folder.path().join("redress.db").display());
    let settings = [
        ("REDRESS_DOCUMENTS", format!("s3://{bucket}/live")),
        ("REDRESS_DOCUMENTS_ENDPOINT", endpoint.to_owned()),
        ("REDRESS_DOCUMENTS_REGION", "us-east-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "test".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
    ];
    let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
    Running::start(&database, &settings)
}

fn keys(endpoint: &str, bucket: &str) -> Vec<String> {
    let listed = reqwest::blocking::get(format!("{endpoint}/{bucket}?list-type=2")).unwrap().text().unwrap();
    let keys = listed.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next());
    keys.map(str::to_owned).collect()
}

#[test]
fn a_bucket_takes_small_and_large_documents_and_gives_them_back() {
    let Some(endpoint) = endpoint() else { return };
    let folder = tempfile::tempdir().unwrap();
    let service = with_bucket(&endpoint, "redress-sizes", &folder);
    let case = service.case();
    let sizes = [10, 5 * 1024 * 1024, 12 * 1024 * 1024];
    let all: Vec<_> = (0..)
        .zip(sizes)
        .map(|(number, size)| service.attach(&case, &format!("size-{number}"), paper(number, size)))
        .collect();
    service.holds(&case, &all);
    let keys = keys(&endpoint, "redress-sizes");
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| key.starts_with("live/") && !key.contains("scan")), "{keys:?}");
}

#[test]
fn every_document_in_a_bucket_outlives_the_process() {
    let Some(endpoint) = endpoint() else { return };
    let folder = tempfile::tempdir().unwrap();
    let service = with_bucket(&endpoint, "redress-crashes", &folder);
    let case = service.case();
    let all = through_crashes(&service, &case, 300_000);
    service.holds(&case, &all);
}

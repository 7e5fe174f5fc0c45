//! A bucket of S3, or of what speaks as it does, as a store of documents.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, RetryConfig};

use super::{PATIENCE, StoreError, StoreSettings};
use crate::access::tls;

/// How often a request is made again, and a reading gone on with that was broken off.
const AGAIN: usize = 3;
/// For how long after it was begun a reading is gone on with: whoever has a slow line reads a large document for hours.
const GOES_ON_FOR: Duration = Duration::from_secs(24 * 3600);

/// Opens a bucket. Credentials come from the environment.
pub(super) fn open(
    settings: &StoreSettings,
    bucket: &str,
    prefix: &str,
) -> Result<Arc<dyn ObjectStore>, StoreError> {
    tls::install();
    let builder = reached(AmazonS3Builder::from_env(), settings, PATIENCE).with_bucket_name(bucket);
    let open = |error: object_store::Error| StoreError::Open(error.to_string());
    let bucket = builder.build().map_err(open)?;
    let prefix = Path::parse(prefix).map_err(|error| StoreError::Open(error.to_string()))?;
    Ok(Arc::new(PrefixStore::new(bucket, prefix)))
}

/// Says how a bucket is reached, and for how long it may be silent. There is no time by which an answer must be over: the bytes of a document
/// are taken at the pace of whoever reads it.
fn reached(mut builder: AmazonS3Builder, settings: &StoreSettings, patience: Duration) -> AmazonS3Builder {
    let retry = RetryConfig { max_retries: AGAIN, retry_timeout: GOES_ON_FOR, ..RetryConfig::default() };
    let mut options = ClientOptions::new()
        .with_timeout_disabled()
        .with_read_timeout(patience)
        .with_connect_timeout(patience / 6);
    if let Some(endpoint) = &settings.endpoint {
        // Whoever names an address without TLS means it: a store in the same house.
        options = options.with_allow_http(endpoint.starts_with("http://"));
        builder = builder.with_endpoint(endpoint);
    }
    if let Some(region) = &settings.region {
        builder = builder.with_region(region);
    }
    builder.with_retry(retry).with_client_options(options)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::sync::OnceLock;

    use futures_util::StreamExt as _;

    use super::super::{Store, StoreAddress};
    use super::*;

    /// Longer than what the machine and the loopback hold of it, so that the bucket has to wait for the reader.
    const SIZE: usize = 24 * 1024 * 1024;
    const HEAD: &str = "HTTP/1.1 200 OK\r\nLast-Modified: Mon, 02 Nov 2026 12:00:00 GMT\r\nETag: \"a\"\r\n";

    /// A bucket with one file, which gives it once: whoever breaks off has no second chance.
    fn bucket() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            assert!(stream.read(&mut request).unwrap() > 0);
            let head = format!("{HEAD}Content-Length: {SIZE}\r\n\r\n");
            drop(stream.write_all(&[head.into_bytes(), vec![7; SIZE]].concat()));
        });
        format!("http://{address}")
    }

    #[actix_web::test]
    async fn a_slow_reader_gets_all_of_a_document() {
        tls::install();
        let patience = Duration::from_millis(400);
        let settings = StoreSettings {
            address: StoreAddress::S3 { bucket: "b".to_owned(), prefix: String::new() },
            endpoint: Some(bucket()),
            region: Some("us-east-1".to_owned()),
        };
        let builder = AmazonS3Builder::new().with_skip_signature(true).with_bucket_name("b");
        let built = reached(builder, &settings, patience).build().unwrap();
        let store = Store { settings, opened: OnceLock::from(Arc::new(built) as Arc<dyn ObjectStore>) };
        let mut reading = store.read("a", None).await.unwrap();
        let (mut came, mut rested) = (0, Duration::ZERO);
        while let Some(part) = reading.bytes.next().await {
            came += part.unwrap().len();
            if rested < patience * 3 {
                tokio::time::sleep(patience / 4).await;
                rested += patience / 4;
            }
        }
        assert_eq!(came, SIZE);
        assert!(rested >= patience * 3);
    }
}

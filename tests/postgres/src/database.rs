//! One database of a cluster.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

/// A database. It goes, with whoever is still connected to it, when this is dropped.
#[derive(Debug)]
pub struct Database {
    url: String,
    name: String,
    cluster: String,
}

impl Database {
    pub(super) const fn new(url: String, name: String, cluster: String) -> Self {
        Self { url, name, cluster }
    }

    /// Its address, in the form that libpq takes.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its name in the cluster.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The cluster may have been stopped, or gone already; it takes its databases with it.
        if let Ok(mut connection) = PgConnection::establish(&self.cluster) {
            let _ = connection.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

//! Where the cases come from.

use std::path::PathBuf;
use std::sync::Arc;

use redress_shared::database::Address;

use super::Held;

/// Where the cases come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The service's database, which is only read.
    Database(Address),
    /// A folder that [`extract::write`](super::extract::write) has filled.
    Extract(PathBuf),
    /// Rows that have been made of something else: see [`mapped`](super::mapped) and [`service`](super::service).
    Held(Arc<Held>),
}

impl From<Address> for Origin {
    fn from(address: Address) -> Self {
        Self::Database(address)
    }
}

impl From<&Address> for Origin {
    fn from(address: &Address) -> Self {
        Self::Database(address.clone())
    }
}

impl From<&Self> for Origin {
    fn from(origin: &Self) -> Self {
        origin.clone()
    }
}

//! Where the cases come from.

use std::path::PathBuf;

use redress_shared::database::Address;

/// Where the cases come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The service's database, which is only read.
    Database(Address),
    /// A folder that [`extract::write`](super::extract::write) has filled.
    Extract(PathBuf),
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

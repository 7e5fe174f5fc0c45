//! Who may use the service, and for which landlord.

pub mod tls;

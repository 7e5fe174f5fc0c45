//! Who may use the service, and for which landlord.

pub mod oidc;
pub mod tls;

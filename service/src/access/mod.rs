//! Who may use the service, for which landlord, and what for.

pub mod caller;
pub mod content;
pub mod key;
pub mod oidc;
pub mod role;
pub mod scope;
pub mod tls;

pub use caller::Caller;
pub use role::Role;
pub use scope::Scope;

//! Bearer tokens that somebody else issues: OAuth 2 access tokens (RFC 9068) of a landlord's identity provider, which its CRM or
//! the gateway before it obtains with client credentials. Nothing here knows of HTTP handlers or of storage.
//!
//! An [`Issuer`] says who is trusted, and how what a token claims becomes a landlord and a role; [`check()`] finds what is wrong with
//! that; a [`Verifier`] reads tokens by it. A token gives no more than a grant in the configuration says, whatever it claims.
//!
//! # What to configure
//! A grant names a claim and the value to find there. The value may be the claim itself, one of a list, or one word of the `scope`
//! or `scp` claim. A name that begins with `/` is a JSON pointer into nested claims.
//!
//! **Microsoft Entra ID** (Azure AD), an application with an app role, tokens of version 2:
//! ```toml
//! issuer = "https://login.microsoftonline.com/<tenant>/v2.0"
//! audience = "<client id of the API's registration>"   # version 1 tokens: the application ID URI, `api://…`
//! grants = [{ claim = "roles", value = "Complaints.Write", landlord = "hartlepool", role = "integration" }]
//! # Or the calling application itself: claim = "azp" (version 1: "appid"), and the issuer "https://sts.windows.net/<tenant>/".
//! ```
//! **Salesforce**, an external client app that issues JWT-based access tokens:
//! ```toml
//! issuer = "https://<my domain>.my.salesforce.com"
//! audience = "<the audience in the token>"
//! grants = [{ claim = "client_id", value = "<consumer key>", landlord = "portsmouth", role = "integration" }]
//! ```
//! **Keycloak**, a confidential client with a service account and an audience mapper:
//! ```toml
//! issuer = "https://<host>/realms/<realm>"
//! audience = "redress"
//! grants = [
//!     { claim = "azp", value = "crm", landlord = "hartlepool", role = "integration" },
//!     { claim = "/realm_access/roles", value = "complaints-officer", landlord = "hartlepool", role = "officer" },
//! ]
//! ```
//!
//! # Absent on purpose
//! No shared secrets (`HS…`) and no unsigned tokens: neither can be configured. No opaque tokens, no introspection, and no key from
//! the token's own header (`jku`, `x5u`, `jwk`). A token is not remembered, so it can be used until it expires: give short lives.

mod address;
mod algorithm;
mod check;
mod claims;
mod error;
mod fetch;
mod grant;
mod keys;
mod settings;
mod source;
mod token;
mod verifier;

pub use check::{SettingProblem, check};
pub use error::TokenError;
pub use settings::{Grant, Issuer};
pub use verifier::{Granted, NoVerifier, Verifier};

#[cfg(test)]
#[path = "settings_tests.rs"]
mod settings_tests;

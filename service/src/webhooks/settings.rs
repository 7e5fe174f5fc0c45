//! How deliveries are made.

use std::time::Duration;

use super::network::Allowed;

/// How deliveries are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where they may go that is not everybody's to reach.
    pub allow_private: Vec<Allowed>,
    /// The address that callers know the service by; none where payloads have paths.
    pub public_url: Option<String>,
    /// How long one may take, from the look-up of the name to the end of the answer.
    pub timeout: Duration,
    /// The most that one instance has out at once.
    pub at_once: usize,
    /// The most of these to one endpoint.
    pub at_once_each: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allow_private: Vec::new(),
            public_url: None,
            timeout: Duration::from_secs(15),
            at_once: 256,
            at_once_each: 8,
        }
    }
}

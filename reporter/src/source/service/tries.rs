//! How often is asked again of a service that stays away, and after how long.

use std::time::Duration;

use super::Service;
use super::client::{Client, Failure};
use crate::error::Result;

/// How often has been asked in a row for nothing.
pub(super) struct Tries {
    left: u32,
    wait: Duration,
}

impl Tries {
    pub(super) const fn new(service: &Service) -> Self {
        Self { left: service.attempts, wait: service.first_wait }
    }

    /// Waits until it is time to ask again.
    ///
    /// # Errors
    /// When asking again is of no use, or has been of none often enough.
    pub(super) fn again(&mut self, client: &Client, failure: Failure) -> Result<()> {
        let (why, asked) = match failure {
            Failure::Lasting(error) => return Err(error),
            Failure::Passing(why, asked) => (why, asked),
        };
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return Err(
                client.error(format!("{why}; called again, the same command goes on where it stopped"))
            );
        }
        std::thread::sleep(asked.unwrap_or(self.wait).min(Duration::from_secs(60)));
        self.wait = self.wait.saturating_mul(2);
        Ok(())
    }
}

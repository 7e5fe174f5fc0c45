//! The end: what has been asked is answered, and nobody is kept waiting for something that will not come.

use tokio::sync::watch;

/// Whether the service is about to stop; clones are of the same service.
#[derive(Debug, Clone, Default)]
pub struct Drain(watch::Sender<bool>);

impl Drain {
    /// The service is to stop.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Whether it is to stop.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// What turns true when it is to stop.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }

    /// Done when it is to stop. Whoever waits for news on behalf of a caller waits for this too, and then answers with what there is.
    pub async fn begun(&self) {
        let mut told = self.0.subscribe();
        // The sender is here, so that it cannot have gone.
        drop(told.wait_for(|begun| *begun).await);
    }
}

#[cfg(test)]
mod tests {
    use super::Drain;

    #[actix_web::test]
    async fn whoever_waits_is_let_go_and_whoever_comes_later_does_not_wait() {
        let drain = Drain::default();
        assert!(!drain.has_begun());
        let waiting = actix_web::rt::spawn({
            let drain = drain.clone();
            async move { drain.begun().await }
        });
        drain.begin();
        waiting.await.unwrap();
        drain.begun().await;
        assert!(drain.has_begun());
    }
}

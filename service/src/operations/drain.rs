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
}

#[cfg(test)]
mod tests {
    use super::Drain;

    #[actix_web::test]
    async fn whoever_waits_is_let_go_and_whoever_comes_later_does_not_wait() {
        let drain = Drain::default();
        assert!(!drain.has_begun());
        let mut early = drain.subscribe();
        let waiting = actix_web::rt::spawn(async move { early.wait_for(|begun| *begun).await.map(|_| ()) });
        drain.clone().begin();
        waiting.await.unwrap().unwrap();
        drain.subscribe().wait_for(|begun| *begun).await.unwrap();
        assert!(drain.has_begun());
    }
}

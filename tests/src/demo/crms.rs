//! What the demo's CRMs hear by webhook: each listens for its own landlord, verifies what comes, and in the end has its cases as the
//! service has them.

use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::client::Client;
use crate::crm::listener::Listener;
use crate::crm::mirror::Mirror;
use crate::crm::webhook;

/// How often is looked whether everything was told, and for how long.
const LOOK: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(300);

/// What CRMs heard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    /// Messages that were verified and taken in.
    pub taken: u64,
    /// Messages that came again, and were passed over.
    pub again: u64,
    /// Messages that were refused.
    pub refused: u64,
    /// The cases that they have.
    pub cases: usize,
    /// Those that they have otherwise than the service: other versions, other phases, or not at all.
    pub different: usize,
}

impl Heard {
    /// Adds what another heard.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            taken: self.taken + other.taken,
            again: self.again + other.again,
            refused: self.refused + other.refused,
            cases: self.cases + other.cases,
            different: self.different + other.different,
        }
    }
}

/// A CRM that listens.
pub struct Listening {
    client: Client,
    listener: Listener,
    mirror: Mirror,
}

impl Listening {
    /// Sets up a landlord's webhook.
    ///
    /// # Errors
    /// When the service refuses.
    pub fn begin(base: &str, landlord: &str) -> anyhow::Result<Self> {
        let client = Client::new(base, landlord)?;
        let listener = Listener::open("127.0.0.1:0")?;
        let webhook = webhook::set_up(client.connection(), &listener.url(), &[])?;
        listener.inbox().trust(&webhook.secret)?;
        Ok(Self { client, listener, mirror: Mirror::default() })
    }

    /// Waits until everything was told, reads every case as it is then, and holds them against the service's.
    ///
    /// # Errors
    /// When something is not told, or a case not to be read.
    pub fn end(mut self) -> anyhow::Result<Heard> {
        let (connection, begun) = (self.client.connection(), Instant::now());
        loop {
            let news = self.listener.inbox().news();
            self.mirror.hear(&news);
            let (told, head) = (self.mirror.told_to, self.mirror.head(connection)?);
            if told >= head {
                break;
            }
            ensure!(begun.elapsed() < PATIENCE, "of {head} lines of the feed {told} were told");
            std::thread::sleep(LOOK);
        }
        self.mirror.refresh(connection)?;
        let different = self.mirror.differences(connection)?;
        let inbox = self.listener.inbox();
        let (taken, again, refused) = (inbox.taken, inbox.again, inbox.refused);
        Ok(Heard { taken, again, refused, cases: self.mirror.cases.len(), different })
    }
}

//! Step 2b: what comes in is verified, taken once, and in its order.
//!
//! Anybody can post to an address. What is from the service is signed, as Standard Webhooks 1.0 has it, so that any of its libraries
//! checks it. A message that somebody caught on its way and sends again has its old timestamp, which is signed too: after five minutes
//! it is refused, and before that it is passed over, because its `webhook-id` is known.

use std::collections::{HashMap, HashSet, VecDeque};

use reqwest::header::HeaderMap;
use serde::Deserialize;
use standardwebhooks::{HEADER_WEBHOOK_ID, Webhook};

/// What was told. It is thin: whoever wants to know more asks for the case, or for the line of the feed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Told {
    /// What happened. Types are added over time: pass over those that you do not know.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it stands.
    pub data: Place,
}

/// Where it stands what was told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// Its number in the feed, 1, 2, 3 without a gap; none for a test.
    pub feed: Option<i64>,
    /// The case; none where it is about none.
    pub case: Option<String>,
    /// The version of the case that came of it; none for a notice, which changes no case.
    pub sequence: Option<i64>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is new, and was put with the others that wait to be worked on.
    New,
    /// It was taken before, and is passed over. It is answered as a success all the same, or it would come a third time.
    Before,
    /// It is not from the service, too old, or no message.
    Refused,
}

/// What has come in. A real CRM keeps the ids that it has seen in a table with a unique index, in the transaction that takes the message,
/// for as long as messages can come again: deliveries are tried for about three days, and can be replayed for thirty.
#[derive(Default)]
pub struct Inbox {
    keys: Vec<Webhook>,
    seen: HashSet<String>,
    /// The newest version told of each case.
    versions: HashMap<String, i64>,
    news: VecDeque<Told>,
    /// How many were taken in.
    pub taken: u64,
    /// How many came again.
    pub again: u64,
    /// How many were refused.
    pub refused: u64,
    /// How many told of an earlier version of a case than one before them did: none, as the service keeps each case's order.
    pub out_of_order: u64,
}

impl Inbox {
    /// Accepts what is signed with a secret, beside those that are accepted already.
    ///
    /// # Errors
    /// When it is no secret.
    pub fn trust(&mut self, secret: &str) -> anyhow::Result<()> {
        self.keys.push(Webhook::new(secret)?);
        Ok(())
    }

    /// Accepts nothing any more but what is signed with the newest secret: for the end of a rotation's overlap.
    pub fn trust_the_newest_alone(&mut self) {
        let older = self.keys.len().saturating_sub(1);
        self.keys.drain(..older);
    }

    /// Takes a message in: the headers and the body, to the byte as they came.
    pub fn take(&mut self, headers: &HeaderMap, body: &[u8]) -> Taken {
        // First the signature. Before that, nothing in the message is to be believed, nor worth reading.
        let is_genuine = self.keys.iter().any(|key| key.verify(body, headers).is_ok());
        let id = headers.get(HEADER_WEBHOOK_ID).and_then(|id| id.to_str().ok()).filter(|_| is_genuine);
        let told = id.and_then(|id| Some((id, serde_json::from_slice::<Told>(body).ok()?)));
        let Some((id, told)) = told else {
            self.refused += 1;
            return Taken::Refused;
        };
        // At least once means now and then twice.
        if !self.seen.insert(id.to_owned()) {
            self.again += 1;
            return Taken::Before;
        }
        self.taken += 1;
        self.note_order(&told);
        self.news.push_back(told);
        Taken::New
    }

    fn note_order(&mut self, told: &Told) {
        let Some((case, sequence)) = told.data.case.as_ref().zip(told.data.sequence) else { return };
        let newest = self.versions.entry(case.clone()).or_default();
        self.out_of_order += u64::from(sequence <= *newest);
        *newest = sequence.max(*newest);
    }

    /// What is to be worked on, in the order in which it came.
    pub fn news(&mut self) -> Vec<Told> {
        self.news.drain(..).collect()
    }
}

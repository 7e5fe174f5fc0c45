//! The landlord's webhooks: who is told, of what, and what became of each delivery.

mod create;
mod deliveries;
mod delivery;
mod list;
mod replay;
mod rotate;
mod show;
mod switch;
mod test;
mod update;

use chrono::{DateTime, Utc};
use redress_shared::case::record::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use create::operation as create;
pub use deliveries::operation as deliveries;
pub use delivery::operation as delivery;
pub use list::operation as list;
pub use replay::{everything as replay, one as replay_delivery};
pub use rotate::operation as rotate;
pub use show::{delete, show};
pub use switch::{disable, enable};
pub use test::operation as test;
pub use update::operation as update;

use crate::event_type::EventType;
use crate::http::Unwritten;
use crate::http::once::written;
use crate::http::request::preconditions::content_tag;
use crate::problem::{FieldError, Problem};
use crate::storage::Connection;
use crate::storage::webhooks::endpoints::{self, Endpoint, Wanted};
use crate::storage::webhooks::{DisabledWhy, WebhookId};
use crate::webhooks::guard::{Guard, LONGEST_URL};
use crate::webhooks::secret::Secret;

/// Which webhook.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WebhookPath {
    /// The webhook's id.
    webhook: WebhookId,
}

/// Where a webhook leads, and what it is told of.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WebhookWanted {
    /// Where deliveries are sent: `https`, and to where everybody can connect, unless the operator allows more.
    #[schemars(length(min = 1, max = LONGEST_URL))]
    url: String,
    /// What people call it.
    description: Option<Label>,
    /// What it is told of; of everything, also of what is added to the service later, where none is named.
    #[serde(default)]
    #[schemars(length(max = 200))]
    types: Vec<EventType>,
}

impl WebhookWanted {
    /// What is wanted, where the service would go there.
    async fn looked_at(self, guard: &Guard) -> Result<Wanted, Problem> {
        // What is kept is what was looked at, as it reads: around an address and in it there may be characters that are passed over.
        let url = match guard.look(&self.url).await {
            Ok(url) => url.to_string(),
            Err(refused) => {
                return Err(Problem::malformed(vec![FieldError::at("/url", refused.to_string())]));
            }
        };
        let description = self.description.map(String::from).unwrap_or_default();
        Ok(Wanted { url, description, types: self.types })
    }
}

/// A webhook, without its secret.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Webhook")]
struct WebhookView {
    /// Its id.
    id: WebhookId,
    /// Where deliveries are sent.
    url: String,
    /// What people call it; null where nobody has said.
    description: Option<String>,
    /// What it is told of; of everything, where none is named.
    types: Vec<EventType>,
    /// Whether it is told of anything now.
    enabled: bool,
    /// Since when it is not; null where it is.
    disabled_at: Option<DateTime<Utc>>,
    /// Why it is not; null where it is.
    disabled_why: Option<DisabledWhy>,
    /// Since when every delivery has failed; null where the last one did not.
    failing_since: Option<DateTime<Utc>>,
    /// Until when it is left alone, since it asked for that or goes on failing; null where it is not.
    rests_until: Option<DateTime<Utc>>,
    /// The number up to which the feed has been turned into deliveries.
    told_to: i64,
    /// Until when the secret before this one signs too; null where there is none.
    previous_secret_until: Option<DateTime<Utc>>,
    /// When it was set up.
    created_at: DateTime<Utc>,
    /// By whom: a key's id, or a token's issuer and subject.
    created_by: String,
}

impl WebhookView {
    fn of(endpoint: Endpoint, now: DateTime<Utc>) -> Self {
        let (disabled_at, disabled_why) = endpoint.disabled.unzip();
        Self {
            id: endpoint.id,
            url: endpoint.url,
            description: Some(endpoint.description).filter(|description| !description.is_empty()),
            types: endpoint.types,
            enabled: disabled_at.is_none(),
            disabled_at,
            disabled_why,
            failing_since: endpoint.failing_since,
            rests_until: endpoint.rests_until.filter(|until| now < *until),
            told_to: endpoint.told_to,
            previous_secret_until: endpoint.previous.map(|(_, until)| until).filter(|until| now < *until),
            created_at: endpoint.created_at,
            created_by: endpoint.created_by,
        }
    }
}

/// A webhook with its secret.
#[derive(Debug, Serialize, JsonSchema)]
struct WebhookSecret {
    /// What deliveries are signed with: `whsec_` and the base64 of the key. It is shown this once: null where the answer is given
    /// again.
    secret: Option<String>,
    /// The webhook.
    webhook: WebhookView,
}

/// The tag of what somebody said of a webhook: what becomes of its deliveries does not change it.
fn tag(endpoint: &Endpoint) -> Result<String, Problem> {
    let types: Vec<&str> = endpoint.types.iter().map(|kind| kind.as_str()).collect();
    Ok(content_tag(&written(&(&endpoint.url, &endpoint.description, types))?))
}

/// A landlord's webhook, held until the transaction ends.
fn held(connection: &mut Connection, landlord: &str, id: WebhookId) -> Result<Endpoint, Unwritten> {
    endpoints::hold(connection, landlord, id)?.ok_or_else(|| Problem::not_found("webhook").into())
}

/// A new secret.
fn generate() -> Result<Secret, Problem> {
    Secret::generate().map_err(|error| {
        tracing::error!(%error, "no secret could be made");
        Problem::internal()
    })
}

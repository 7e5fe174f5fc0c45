//! Who asks, for which landlord, and what they may do.

use std::collections::BTreeSet;

use actix_web::HttpRequest;
use actix_web::web::Data;

use crate::application::State;
use crate::problem::{Problem, codes};

macro_rules! scopes {
    ($($(#[doc = $meaning:literal])+ $name:ident = $word:literal),+ $(,)?) => {
        /// Something that a key may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Scope { $($(#[doc = $meaning])+ $name,)+ }

        impl Scope {
            /// Every scope.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word that keys and tokens spell it with.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// What it allows, in a sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($meaning),+),)+ }
            }
        }
    };
}

scopes! {
    /// Read cases, what is due, and the landlord's policies.
    CasesRead = "cases:read",
    /// Give commands on cases.
    CasesWrite = "cases:write",
    /// Give the commands that a policy wants approved by a manager.
    CasesApprove = "cases:approve",
    /// Read names, words and letters; without it they are masked.
    PersonalRead = "personal:read",
    /// Read and write disability, health and ethnicity.
    SpecialCategory = "special-category",
    /// Read the feed of events.
    FeedRead = "feed:read",
    /// Change what belongs to the landlord as a whole, such as its homes.
    LandlordWrite = "landlord:write",
    /// Issue, rotate and revoke keys.
    KeysManage = "keys:manage",
}

/// Whoever asks: a key, and the landlord that it is of.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The landlord, which there is a policy for.
    pub landlord: String,
    /// The key's id; what rates are counted by.
    pub key: String,
    /// What the key may do.
    pub scopes: BTreeSet<Scope>,
}

impl Caller {
    /// Whether the key may do this.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// Who asks.
///
/// # Errors
/// 401 where that is not said, or not to be believed.
pub async fn access(request: &HttpRequest, state: &Data<State>) -> Result<Caller, Problem> {
    by_header(request, state)
}

/// Takes the landlord's id as the key, and lets it do everything: what stands here until keys are issued.
fn by_header(request: &HttpRequest, state: &State) -> Result<Caller, Problem> {
    let landlord = request.headers().get("X-Redress-Landlord").and_then(|value| value.to_str().ok());
    let known = landlord.filter(|landlord| state.rulebook.has_landlord(landlord));
    let landlord = known.ok_or_else(unauthenticated)?;
    let scopes = Scope::ALL.iter().copied().collect();
    Ok(Caller { landlord: landlord.to_owned(), key: landlord.to_owned(), scopes })
}

/// What is answered to whom the service does not know; always the same, so that it says nothing of which keys there are.
#[must_use]
pub fn unauthenticated() -> Problem {
    Problem::new(codes::UNAUTHENTICATED, "the request carries no key that is in force")
        .header("WWW-Authenticate", "Bearer realm=\"redress\"")
}

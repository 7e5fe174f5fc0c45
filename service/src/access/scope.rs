//! What can be allowed: the words, and what each means. A key or token that does not have a scope cannot do what needs it, whatever
//! its role is called.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! scopes {
    ($($(#[doc = $meaning:literal])+ $name:ident = $word:literal),+ $(,)?) => {
        /// Something that can be allowed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Scope { $($(#[doc = $meaning])+ #[serde(rename = $word)] $name,)+ }

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
                match self { $(Self::$name => concat!($($meaning),+).trim_ascii(),)+ }
            }
        }
    };
}

scopes! {
    /// Read cases, what is due, and the landlord's policies.
    CasesRead = "cases:read",
    /// Give commands on cases.
    CasesWrite = "cases:write",
    /// Say in a command who approved or reviewed something: a refusal, a restriction, a draft answer.
    CasesApprove = "cases:approve",
    /// Read names, contact details, words and letters; without it they are masked or refused.
    PersonalRead = "personal:read",
    /// Read and write vulnerability, disability, ethnicity and adjustments. In no role: it is given by itself.
    SpecialCategory = "special-category",
    /// See which documents a case has; with `personal:read` their names, and the documents themselves.
    DocumentsRead = "documents:read",
    /// Attach documents to cases, and take them away.
    DocumentsWrite = "documents:write",
    /// Find a resident over all cases, and have everything that is held on them.
    PersonalExport = "personal:export",
    /// Erase personal data, and hold cases back from it.
    PersonalErase = "personal:erase",
    /// Read the feed of events.
    FeedRead = "feed:read",
    /// Change what belongs to the landlord as a whole, such as its homes.
    LandlordWrite = "landlord:write",
    /// Set up, change and try the landlord's webhooks, and see what became of their deliveries.
    WebhooksManage = "webhooks:manage",
    /// Bring in a history: cases that ran their course elsewhere, as facts that no policy is asked about.
    HistoryImport = "history:import",
    /// Issue, rotate and revoke the landlord's keys, with whatever scopes.
    KeysManage = "keys:manage",
}

/// A word that is no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no scope; the scopes are {}", words())]
pub struct NotAScope;

fn words() -> String {
    Scope::ALL.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", ")
}

impl FromStr for Scope {
    type Err = NotAScope;

    fn from_str(word: &str) -> Result<Self, NotAScope> {
        Self::ALL.iter().copied().find(|scope| scope.as_str() == word).ok_or(NotAScope)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn every_scope_reads_as_it_is_written_everywhere() {
        for scope in Scope::ALL {
            assert_eq!(scope.as_str().parse(), Ok(*scope));
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.as_str());
            assert!(scope.meaning().ends_with('.') && !scope.meaning().starts_with(' '), "{scope}");
        }
        for word in ["", "cases", "Cases:Read", "cases:read ", "*", "cases:*"] {
            assert!(word.parse::<Scope>().is_err(), "{word}");
        }
    }
}

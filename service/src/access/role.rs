//! Who somebody is to the landlord: each role is a documented set of scopes, and nothing else.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::scope::Scope;

macro_rules! roles {
    ($($(#[doc = $meaning:literal])+ $name:ident = $word:literal: [$($scope:ident),+ $(,)?]),+ $(,)?) => {
        /// A set of scopes with a name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Role { $($(#[doc = $meaning])+ #[serde(rename = $word)] $name,)+ }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word that keys and the configuration spell it with.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// What it is for, in a sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($meaning),+).trim_ascii(),)+ }
            }

            /// What it allows.
            #[must_use]
            pub const fn scopes(self) -> &'static [Scope] {
                match self { $(Self::$name => &[$(Scope::$scope),+],)+ }
            }
        }
    };
}

roles! {
    /// A CRM: it reports whatever was done in it, approvals too, and follows the feed or has itself told.
    Integration = "integration": [
        CasesRead,
        CasesWrite,
        CasesApprove,
        PersonalRead,
        DocumentsRead,
        DocumentsWrite,
        FeedRead,
        WebhooksManage,
    ],
    /// A complaints officer: everything about cases but what a policy wants approved.
    Officer = "officer": [CasesRead, CasesWrite, PersonalRead, DocumentsRead, DocumentsWrite],
    /// A manager: an officer who also approves.
    Manager = "manager":
        [CasesRead, CasesWrite, CasesApprove, PersonalRead, DocumentsRead, DocumentsWrite],
    /// An auditor: reads everything but personal data, and changes nothing.
    Auditor = "auditor": [CasesRead, DocumentsRead, FeedRead],
    /// An administrator: the landlord's keys, webhooks, homes and history, what is held on a resident and its erasure, and cases without
    /// personal data.
    Administrator = "administrator":
        [CasesRead, PersonalExport, PersonalErase, LandlordWrite, WebhooksManage, HistoryImport, KeysManage],
}

impl Role {
    /// What somebody in this role may do who has been given some scopes besides.
    #[must_use]
    pub fn with(self, more: &[Scope]) -> BTreeSet<Scope> {
        self.scopes().iter().chain(more).copied().collect()
    }
}

/// A word that is no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no role; the roles are {}", words())]
pub struct NotARole;

fn words() -> String {
    Role::ALL.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ")
}

impl FromStr for Role {
    type Err = NotARole;

    fn from_str(word: &str) -> Result<Self, NotARole> {
        Self::ALL.iter().copied().find(|role| role.as_str() == word).ok_or(NotARole)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, Scope};

    #[test]
    fn every_role_reads_as_it_is_written_everywhere() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(*role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert!(role.meaning().ends_with('.'), "{role}");
        }
        assert!("Officer".parse::<Role>().is_err());
    }

    #[test]
    fn special_category_data_comes_with_no_role() {
        for role in Role::ALL {
            assert!(!role.scopes().contains(&Scope::SpecialCategory), "{role}");
        }
        assert!(Role::Officer.with(&[Scope::SpecialCategory]).contains(&Scope::SpecialCategory));
    }

    #[test]
    fn who_reads_for_others_changes_nothing_and_sees_nobodys_name() {
        for scope in [
            Scope::CasesWrite,
            Scope::CasesApprove,
            Scope::PersonalRead,
            Scope::DocumentsWrite,
            Scope::WebhooksManage,
            Scope::KeysManage,
        ] {
            assert!(!Role::Auditor.scopes().contains(&scope), "{scope}");
        }
    }

    #[test]
    fn an_officer_does_not_approve_and_a_manager_is_an_officer_who_does() {
        let mut officer = Role::Officer.with(&[]);
        assert!(officer.insert(Scope::CasesApprove));
        assert_eq!(officer, Role::Manager.with(&[]));
    }
}

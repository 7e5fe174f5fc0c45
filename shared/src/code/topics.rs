//! What a landlord's policy text is looked through for.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::checks::repeated;
use super::edition::parse;
use super::{Code, CodeError, CodeErrors, CodeUnavailable, Evidence, ProvisionNumber};

/// A statement that a landlord's complaints policy is looked through for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyTopic {
    /// Its name, by which a policy profile says where its text makes the statement.
    pub id: String,
    /// The provision that it serves.
    pub provision: ProvisionNumber,
    /// Whether the provision asks for the statement in the policy itself; if not, the statement is merely good evidence,
    /// and a policy without it does not depart from the Code.
    pub required: bool,
    /// What it says, completing "the policy should say that"; without a full stop.
    pub wants: String,
}

/// The topics of an edition of the Code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyTopics {
    /// The edition's id.
    pub code: String,
    /// The topics, in the order of their provisions.
    pub topics: Vec<PolicyTopic>,
}

impl PolicyTopics {
    /// Reads the topics and checks them against the edition they are for, one of those built in. `file` is the name that
    /// errors are reported under.
    ///
    /// # Errors
    /// Everything that is wrong with them at once, if they can be read at all; or there is no such edition.
    pub fn from_toml(file: &str, text: &str) -> Result<PolicyTopics, CodeUnavailable> {
        let topics: PolicyTopics = parse(file, text)?;
        let code = Code::embedded(&topics.code)?;
        Ok(CodeErrors::unless_none(file, topics.errors(code), topics)?)
    }

    /// The topic with this id.
    pub fn topic(&self, id: &str) -> Option<&PolicyTopic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The topics that serve a provision.
    pub fn of(&self, provision: ProvisionNumber) -> impl Iterator<Item = &PolicyTopic> {
        self.topics.iter().filter(move |topic| topic.provision == provision)
    }

    fn errors(&self, code: &Code) -> Vec<CodeError> {
        let mut errors = Vec::new();
        repeated("topics", self.topics.iter().map(|topic| topic.id.as_str()), &mut errors);
        for topic in &self.topics {
            if !is_kebab_case(&topic.id) || !is_phrase(&topic.wants) {
                errors.push(CodeError::NotATopic(topic.id.clone()));
            }
            if code.provision_numbered(topic.provision).is_none() {
                let what = format!("topic `{}`", topic.id);
                errors.push(CodeError::UnknownProvision { what, provision: topic.provision });
            }
        }
        let served: BTreeSet<_> = self.topics.iter().map(|topic| topic.provision).collect();
        let by_policy = code.evidenced_by(Evidence::Policy).map(|provision| provision.number);
        errors.extend(by_policy.filter(|number| !served.contains(number)).map(CodeError::WithoutTopic));
        errors
    }
}

fn is_kebab_case(id: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    id.split('-').all(is_word)
}

/// A phrase stands in the middle of a sentence of ours.
fn is_phrase(text: &str) -> bool {
    !text.is_empty() && !text.ends_with('.') && text.trim() == text
}

static TOPICS: LazyLock<Result<PolicyTopics, CodeUnavailable>> = LazyLock::new(|| {
    PolicyTopics::from_toml("policy-topics.toml", include_str!("../../codes/policy-topics.toml"))
});

/// The topics built into the program, for the Code of 2024.
///
/// ```
/// use redress_shared::code::policy_topics;
/// let topics = policy_topics()?;
/// assert!(topics.topic("exclusions-listed").is_some_and(|topic| topic.required));
/// // The Code forbids asking for reasons; it does not ask the policy to say so.
/// assert!(topics.topic("no-reasons-to-escalate").is_some_and(|topic| !topic.required));
/// # Ok::<(), redress_shared::code::CodeUnavailable>(())
/// ```
///
/// # Errors
/// The built-in data is damaged, which the tests rule out; an error and not a panic all the same.
pub fn policy_topics() -> Result<&'static PolicyTopics, CodeUnavailable> {
    TOPICS.as_ref().map_err(CodeUnavailable::clone)
}

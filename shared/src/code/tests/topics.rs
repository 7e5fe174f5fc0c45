//! What a policy is looked through for.

use std::collections::BTreeSet;

use rstest::rstest;

use crate::code::{Code, Evidence, PolicyTopics, policy_topics};

const GOOD: &str = include_str!("../../../codes/policy-topics.toml");

#[test]
fn every_topic_serves_a_provision_and_has_a_name_of_its_own() {
    let topics = policy_topics().unwrap();
    let code = Code::embedded(&topics.code).unwrap();
    let ids: BTreeSet<_> = topics.topics.iter().map(|topic| &topic.id).collect();
    assert_eq!(ids.len(), topics.topics.len());
    assert!(topics.topics.iter().all(|topic| code.provision_numbered(topic.provision).is_some()));
    assert!(topics.topics.is_sorted_by_key(|topic| topic.provision));
}

#[test]
fn every_provision_that_the_policy_evidences_has_a_topic() {
    let code = Code::embedded("2024").unwrap();
    let topics = policy_topics().unwrap();
    let by_policy: Vec<_> = code.evidenced_by(Evidence::Policy).map(|provision| provision.number).collect();
    assert_eq!(by_policy.len(), 17);
    for number in by_policy {
        assert!(topics.of(number).next().is_some(), "{number} has no topic");
    }
}

#[test]
fn only_what_the_code_asks_of_the_policy_itself_is_required() {
    let required = policy_topics().unwrap().topics.iter().filter(|topic| topic.required);
    let required: Vec<_> = required.map(|topic| format!("{} {}", topic.provision, topic.id)).collect();
    assert_eq!(
        required,
        [
            "1.2 universal-definition",
            "1.4 service-request-told-apart",
            "2.2 exclusions-listed",
            "3.4 two-stages-set-out",
            "3.4 each-stage-described",
            "3.4 times-of-each-stage",
            "3.5 policy-publicised",
            "3.5 ombudsman-publicised",
            "3.5 code-publicised",
        ]
    );
}

#[rstest]
#[case(("provision = \"7.4\"", "provision = \"7.5\""), "topic `remedies-guidance` cites provision 7.5")]
#[case(("provision = \"7.4\"", "provision = \"7.3\""), "provision 7.4 is evidenced by the policy and has no topic")]
#[case(("id = \"own-merits\"", "id = \"refusal-explained\""), "topics has `refusal-explained` twice")]
#[case(("id = \"own-merits\"", "id = \"Own merits\""), "topic `Own merits`")]
#[case(("on its own merits\"", "on its own merits.\""), "topic `own-merits`")]
#[case(("required = true", "required = \"yes\""), "it cannot be read")]
#[case(("code = \"2024\"", "code = \"2020\""), "there is no Code `2020`")]
fn damaged_topics_are_refused(#[case] change: (&str, &str), #[case] expected: &str) {
    assert!(GOOD.contains(change.0), "nothing to change: {}", change.0);
    let text = GOOD.replacen(change.0, change.1, 1);
    let message = PolicyTopics::from_toml("changed.toml", &text).unwrap_err().to_string();
    assert!(message.contains(expected), "{message}");
}

//! The five policies, as they are and with a rule changed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use redress_shared::calendar::Calendar;
use redress_shared::case::Rules;
use redress_shared::code::Code;
use redress_shared::policy::Profile;

/// The ids of the five policies.
pub const POLICIES: [&str; 5] =
    ["hartlepool-2024", "bradford-draft", "portsmouth-2024", "housing-solutions-2024", "cheshire-west-2023"];

/// A policy as its file has it.
pub fn profile(id: &str) -> Profile {
    let text = match id {
        "hartlepool-2024" => include_str!("../../../policies/hartlepool-2024.toml"),
        "bradford-draft" => include_str!("../../../policies/bradford-draft.toml"),
        "portsmouth-2024" => include_str!("../../../policies/portsmouth-2024.toml"),
        "housing-solutions-2024" => include_str!("../../../policies/housing-solutions-2024.toml"),
        "cheshire-west-2023" => include_str!("../../../policies/cheshire-west-2023.toml"),
        _ => panic!("there is no policy {id}"),
    };
    Profile::from_toml(id, text).unwrap()
}

static RULES: LazyLock<BTreeMap<&'static str, Rules>> =
    LazyLock::new(|| POLICIES.into_iter().map(|id| (id, rules_with(id, "2024", |_| ()))).collect());

/// A policy beside the Code of 2024 and the calendar as it is.
pub fn rules(id: &str) -> Rules {
    RULES.get(id).unwrap_or_else(|| panic!("there is no policy {id}")).clone()
}

/// A policy with something changed, beside an edition of the Code.
pub fn rules_with(id: &str, code: &str, change: impl FnOnce(&mut Profile)) -> Rules {
    let mut profile = profile(id);
    change(&mut profile);
    Rules::new(profile, Code::embedded(code).unwrap(), Calendar::england_and_wales().unwrap()).unwrap()
}

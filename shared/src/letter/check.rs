//! Whether a letter says everything that the policy and the Code want it to say.

use super::{Letter, LetterKind};
use crate::case::Rules;
use crate::case::deadline::stage_rules;
use crate::case::words::{StageNumber, StockType};
use crate::case::{Case, Citation};
use crate::code::ContentList;
use crate::policy::cited::Cited;
use crate::policy::vocabulary::{ExtensionNeed, RefusalNeed, ResponseItem};

/// Something that a letter must say and does not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[schemars(rename = "MissingFromLetter")]
pub struct Missing {
    /// The item.
    pub item: &'static str,
    /// The clause or provision that wants it.
    pub wanted_by: Citation,
}

/// Everything that the lists of the policy and of the Code want in a letter and that is not there, or is blank.
#[must_use]
pub fn missing(letter: &Letter, case: &Case, rules: &Rules) -> Vec<Missing> {
    let said = |name: &str| letter.item(name).is_some_and(|item| !item.text.trim().is_empty());
    required(letter, case, rules).into_iter().filter(|wanted| !said(wanted.item)).collect()
}

/// Everything that the letter must say, by the lists of the policy and of the Code.
#[must_use]
pub fn required(letter: &Letter, case: &Case, rules: &Rules) -> Vec<Missing> {
    let mut list = List { rules, wanted: Vec::new() };
    list.code("how-to-ombudsman", "3.7");
    let stage = letter.stage.unwrap_or(StageNumber::One);
    match letter.kind {
        LetterKind::Acknowledgement | LetterKind::EscalationAcknowledgement => {
            acknowledgement(&mut list, stage);
        }
        LetterKind::Response | LetterKind::FinalResponse => response(&mut list, stage, case),
        LetterKind::Extension => extension(&mut list, stage),
        LetterKind::Refusal => {
            list.code("ground", "2.2");
            refusal(&mut list, &rules.profile.refusal.needs, "2.4");
            list.code("ombudsman-may-direct", "2.4");
        }
        LetterKind::EscalationRefusal => {
            refusal(&mut list, &rules.profile.escalation.needs, "5.11");
            list.plain("final-decision");
        }
        LetterKind::Confirmation => {
            let clause = rules.profile.intake.spoken.clause_or_silent();
            list.policy("understanding", clause);
            list.policy("agreement", clause);
        }
        LetterKind::Update => {
            if letter.item("remedy").is_none() {
                list.plain("progress");
            }
        }
        LetterKind::NoContact => list.plain("contact-by"),
        LetterKind::Withdrawal => {
            let rule = &rules.profile.after.withdrawal_considers_concerns;
            if rule.value {
                list.policy("concerns", rule.clause_or_silent());
            }
        }
        LetterKind::Closing => closing(&mut list),
        LetterKind::ConsentRequest => list.policy("consent", rules.profile.intake.consent.clause_or_silent()),
        LetterKind::EscalationReasons => {
            list.policy("reasons-wanted", rules.profile.escalation.reasons.clause_or_silent());
        }
        LetterKind::Survey => {
            let survey = rules.profile.after.survey.as_ref();
            list.policy("survey", survey.map_or("silent", |rule| rule.clause_or_silent()));
            list.plain("how-to-answer");
        }
        LetterKind::Restriction => restriction(&mut list, "restriction"),
        LetterKind::RestrictionReview => restriction(&mut list, "decision"),
    }
    list.wanted
}

/// What is restricted and why; where the resident can turn to, for as long as the restriction stands.
fn restriction(list: &mut List<'_>, what: &'static str) {
    list.plain(what);
    list.code("reasons", super::restriction::PROVISION);
    if what == "restriction" {
        list.code("review", super::restriction::PROVISION);
        list.policy("appeal", list.rules.profile.behaviour.governed_by.clause_or_silent());
    }
}

/// What is wanted, as it is gathered.
struct List<'a> {
    rules: &'a Rules,
    wanted: Vec<Missing>,
}

impl List<'_> {
    fn policy(&mut self, item: &'static str, clause: &str) {
        self.wanted.push(Missing { item, wanted_by: self.rules.cite(clause) });
    }

    /// A provision wants it, where the edition of the Code has such a provision.
    fn code(&mut self, item: &'static str, provision: &str) {
        let number = provision.split('(').next().unwrap_or(provision);
        if self.rules.code.provision(number).is_some() {
            self.wanted.push(Missing { item, wanted_by: Citation::code(provision) });
        }
    }

    /// The letter would be no such letter without it.
    fn plain(&mut self, item: &'static str) {
        self.wanted.push(Missing { item, wanted_by: Citation::default() });
    }

    /// A list of the Code's, by the names that letters have for its items.
    fn contents(&mut self, list: ContentList, next_step: &'static str) {
        for item in self.rules.code.contents.list(list) {
            if let Some(name) = letter_name(&item.id, next_step) {
                self.wanted.push(Missing { item: name, wanted_by: Citation::code(&item.citation()) });
            }
        }
    }
}

/// What a letter calls an item of the Code's lists. A letter says also where there is nothing of the kind, so that what is
/// wanted where applicable is wanted always.
fn letter_name(id: &str, next_step: &'static str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 10] = [
        ("understanding", "understanding"),
        ("outcomes-sought", "outcomes-sought"),
        ("clarification", "clarification"),
        ("responsible-for", "responsibility"),
        ("not-responsible-for", "responsibility"),
        ("stage", "stage"),
        ("definition", "definition"),
        ("decision", "decision"),
        ("reasons", "reasons"),
        ("remedy", "remedy"),
    ];
    match id {
        "next-step" => Some(next_step),
        "outstanding-actions" => Some("actions"),
        _ => NAMES.iter().find(|(known, _)| *known == id).map(|(_, name)| *name),
    }
}

fn acknowledgement(list: &mut List<'_>, stage: StageNumber) {
    let rules = list.rules;
    for item in &stage_rules(rules, stage).acknowledgement_says {
        list.policy(item.value.as_str(), item.clause_or_silent());
    }
    list.contents(ContentList::Acknowledgement, "how-to-escalate");
    let agreed = stage_rules(rules, stage).contact_frequency_agreed.as_ref();
    if let Some(rule) = agreed.filter(|rule| rule.value) {
        list.policy("updates", rule.clause_or_silent());
    }
}

fn response(list: &mut List<'_>, stage: StageNumber, case: &Case) {
    let rules = list.rules;
    let offered = case.remedies.iter().any(|remedy| remedy.stage == Some(stage));
    for item in &stage_rules(rules, stage).response_says {
        let applies = match item.value {
            ResponseItem::OfferOpenUntil => offered,
            ResponseItem::Tribunal => case.facts.stock_type == StockType::Leasehold,
            _ => true,
        };
        if applies {
            list.policy(item.value.as_str(), item.clause_or_silent());
        }
    }
    match stage {
        StageNumber::One => {
            list.contents(ContentList::Stage1Response, "how-to-escalate");
            list.code("sources", "6.7");
        }
        StageNumber::Two => {
            list.contents(ContentList::Stage2Response, "how-to-ombudsman");
            list.code("sources", "6.18");
        }
    }
}

fn extension(list: &mut List<'_>, stage: StageNumber) {
    let rules = list.rules;
    let (limit, details) = super::extension::provisions(stage);
    for need in &stage_rules(rules, stage).extend.needs {
        let item = match need.value {
            ExtensionNeed::OmbudsmanDetails => "how-to-ombudsman",
            // The letter is the writing.
            ExtensionNeed::InWriting => continue,
            other => other.as_str(),
        };
        list.policy(item, need.clause_or_silent());
    }
    list.code("reason", limit);
    list.code("expected-date", limit);
    list.code("how-to-ombudsman", details);
}

fn refusal(list: &mut List<'_>, needs: &[Cited<RefusalNeed>], provision: &str) {
    list.plain("decision");
    for need in needs {
        let item = match need.value {
            RefusalNeed::OmbudsmanRight => "how-to-ombudsman",
            other => other.as_str(),
        };
        list.policy(item, need.clause_or_silent());
    }
    list.code("reasons", provision);
}

fn closing(list: &mut List<'_>) {
    let after = &list.rules.profile.after;
    list.plain("why");
    if after.actions_tracked.value {
        list.policy("actions", after.actions_tracked.clause_or_silent());
    }
    if let Some(survey) = after.survey.as_ref().filter(|rule| rule.value) {
        list.policy("survey", survey.clause_or_silent());
    }
}

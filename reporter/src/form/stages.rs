//! The two stages and the way between them: sections 5 and 6 of the Code.

use redress_shared::code::StartPoint;
use redress_shared::policy::Profile;
use redress_shared::policy::profile::{EscalationRules, ExtensionRules, HandlerRules, StageRules};
use redress_shared::policy::vocabulary::{
    AcknowledgementItem, BeyondCap, EscalationReasons, ExtensionNeed, NewIssueRule, RefusalNeed, ResponseItem,
};

use super::evidence::{Evidence, plain};
use super::intake::late;
use crate::basis::basis;

/// The provisions that one stage's rules are evidence for.
struct Provisions {
    stage: &'static str,
    acknowledge: &'static str,
    respond: &'static str,
    extend: &'static str,
    ombudsman: &'static str,
    reasons: &'static str,
    response: &'static str,
    way_on: ResponseItem,
}

const STAGE_1: Provisions = Provisions {
    stage: "stage 1",
    acknowledge: "6.2",
    respond: "6.3",
    extend: "6.4",
    ombudsman: "6.5",
    reasons: "6.7",
    response: "6.9",
    way_on: ResponseItem::HowToEscalate,
};

const STAGE_2: Provisions = Provisions {
    stage: "stage 2",
    acknowledge: "6.11",
    respond: "6.14",
    extend: "6.15",
    ombudsman: "6.16",
    reasons: "6.18",
    response: "6.19",
    way_on: ResponseItem::HowToOmbudsman,
};

/// Tells what is said of the stages.
pub fn tell(profile: &Profile, evidence: &mut Evidence) {
    for (rules, provisions) in [(&profile.stage_1, &STAGE_1), (&profile.stage_2, &STAGE_2)] {
        times(rules, provisions, evidence);
        extension(&rules.extend, provisions, evidence);
        acknowledgement(rules, provisions, evidence);
        response(rules, provisions, evidence);
    }
    let text = match profile.stage_1.new_issue.value {
        NewIssueRule::JoinIfRelated => {
            "a related issue joins before the answer where it causes no undue delay; any other is a new complaint"
        }
        NewIssueRule::AsTheCode => "a new issue joins, or is a new complaint, as the Code has it",
    };
    evidence.say("6.8", basis!(profile.stage_1.new_issue), text);
    handlers(&profile.stage_1.handlers, &profile.stage_2.handlers, evidence);
    escalation(&profile.escalation, evidence);
}

fn times(rules: &StageRules, provisions: &Provisions, evidence: &mut Evidence) {
    if let Some(limit) = &rules.acknowledge {
        let text = format!("acknowledged within {} of {}", limit.amount(), start(limit.from));
        evidence.say(provisions.acknowledge, basis!(limit), &text);
    }
    let limit = &rules.respond;
    let text = format!("answered within {} of {}", limit.amount(), start(limit.from));
    evidence.say(provisions.respond, basis!(limit), &text);
    for urgent in &rules.urgent {
        let limit = &urgent.respond;
        let risk = plain(urgent.risk.as_str());
        let text =
            format!("where there is a {risk}, answered within {} of {}", limit.amount(), start(limit.from));
        evidence.say(provisions.respond, basis!(limit), &text);
    }
}

/// What a limit counts from, after "of".
pub(crate) const fn start(from: StartPoint) -> &'static str {
    match from {
        StartPoint::Receipt => "receipt",
        StartPoint::Logging => "logging",
        StartPoint::Acknowledgement => "the acknowledgement",
        StartPoint::Request => "the request for stage 2",
        StartPoint::RequestLogging => "logging the request for stage 2",
    }
}

fn extension(rules: &ExtensionRules, provisions: &Provisions, evidence: &mut Evidence) {
    match &rules.cap {
        Some(cap) => {
            let text = format!("an extension is at most {}", cap.amount());
            evidence.say(provisions.extend, basis!(cap), &text);
            let text = match rules.beyond_cap.value {
                BeyondCap::Refuse => "it is never longer",
                BeyondCap::GoodReason => "a longer one needs a good reason",
                BeyondCap::AgreementOrOmbudsman => {
                    "a longer one is agreed; where it is not, the Ombudsman's details are given"
                }
            };
            evidence.say(provisions.extend, basis!(rules.beyond_cap), text);
        }
        // A policy without a cap has no rule that could be quoted.
        None => evidence.say(
            provisions.extend,
            basis!(rules.beyond_cap),
            "an extension has no limit of the policy's own",
        ),
    }
    let needs = |is_ombudsman: bool| {
        let wanted = move |need: ExtensionNeed| (need == ExtensionNeed::OmbudsmanDetails) == is_ombudsman;
        rules.needs.iter().filter(move |need| wanted(need.value))
    };
    let items = needs(false).map(|need| (basis!(need), extension_need(need.value).to_owned()));
    evidence.list(provisions.extend, "with an extension goes", items);
    for need in needs(true) {
        evidence.say(provisions.ombudsman, basis!(need), "with an extension go the Ombudsman's details");
    }
}

const fn extension_need(need: ExtensionNeed) -> &'static str {
    match need {
        ExtensionNeed::Reason => "the reason",
        ExtensionNeed::ExpectedDate => "the date to expect",
        ExtensionNeed::OmbudsmanDetails => "the Ombudsman's details",
        ExtensionNeed::Agreement => "the resident's agreement",
        ExtensionNeed::InWriting => "confirmation in writing",
        ExtensionNeed::Discussion => "a talk with the resident about the reasons",
    }
}

fn acknowledgement(rules: &StageRules, provisions: &Provisions, evidence: &mut Evidence) {
    for item in &rules.acknowledgement_says {
        let (number, what) = match item.value {
            AcknowledgementItem::Understanding => ("5.6", "the understanding of the complaint"),
            AcknowledgementItem::OutcomesSought => ("5.6", "the outcomes sought"),
            AcknowledgementItem::OfferToDiscuss => ("5.6", "an offer to talk it over"),
            AcknowledgementItem::Responsibility => {
                ("5.7", "what the landlord is responsible for and what it is not")
            }
            // The rest is more than the Code asks of an acknowledgement.
            _ => continue,
        };
        let text = format!("the {} acknowledgement gives {what}", provisions.stage);
        evidence.say(number, basis!(item), &text);
    }
}

fn response(rules: &StageRules, provisions: &Provisions, evidence: &mut Evidence) {
    let stage = provisions.stage;
    for item in &rules.response_says {
        if item.value == ResponseItem::HowToOmbudsman {
            let text = format!("the {stage} response tells how to go to the Ombudsman");
            evidence.say("3.7", basis!(item), &text);
        }
    }
    let items = rules.response_says.iter();
    let wanted = items.clone().filter_map(|item| {
        let words =
            lettered(item.value).or((item.value == provisions.way_on).then_some(way_on(item.value)))?;
        Some((basis!(item), words.to_owned()))
    });
    evidence.list(provisions.response, &format!("the {stage} response gives"), wanted);
    let reasons = items.filter_map(|item| Some((basis!(item), reasoned(item.value)?.to_owned())));
    evidence.list(provisions.reasons, &format!("the {stage} response gives"), reasons);
}

/// The items (a) to (f) that the Code lists for a response at either stage.
const fn lettered(item: ResponseItem) -> Option<&'static str> {
    Some(match item {
        ResponseItem::Stage => "(a) the stage",
        ResponseItem::Definition => "(b) the definition",
        ResponseItem::Decision => "(c) the decision",
        ResponseItem::Reasons => "(d) the reasons",
        ResponseItem::Remedy => "(e) any remedy",
        ResponseItem::Actions => "(f) outstanding actions",
        _ => return None,
    })
}

/// Item (g), which is another at each stage.
const fn way_on(item: ResponseItem) -> &'static str {
    match item {
        ResponseItem::HowToEscalate => "(g) how to go to stage 2",
        _ => "(g) how to go to the Ombudsman",
    }
}

const fn reasoned(item: ResponseItem) -> Option<&'static str> {
    Some(match item {
        ResponseItem::Reasons => "the reasons for each decision",
        ResponseItem::Sources => "the policy, law, good practice or evidence relied on",
        _ => return None,
    })
}

fn handlers(first: &HandlerRules, second: &HandlerRules, evidence: &mut Evidence) {
    if first.no_previous_involvement.value {
        let text = "stage 1 is not for whoever had a part in what is complained of";
        evidence.say("5.8", basis!(first.no_previous_involvement), text);
    }
    let text = if second.no_previous_involvement.value {
        "stage 2 is not for whoever considered stage 1"
    } else {
        "nobody is kept from stage 2 for having considered stage 1"
    };
    evidence.say("6.13", basis!(second.no_previous_involvement), text);
    let roles = || second.roles.iter().map(|role| (basis!(role), plain(role.value.as_str())));
    evidence.list("6.13", "stage 2 is considered by:", roles());
    evidence.list("6.20", "stage 2 is considered by:", roles());
}

fn escalation(rules: &EscalationRules, evidence: &mut Evidence) {
    let text = match rules.reasons.value {
        EscalationReasons::NotRequired => "no reasons are needed to ask for stage 2",
        EscalationReasons::Asked => "reasons for asking for stage 2 are asked for and not needed",
        EscalationReasons::Required => "reasons are needed to ask for stage 2",
    };
    evidence.say("6.12", basis!(rules.reasons), text);
    if let Some(window) = &rules.window {
        let text = format!("stage 2 is asked for within {} of the stage 1 response", window.amount());
        evidence.say("6.10", basis!(window), &text);
    }
    if let Some(test) = &rules.late {
        let text = format!("a later request is taken on {}", late(test.value));
        evidence.say("6.10", basis!(test), &text);
    }
    let grounds = rules.grounds.iter().map(|rule| (basis!(rule), plain(rule.ground.as_str())));
    evidence.list("5.11", "grounds for declining stage 2:", grounds);
    let needs = rules.needs.iter().map(|need| (basis!(need), refusal_need(need.value).to_owned()));
    evidence.list("5.11", "with declining stage 2 goes", needs);
}

const fn refusal_need(need: RefusalNeed) -> &'static str {
    match need {
        RefusalNeed::Reasons => "the reasons",
        RefusalNeed::Evidence => "the evidence",
        RefusalNeed::OmbudsmanRight => "the right to go to the Ombudsman",
        RefusalNeed::Discretion => "how discretion was considered",
        RefusalNeed::Approval => "the agreement of the person named for it",
    }
}

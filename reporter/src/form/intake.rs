//! Ways in, time limit, representatives, refusals: sections 1 to 3 of the Code, and 5.10.

use redress_shared::calendar::Count;
use redress_shared::policy::Profile;
use redress_shared::policy::profile::{FeedbackKind, Intake, RefusalRules};
use redress_shared::policy::vocabulary::{
    ConsentRule, ElectedMemberHandling, LateTest, LimitFrom, RefusalGround, RefusalNeed,
    RequestBecomesComplaint, SocialMediaHandling, SpokenHandling,
};

use super::evidence::{Evidence, plain};
use crate::basis::basis;

/// Tells what is said of how complaints come in and which are declined.
pub fn tell(profile: &Profile, evidence: &mut Evidence) {
    time_limit(&profile.intake, evidence);
    ways_in(&profile.intake, evidence);
    representatives(&profile.intake, evidence);
    requests(&profile.intake, evidence);
    refusals(&profile.refusal, evidence);
}

fn time_limit(intake: &Intake, evidence: &mut Evidence) {
    let limit = &intake.time_limit;
    let from = match limit.from {
        LimitFrom::Event => "what it is about",
        LimitFrom::Awareness => "the resident becoming aware of it",
        LimitFrom::EventOrAwareness => "what it is about, or of the resident becoming aware of it",
    };
    let text = format!("a complaint comes within {} of {from}", Count::months(limit.months));
    evidence.say("2.3", basis!(limit), &text);
    let text = format!("a later complaint is taken on {}", late(limit.late.value));
    evidence.say("2.3", basis!(limit.late), &text);
    let lifted = limit.lifted_for.iter().map(|risk| (basis!(risk), plain(risk.value.as_str())));
    evidence.list("2.3", "the limit may be lifted for", lifted);
}

/// What a landlord wants before it takes on what is late, after "is taken on".
pub const fn late(test: LateTest) -> &'static str {
    match test {
        LateTest::GoodReason => "for a good reason",
        LateTest::ExceptionalCircumstances => "in exceptional circumstances only",
        LateTest::Discretion => "at the landlord's discretion",
    }
}

fn ways_in(intake: &Intake, evidence: &mut Evidence) {
    for number in ["3.1", "3.2"] {
        let channels = intake.channels.iter().map(|rule| (basis!(rule), plain(rule.channel.as_str())));
        evidence.list(number, "channels named:", channels);
    }
    let text = match intake.social_media.value {
        SocialMediaHandling::Signpost => {
            "a complaint on social media is pointed to the other channels and not formally answered"
        }
        SocialMediaHandling::Offline => {
            "a complaint on social media is taken on and handled off the platform"
        }
        SocialMediaHandling::Accept => "a complaint on social media is taken on like any other",
    };
    evidence.say("3.2", basis!(intake.social_media), text);
    let text = match intake.spoken.value {
        SpokenHandling::RecordDetails => "the details of a spoken complaint are written down",
        SpokenHandling::ConfirmInWriting => {
            "a spoken complaint goes on once its written form is agreed with the resident"
        }
        SpokenHandling::Accept => "a spoken complaint needs nothing beyond what every complaint needs",
    };
    evidence.say("3.2", basis!(intake.spoken), text);
    let records = intake.equality_records.iter().map(|record| (basis!(record), plain(record.value.as_str())));
    evidence.list("5.10", "recorded of residents:", records);
}

fn representatives(intake: &Intake, evidence: &mut Evidence) {
    let text = match intake.consent.value {
        ConsentRule::Written => "a representative needs the resident's written consent",
        ConsentRule::WrittenOrEvidence => {
            "a representative needs the resident's written consent, or other evidence such as a power of attorney"
        }
        ConsentRule::Permission => "a representative needs the resident's permission, in any form",
    };
    evidence.say("3.6", basis!(intake.consent), text);
    let assumed = intake.consent_assumed_for.iter().map(|kind| (basis!(kind), plain(kind.value.as_str())));
    evidence.list("3.6", "consent is assumed for", assumed);
    let text = match intake.elected_members.value {
        ElectedMemberHandling::Representative => "an elected member is a representative like others",
        ElectedMemberHandling::CorporateComplaints => {
            "what reaches an elected member goes to the corporate complaints procedure"
        }
        ElectedMemberHandling::ConsentAssumed => {
            "an elected member is a representative whose consent is assumed"
        }
    };
    evidence.say("1.3", basis!(intake.elected_members), text);
}

fn requests(intake: &Intake, evidence: &mut Evidence) {
    let requests = intake.feedback.iter().filter(|rule| rule.kind == FeedbackKind::ServiceRequest);
    evidence.list("1.4", "of service requests:", requests.map(|rule| (basis!(rule), rule.handling.clone())));
    let text = match intake.request_becomes_complaint.value {
        RequestBecomesComplaint::OnDissatisfaction => {
            "a service request becomes a complaint when the resident is dissatisfied with how it was handled"
        }
        RequestBecomesComplaint::OnDissatisfactionOrRequest => {
            "a service request becomes a complaint on dissatisfaction, or because the resident asks"
        }
    };
    evidence.say("1.5", basis!(intake.request_becomes_complaint), text);
}

/// A ground as it is read: the word itself, where that says enough.
fn ground(ground: RefusalGround) -> String {
    let words = match ground {
        RefusalGround::LegalProceedingsFiled => "a claim filed at court",
        RefusalGround::LegalActionPlanned => "legal action taken or planned",
        RefusalGround::LegalProcessOrSolicitor => {
            "the legal process, or a solicitor instructed for disrepair"
        }
        RefusalGround::NotItsService => "a service that is not this landlord's",
        RefusalGround::NotLandlordMatter => "not a landlord matter",
        RefusalGround::AboutPolicy => "about a policy itself",
        RefusalGround::AppealRoute => "a decision with an appeal of its own",
        RefusalGround::ServiceRequest => "a service request not yet dealt with",
        other => return plain(other.as_str()),
    };
    words.to_owned()
}

fn refusals(refusal: &RefusalRules, evidence: &mut Evidence) {
    let grounds = refusal.grounds.iter().map(|rule| (basis!(rule), ground(rule.ground)));
    evidence.list("2.2", "grounds for declining:", grounds);
    for need in &refusal.needs {
        let (number, text) = match need.value {
            RefusalNeed::Reasons => ("2.4", "a refusal gives the reasons"),
            RefusalNeed::Evidence => ("2.1", "a refusal has its evidence"),
            RefusalNeed::OmbudsmanRight => ("2.4", "a refusal tells of the right to go to the Ombudsman"),
            RefusalNeed::Discretion => ("2.5", "discretion is considered for the complaint at hand"),
            RefusalNeed::Approval => ("2.1", "a refusal needs the agreement of the person named for it"),
        };
        evidence.say(number, basis!(need), text);
    }
    if refusal.ombudsman_may_direct.value {
        let text = "the Ombudsman may tell the landlord to take a complaint on";
        evidence.say("2.4", basis!(refusal.ombudsman_may_direct), text);
    }
}

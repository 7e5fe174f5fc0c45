//! How complaints come in, and what may be declined.

use super::{Findings, PointKind, written};
use crate::calendar::{Count, Unit};
use crate::policy::Profile;
use crate::policy::cited::Cited;
use crate::policy::profile::{GroundRule, Intake};
use crate::policy::vocabulary::{
    AnonymousHandling, ElectedMemberHandling, LateTest, LimitFrom, RefusalGround, RefusalNeed,
    SocialMediaHandling, SpokenHandling,
};

pub(super) fn check(profile: &Profile, findings: &mut Findings<'_>) {
    time_limit(&profile.intake, findings);
    ways_in(&profile.intake, findings);
    third_parties(&profile.intake, findings);
    for rule in &profile.refusal.grounds {
        ground(rule, findings);
    }
    if profile.refusal.grounds.is_empty() {
        findings.add_on(
            Some("exclusions-listed"),
            PointKind::Gap,
            "2.2",
            None,
            "Nothing is listed that is not taken on.",
        );
    }
    refusal(&profile.refusal.needs, findings);
    let direct = &profile.refusal.ombudsman_may_direct;
    if !direct.value && direct.clause.is_some() {
        let sentence = "The landlord does not take on what the Ombudsman tells it to.";
        findings.add_on(
            Some("ombudsman-may-direct"),
            PointKind::Departure,
            "2.4",
            direct.clause.as_deref(),
            sentence,
        );
    }
}

fn time_limit(intake: &Intake, findings: &mut Findings<'_>) {
    const TOPIC: Option<&str> = Some("accepted-within-twelve-months");
    let limit = &intake.time_limit;
    let code = &findings.code.clocks.accept_within;
    let (provision, months) = (code.provision, code.count);
    if code.unit != Unit::Months || limit.clause.is_none() {
        return;
    }
    let clause = limit.clause.as_deref();
    let own = Count::months(limit.months);
    let codes = Count::months(months);
    // The edition of 2022 says nothing of awareness and obliges nobody to take on what is within its six months.
    let binds = findings.code.statutory;
    if limit.months < months || (binds && limit.from == LimitFrom::Event) {
        let sentence = format!(
            "A complaint must come within {own} of {}; the Code has {codes} of the issue or of the resident becoming aware of \
             it.",
            from(limit.from)
        );
        findings.add_numbered(TOPIC, PointKind::Departure, provision, clause, sentence);
    } else if limit.months > months {
        let sentence =
            format!("A complaint may come within {own} of {}; the Code has {codes}.", from(limit.from));
        findings.add_numbered(TOPIC, PointKind::Stricter, provision, clause, sentence);
    }
    if let Some(lifted) = limit.lifted_for.first() {
        let risks: Vec<_> =
            limit.lifted_for.iter().map(|risk| risk.value.as_str().replace('-', " ")).collect();
        let sentence = format!("The time limit may be lifted where it is about {}.", risks.join(" or "));
        findings.add_numbered(None, PointKind::Stricter, provision, lifted.clause.as_deref(), sentence);
    }
    findings.ambiguous(TOPIC, "2.3", "The time limit for complaining", written!(limit));
    if limit.late.value == LateTest::ExceptionalCircumstances && limit.late.clause.is_some() {
        let sentence = "What comes later is taken on in exceptional circumstances; the Code wants discretion considered for any \
                        good reason.";
        let topic = Some("discretion-beyond-twelve-months");
        findings.add_on(topic, PointKind::Departure, "2.3", limit.late.clause.as_deref(), sentence);
    }
}

const fn from(from: LimitFrom) -> &'static str {
    match from {
        LimitFrom::Event => "the event",
        LimitFrom::Awareness => "the resident becoming aware of it",
        LimitFrom::EventOrAwareness => "the event or of the resident becoming aware of it",
    }
}

fn ways_in(intake: &Intake, findings: &mut Findings<'_>) {
    let social = &intake.social_media;
    if social.value == SocialMediaHandling::Signpost && social.clause.is_some() {
        let sentence = "A complaint on social media is not formally answered: the resident is pointed to other channels, where \
                        the Code lets a complaint be raised in any way.";
        let topic = Some("any-member-of-staff");
        findings.add_on(topic, PointKind::Departure, "3.2", social.clause.as_deref(), sentence);
    }
    findings.ambiguous(None, "3.2", "What becomes of a complaint on social media", written!(social));
    let anonymous = &intake.anonymous;
    if anonymous.value == AnonymousHandling::NotUnderPolicy && anonymous.clause.is_some() {
        let sentence = "An anonymous complaint is dealt with outside the policy, although dissatisfaction is a complaint however \
                        it is made.";
        findings.add(PointKind::Departure, "1.2", anonymous.clause.as_deref(), sentence);
    }
    findings.ambiguous(None, "1.2", "What becomes of an anonymous complaint", written!(anonymous));
    let spoken = &intake.spoken;
    if spoken.value == SpokenHandling::ConfirmInWriting && spoken.clause.is_some() {
        let sentence = "A spoken complaint goes on only once its written form has been agreed; the Code's 5 working days to \
                        acknowledge, define and log it run from the conversation.";
        findings.add(PointKind::Departure, "6.2", spoken.clause.as_deref(), sentence);
    }
}

fn third_parties(intake: &Intake, findings: &mut Findings<'_>) {
    let members = &intake.elected_members;
    if members.value == ElectedMemberHandling::CorporateComplaints && members.clause.is_some() {
        let sentence = "A complaint that comes through an elected member goes to another procedure; the Code has a third party's \
                        complaint handled under the same policy.";
        findings.add(PointKind::Departure, "1.3", members.clause.as_deref(), sentence);
    }
    findings.ambiguous(None, "1.3", "What becomes of an approach to an elected member", written!(members));
    findings.ambiguous(None, "3.6", "What consent to a representative needs", written!(intake.consent));
    let request = &intake.request_becomes_complaint;
    let topic = Some("complaint-on-dissatisfaction");
    findings.ambiguous(topic, "1.5", "When a service request becomes a complaint", written!(request));
}

/// The Code lists three grounds as fair, and allows others that are: what plainly goes past one of the three departs, only a reading of one of
/// the three is about a rule of the Code's, and another ground has to be shown to be fair, as one of stage 2 has ([`super::escalation`]).
/// What is no complaint about the landlord at all is not among the Code's complaints either, and leaving it out is no exclusion.
fn ground(rule: &GroundRule, findings: &mut Findings<'_>) {
    let Some(clause) = rule.clause.as_deref() else { return };
    let started = "the Code has proceedings start when a claim form and particulars are filed at court.";
    let (kind, sentence) = match rule.ground {
        RefusalGround::OutOfTime
        | RefusalGround::LegalProceedingsFiled
        | RefusalGround::AlreadyConsidered => {
            let what = format!("The ground for declining called {}", rule.ground);
            findings.ambiguous(None, "2.2", &what, written!(rule));
            return;
        }
        RefusalGround::NotItsService
        | RefusalGround::NotLandlordMatter
        | RefusalGround::AntiSocialBehaviour
        | RefusalGround::ServiceRequest
        | RefusalGround::StaffMatter
        | RefusalGround::ProviderNotCommissioned => return,
        RefusalGround::LegalActionPlanned => (
            PointKind::Departure,
            format!("A complaint is declined where legal action is merely planned; {started}"),
        ),
        RefusalGround::LegalProcessOrSolicitor => (
            PointKind::Departure,
            format!("A complaint is declined once a solicitor is instructed for disrepair; {started}"),
        ),
        RefusalGround::LegalProceedings => (
            PointKind::Ambiguity,
            format!("When legal proceedings have begun is not said, and past ones count too; {started}"),
        ),
        RefusalGround::AboutPolicy
        | RefusalGround::BeyondControl
        | RefusalGround::UnacceptableBehaviour
        | RefusalGround::PersistentOrVexatious
        | RefusalGround::ExcessiveDemands
        | RefusalGround::CompensationOnly
        | RefusalGround::AppealRoute
        | RefusalGround::InsuranceClaim => (
            PointKind::Ambiguity,
            format!(
                "A complaint may be declined on the ground called {}, which the Code's exclusions do not have: whether it is a valid \
                 reason depends on the case.",
                rule.ground
            ),
        ),
    };
    findings.add(kind, "2.2", Some(clause), sentence);
}

/// A refusal is explained, with the right to go to the Ombudsman.
fn refusal(needs: &[Cited<RefusalNeed>], findings: &mut Findings<'_>) {
    let wanted = [
        (RefusalNeed::Reasons, "Nothing says that a refusal is explained."),
        (
            RefusalNeed::OmbudsmanRight,
            "Nothing says that a refusal comes with the right to go to the Ombudsman.",
        ),
    ];
    for (need, sentence) in wanted {
        let listed = needs.iter().find(|listed| listed.value == need);
        if listed.is_none_or(|need| need.clause.is_none()) {
            findings.add_on(Some("refusal-explained"), PointKind::Gap, "2.4", None, sentence);
        }
        if let Some(need) = listed {
            findings.ambiguous(Some("refusal-explained"), "2.4", "What goes with a refusal", written!(need));
        }
    }
}

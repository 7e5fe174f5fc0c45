//! The words that a policy profile chooses from. Each list is closed: a policy that needs another word needs a rule behind it.

mod intake;
mod outcome;
mod oversight;
mod refusal;
mod stage;

pub use intake::{
    AnonymousHandling, Channel, ConsentEvidence, ConsentRule, ElectedMemberHandling, LateTest, LimitFrom,
    RepresentativeKind, RequestBecomesComplaint, SocialMediaHandling, SpokenHandling,
};
pub use outcome::{ClosingRule, CompensationBasis, Outcome, RemedyKind, ReopeningRule, WholeRule};
pub use oversight::{
    Cadence, ContractorMoment, PolicyStatus, ReportKind, RiskKind, Says, SelfAssessmentTrigger,
};
pub use refusal::{EscalationGround, RefusalGround, RefusalNeed};
pub use stage::{
    AcknowledgementItem, BeyondCap, EscalationReasons, ExtensionNeed, LateAcknowledgement, NewIssueRule,
    ResponseItem, StaffRole, WrittenRule,
};

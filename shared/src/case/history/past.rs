//! What a CRM's history may know of one case. All is optional that a CRM may lack.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::when::When;
use crate::case::command::intake::{Reference, Representative, Resident, Staff};
use crate::case::command::limits;
use crate::case::command::ombudsman::IssueFinding;
use crate::case::record::{Label, Text};
use crate::case::words::{
    ClosingReason, ConcernsAfterWithdrawal, Kind, OrderKind, Satisfaction, StageNumber, StockType,
};
use crate::policy::vocabulary::{
    Channel, CompensationBasis, EscalationGround, Outcome, RefusalGround, RemedyKind, RiskKind,
};

macro_rules! past {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_meta])* pub $field: $kind,)+ }
    )+};
}

past! {
    /// One case of the history.
    PastCase {
        /// The references of the case. The first is what tells it from others when the same history comes again.
        #[schemars(length(min = 1, max = limits::REFERENCES))]
        references: Vec<Reference>,
        /// What it is.
        #[serde(default = "complaint")]
        kind: Kind,
        /// How it came.
        #[serde(default = "other")]
        channel: Channel,
        /// When it was received.
        received: When,
        /// What it says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Text>,
        /// The residents; none where they are not known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::RESIDENTS))]
        residents: Vec<Resident>,
        /// Who spoke for them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        representative: Option<Representative>,
        /// What they would have liked to come of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome_sought: Option<Text>,
        /// The day on which it happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        event_on: Option<NaiveDate>,
        /// The day on which the resident became aware of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aware_on: Option<NaiveDate>,
        /// The property, as an address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        property: Option<Text>,
        /// The stock type, for the regulator's measures.
        stock_type: StockType,
        /// The tenure, in the landlord's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tenure: Option<Label>,
        /// The area, in the landlord's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        area: Option<Label>,
        /// What it was about: one category or several.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::CATEGORIES))]
        categories: Vec<Label>,
        /// The service that it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service_area: Option<Label>,
        /// The contractor that it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contractor: Option<Label>,
        /// Risks that were noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::RISKS))]
        risks: Vec<PastRisk>,
        /// That it was declined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused: Option<PastRefusal>,
        /// Stage 1, once it was taken on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage_1: Option<PastStage>,
        /// That stage 2 was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        escalation: Option<PastEscalation>,
        /// Stage 2, once it was opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage_2: Option<PastStage>,
        /// That it was withdrawn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        withdrawn: Option<PastWithdrawal>,
        /// That it was closed; of a contact that is no complaint, that it was dealt with. Of a complaint that was declined it says nothing
        /// new, and is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closed: Option<PastClosing>,
        /// What the resident said of how it was handled.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::ACTIONS))]
        surveys: Vec<PastSurvey>,
        /// What was learnt.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::ACTIONS))]
        learning: Vec<PastLearning>,
        /// The Ombudsman's part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ombudsman: Option<PastOmbudsman>,
    }

    /// A risk that was noticed.
    PastRisk {
        /// The kind.
        kind: RiskKind,
        /// When the landlord became aware of it; on receipt, where that is not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aware: Option<When>,
    }

    /// A complaint that was declined.
    PastRefusal {
        /// When.
        on: When,
        /// On which ground.
        ground: RefusalGround,
        /// The clause that has it; that of the policy in force on receipt, where it is not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clause: Option<Label>,
        /// Why, as the resident was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Text>,
        /// How the circumstances were weighed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discretion_considered: Option<Text>,
        /// That the Ombudsman directed that it be taken on all the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        directed: Option<PastDirection>,
    }

    /// The Ombudsman directed that something be taken on that was declined.
    PastDirection {
        /// When.
        on: When,
        /// The Ombudsman's reference.
        reference: Label,
    }

    /// A stage.
    PastStage {
        /// When it was logged; where that is not known, when it was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        logged: Option<When>,
        /// When it was acknowledged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acknowledged: Option<When>,
        /// Who dealt with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handler: Option<Staff>,
        /// The definition, point by point; one point, what the complaint says, where none is given.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::POINTS))]
        points: Vec<PastPoint>,
        /// Extensions of the time to respond.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::MEMBERS))]
        extensions: Vec<PastExtension>,
        /// When the resident was told how it goes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::POINTS))]
        updates: Vec<When>,
        /// When it was answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        responded: Option<When>,
        /// The decision on the whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Outcome>,
        /// The reasons of the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Text>,
        /// Whether it was put right at first contact.
        #[serde(default)]
        resolved_at_first_contact: bool,
        /// The remedies offered with the answer.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::REMEDIES))]
        remedies: Vec<PastRemedy>,
        /// The actions promised with the answer.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::ACTIONS))]
        actions: Vec<PastAction>,
    }

    /// A point of the definition.
    PastPoint {
        /// How it was understood.
        understanding: Text,
        /// Whether it was the landlord's responsibility.
        #[serde(default = "yes")]
        responsible: bool,
        /// The decision on it; that on the whole, where it is not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Outcome>,
    }

    /// An extension of the time to respond.
    PastExtension {
        /// When it was decided and told.
        on: When,
        /// The new date.
        respond_by: NaiveDate,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
        /// The good reason for going past the limit, where it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        good_reason: Option<Text>,
        /// Whether the resident agreed.
        #[serde(default)]
        agreed: bool,
        /// Whether the Ombudsman's details were given.
        #[serde(default)]
        ombudsman_details_given: bool,
    }

    /// A remedy.
    PastRemedy {
        /// The kind.
        kind: RemedyKind,
        /// What exactly.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<Text>,
        /// The amount in pence, where it was money.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(max = limits::PENCE))]
        pence: Option<u64>,
        /// What the money was for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        basis: Option<CompensationBasis>,
        /// By when it was to be done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<NaiveDate>,
        /// When the resident accepted it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accepted: Option<When>,
        /// When the resident declined it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        declined: Option<When>,
        /// When it was paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paid: Option<When>,
        /// How much of it went to arrears, in pence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(max = limits::PENCE))]
        offset_pence: Option<u64>,
    }

    /// An action.
    PastAction {
        /// What was promised.
        what: Text,
        /// By when.
        due_on: NaiveDate,
        /// The team that did it.
        owner: Label,
        /// When it was done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        done: Option<When>,
    }

    /// The request for stage 2.
    PastEscalation {
        /// When.
        requested: When,
        /// Why, and what remained unresolved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Text>,
        /// That it was declined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused: Option<PastEscalationRefusal>,
    }

    /// Stage 2 was declined.
    PastEscalationRefusal {
        /// When.
        on: When,
        /// On which ground.
        ground: EscalationGround,
        /// The clause that has it; that of the policy in force on receipt, where it is not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clause: Option<Label>,
        /// Why, as the resident was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Text>,
        /// That the Ombudsman directed that it be taken on all the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        directed: Option<PastDirection>,
    }

    /// A withdrawal.
    PastWithdrawal {
        /// When.
        on: When,
        /// Whether the concerns were still looked into.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        concerns: Option<ConcernsAfterWithdrawal>,
    }

    /// A closing.
    PastClosing {
        /// When.
        on: When,
        /// Why. Where it was never answered, that is what is kept in place of `answered` and `window-passed`.
        #[serde(default = "answered")]
        reason: ClosingReason,
        /// What was done, of a contact that is no complaint.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Text>,
    }

    /// A survey answer.
    PastSurvey {
        /// When.
        on: When,
        /// The answer.
        answer: Satisfaction,
        /// After which stage.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<StageNumber>,
        /// What they added.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<Text>,
    }

    /// Something learnt. The improvement is written to be published: no names.
    PastLearning {
        /// When.
        on: When,
        /// The theme.
        theme: Label,
        /// The root cause.
        root_cause: Label,
        /// The improvement.
        improvement: Text,
        /// The team that made it.
        owner: Label,
        /// When it was reported.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reported: Option<When>,
        /// To whom it was reported.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reported_to: Option<Label>,
        /// Whether the improvement was in place by then.
        #[serde(default)]
        done: bool,
    }

    /// The Ombudsman's part.
    PastOmbudsman {
        /// When it went there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        referred: Option<When>,
        /// The Ombudsman's reference.
        reference: Label,
        /// What was determined.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::MEMBERS))]
        determinations: Vec<PastDetermination>,
        /// Complaint handling failure orders.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::MEMBERS))]
        failure_orders: Vec<PastFailureOrder>,
    }

    /// A determination.
    PastDetermination {
        /// When.
        on: When,
        /// The findings.
        #[schemars(length(min = 1, max = limits::FINDINGS))]
        findings: Vec<IssueFinding>,
        /// The orders and recommendations.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = limits::ORDERS))]
        orders: Vec<PastOrder>,
    }

    /// An order or recommendation.
    PastOrder {
        /// Which of the two.
        kind: OrderKind,
        /// What was to be done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        what: Option<Text>,
        /// By when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<NaiveDate>,
        /// How much was to be paid, in pence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(max = limits::PENCE))]
        pence: Option<u64>,
        /// When it was complied with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        complied: Option<When>,
    }

    /// A complaint handling failure order.
    PastFailureOrder {
        /// When it was issued.
        on: When,
        /// 1 not progressing, 2 not providing information, 3 not complying with the Code.
        #[schemars(range(min = 1, max = 3))]
        kind: u8,
        /// By when it was to be complied with.
        due_on: NaiveDate,
        /// When it was complied with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        complied: Option<When>,
    }
}

const fn complaint() -> Kind {
    Kind::Complaint
}

const fn other() -> Channel {
    Channel::Other
}

const fn yes() -> bool {
    true
}

const fn answered() -> ClosingReason {
    ClosingReason::Answered
}

//! Remedies, compensation and actions.

use chrono::NaiveDate;

use crate::case::record::{Label, Text, kept_as_is, recorded};
use crate::policy::vocabulary::{CompensationBasis, RemedyKind};

kept_as_is!(CompensationBasis, RemedyKind);

recorded! {
    /// One remedy.
    RemedyOffer => RemedyOffered {
        /// The kind.
        kind: RemedyKind,
        /// What exactly, in words.
        detail: Text,
        /// The amount in pence, where it is money.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(max = super::limits::PENCE))]
        pence: Option<u64>,
        /// What the money or benefit is for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        basis: Option<CompensationBasis>,
        /// By when it will be done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<NaiveDate>,
        /// Until when the offer stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        open_until: Option<NaiveDate>,
        /// Whether the resident has agreed to it.
        #[serde(default)]
        agreed: bool,
    }
}

recorded! {
    /// One action that the landlord promises.
    PromisedAction => ActionPromised {
        /// What will be done.
        what: Text,
        /// By when.
        due_on: NaiveDate,
        /// The team that does it.
        owner: Label,
    }
}

recorded! {
    /// A remedy is offered outside a response: early, or after closing (Code 5.13).
    OfferRemedy => RemedyOfferMade {
        /// The remedy.
        remedy: RemedyOffer,
    }
}

recorded! {
    /// The resident answers an offer.
    AnswerOffer => OfferAnswered {
        /// Which, by its number in the case.
        remedy: u16,
        /// Whether they accept.
        accepted: bool,
    }
}

recorded! {
    /// An offer's time has run out.
    LapseOffer => OfferLapsed {
        /// Which, by its number in the case.
        remedy: u16,
    }
}

recorded! {
    /// Compensation is paid.
    PayCompensation => CompensationPaid {
        /// Which remedy, by its number in the case.
        remedy: u16,
        /// What the resident owes the landlord on the day, in pence.
        #[serde(default)]
        #[schemars(range(max = super::limits::PENCE))]
        arrears_pence: u64,
    }
}

recorded! {
    /// An action is promised outside a response.
    AddAction => ActionAdded {
        /// The action.
        action: PromisedAction,
    }
}

recorded! {
    /// An action gets another date, with the reason.
    ReviseAction => ActionRevised {
        /// Which, by its number in the case.
        action: u16,
        /// The new date.
        due_on: NaiveDate,
        /// Why.
        reason: Text,
    }
}

recorded! {
    /// An action is done.
    CompleteAction => ActionCompleted {
        /// Which, by its number in the case.
        action: u16,
        /// How it was evidenced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Text>,
    }
}

//! The Ombudsman's part.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::case::record::Label;
use crate::case::words::{Finding, OrderKind};

/// The Ombudsman's part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct OmbudsmanState {
    /// When it first went there.
    pub referred_at: Option<DateTime<Utc>>,
    /// The findings, issue by issue.
    pub findings: Vec<FindingState>,
    /// Orders and recommendations, numbered from 1.
    pub orders: Vec<OrderState>,
    /// Complaint handling failure orders, numbered from 1.
    pub failure_orders: Vec<FailureOrderState>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct FindingState {
    /// The Ombudsman's reference.
    pub reference: Label,
    /// The issue.
    pub issue: Label,
    /// The finding.
    pub finding: Finding,
    /// When.
    pub determined_at: DateTime<Utc>,
}

/// An order or recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct OrderState {
    /// The Ombudsman's reference.
    pub reference: Label,
    /// Which of the two.
    pub kind: OrderKind,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// How much, in pence.
    pub pence: Option<u64>,
    /// When it was complied with.
    pub complied_at: Option<DateTime<Utc>>,
}

/// A complaint handling failure order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct FailureOrderState {
    /// The Ombudsman's reference.
    pub reference: Label,
    /// 1 not progressing, 2 not providing information, 3 not complying with the Code.
    pub kind: u8,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// By when.
    pub due_on: NaiveDate,
    /// When it was complied with.
    pub complied_at: Option<DateTime<Utc>>,
}

//! How much one command may carry. The schemas say so, and whatever comes in is held against them; see [`crate::schema`].

/// The most residents of one complaint: a group's is one complaint, however many they are.
pub const RESIDENTS: usize = 200;

/// The most adjustments, vulnerabilities or disabilities told of one resident.
pub const TOLD_OF_RESIDENT: usize = 20;

/// The most categories of one case.
pub const CATEGORIES: usize = 20;

/// The most references of other systems to one case.
pub const REFERENCES: usize = 20;

/// The most risks noticed on arrival.
pub const RISKS: usize = 20;

/// The most points of a definition.
pub const POINTS: usize = 100;

/// The most decisions of one response: every point has one, and issues may have joined since the points were defined.
pub const DECISIONS: usize = 1_000;

/// The most members added to a review.
pub const MEMBERS: usize = 20;

/// The most remedies offered with one response.
pub const REMEDIES: usize = 100;

/// The most actions promised with one response.
pub const ACTIONS: usize = 100;

/// The most findings of one determination.
pub const FINDINGS: usize = 100;

/// The most orders and recommendations of one determination.
pub const ORDERS: usize = 100;

/// The largest sum, in pence: ten million pounds. A larger one is a slip of the keyboard.
pub const PENCE: u64 = 1_000_000_000;

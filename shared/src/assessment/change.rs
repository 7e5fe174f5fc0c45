//! What changed for a provision since the year before, and why.

use super::{Comply, Measured};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How a figure that has to be met by all stands in a year.
    Standing {
        /// All kept it.
        Kept = "kept",
        /// Some fell short.
        FellShort = "fell-short",
        /// There was nothing to which it applied, or the records do not say.
        Untold = "untold",
    }
}

vocabulary! {
    /// Why a provision stands differently from the year before.
    Why {
        /// The policy's text stands differently to it.
        Policy = "policy-changed",
        /// What the cases show is different: all kept it then and not now, or the other way round.
        Performance = "performance-changed",
        /// The answer is another.
        Answer = "answer-changed",
    }
}

impl From<Measured> for Standing {
    fn from(measured: Measured) -> Self {
        match measured {
            Measured::Kept { broken: 1.., .. } => Self::FellShort,
            Measured::Kept { kept: 1.., open: 0, untold: 0, .. } => Self::Kept,
            _ => Self::Untold,
        }
    }
}

/// A provision in one year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// What was answered and confirmed, if anything was.
    pub answer: Option<Comply>,
    /// How each figure that has to be met by all stands, in the order of the rules.
    pub standings: Vec<Standing>,
}

/// Why a provision stands differently; nothing where it does not. Where the answer alone is another, neither the policy nor the
/// cases explain it.
///
/// ```
/// use redress_shared::assessment::{Comply, Side, Standing, Why, changes};
/// let before = Side { answer: Some(Comply::No), standings: vec![Standing::FellShort] };
/// let now = Side { answer: Some(Comply::Yes), standings: vec![Standing::Kept] };
/// assert_eq!(changes(&before, &now, false), [Why::Performance, Why::Answer]);
/// // A year without a case is no change of performance.
/// let idle = Side { answer: Some(Comply::No), standings: vec![Standing::Untold] };
/// assert_eq!(changes(&before, &idle, false), []);
/// ```
#[must_use]
pub fn changes(before: &Side, now: &Side, policy_changed: bool) -> Vec<Why> {
    let pairs = before.standings.iter().zip(&now.standings);
    let told = |standing: &Standing| *standing != Standing::Untold;
    let performed = pairs.into_iter().any(|(then, now)| told(then) && told(now) && then != now);
    let answered = matches!((before.answer, now.answer), (Some(then), Some(now)) if then != now);
    [(Why::Policy, policy_changed), (Why::Performance, performed), (Why::Answer, answered)]
        .into_iter()
        .filter_map(|(why, applies)| applies.then_some(why))
        .collect()
}

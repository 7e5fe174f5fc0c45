//! What the evidence for a provision proposes.

use super::Comply;
use super::rules::{Asks, Condition, ProposalRules};
use crate::code::{Evidence, FormRow};
use crate::measure::Rate;

/// A figure as the year's cases give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// How many there were.
    Count(u64),
    /// How many of all.
    Share(Rate),
    /// How many of those to which the provision applied kept it.
    Kept {
        /// They kept it.
        kept: u64,
        /// They fell short.
        broken: u64,
        /// It is not decided yet: they can still do either.
        open: u64,
        /// They did one or the other, and the records do not say which.
        untold: u64,
        /// They were withdrawn before they could do either: in the divisor, as in every other figure, and no exception.
        ended: u64,
    },
}

impl Measured {
    /// The figure as numerator and denominator; a count has none.
    ///
    /// ```
    /// use redress_shared::assessment::Measured;
    /// use redress_shared::measure::Rate;
    /// // What is still open has not been kept yet, and stands in the denominator.
    /// let figure = Measured::Kept { kept: 40, broken: 0, open: 4, untold: 0, ended: 0 };
    /// assert_eq!(figure.rate(), Some(Rate::new(40, 44)));
    /// assert_eq!(Measured::Count(3).rate(), None);
    /// ```
    #[must_use]
    pub const fn rate(self) -> Option<Rate> {
        match self {
            Self::Count(_) => None,
            Self::Share(rate) => Some(rate),
            Self::Kept { kept, broken, open, untold, ended } => {
                Some(Rate::new(kept, kept + broken + open + untold + ended))
            }
        }
    }

    const fn is_broken(self) -> bool {
        matches!(self, Self::Kept { broken: 1.., .. })
    }

    /// While one can still fall short, nothing is said to have been kept by all.
    const fn is_kept(self) -> bool {
        matches!(self, Self::Kept { kept: 1.., broken: 0, open: 0, untold: 0, .. })
    }

    const fn is_idle(self) -> bool {
        matches!(self, Self::Kept { kept: 0, broken: 0, open: 0, untold: 0, .. })
    }

    const fn is_some(self) -> bool {
        match self {
            Self::Count(count) => count > 0,
            Self::Share(rate) => rate.numerator > 0,
            Self::Kept { kept, .. } => kept > 0,
        }
    }
}

/// The evidence there is for one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// The Code check finds that the policy departs from it.
    pub departs: bool,
    /// The Code check finds that the policy is silent on what it wants said.
    pub leaves_out: bool,
    /// The Code check finds that the policy is unclear on it.
    pub unclear: bool,
    /// The policy meets every topic that there is on it, at least one.
    pub says_all: bool,
    /// The workflow makes a breach impossible.
    pub prevented: bool,
    /// There was a stage in the year that went through the workflow: one that nothing went through has kept nothing, and what was
    /// brought in from another system did not go through it.
    pub worked: bool,
    /// The figures, each with what the provision asks of it.
    pub figures: Vec<(Asks, Measured)>,
}

impl Held {
    fn fulfils(&self, condition: Condition, row: &FormRow) -> bool {
        let clear = !self.departs && !self.leaves_out && !self.unclear;
        let of = |asked: Asks| {
            self.figures.iter().filter(move |(asks, _)| *asks == asked).map(|(_, measured)| *measured)
        };
        match condition {
            Condition::PolicyDeparts => self.departs,
            Condition::PolicyLeavesOut => self.leaves_out,
            Condition::SomeFallShort => of(Asks::All).chain(of(Asks::AllOfPart)).any(Measured::is_broken),
            Condition::AllKept => {
                of(Asks::All).any(Measured::is_kept)
                    && of(Asks::All).all(|figure| figure.is_kept() || figure.is_idle())
            }
            Condition::Prevented => self.prevented && self.worked && clear,
            Condition::SomeDone => of(Asks::Some).any(Measured::is_some),
            Condition::PolicySaysAll => self.says_all && clear && row.evidence.contains(&Evidence::Policy),
        }
    }
}

/// A proposed answer. It is none until a person confirms it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The answer.
    pub comply: Comply,
    /// The rule that proposes it.
    pub rule: String,
    /// Why, after "because"; without a full stop.
    pub because: String,
}

/// What the evidence proposes for a row: nothing where there is none, and never a yes where a person has to attest a part.
///
/// ```
/// use redress_shared::assessment::{Asks, Comply, Held, Measured, propose, proposal_rules};
/// use redress_shared::code::form;
/// let (rules, form) = (proposal_rules()?, form("2024")?);
/// let acknowledged = form.row("6.2").ok_or("a row")?;
/// let of = |kept, broken| Held {
///     figures: vec![(Asks::All, Measured::Kept { kept, broken, open: 0, untold: 0, ended: 0 })],
///     ..Held::default()
/// };
/// assert_eq!(propose(acknowledged, &of(44, 0), rules).map(|proposal| proposal.comply), Some(Comply::Yes));
/// // One in forty-four is late, and that is a no: 97.7% in time is not compliance.
/// assert_eq!(propose(acknowledged, &of(43, 1), rules).map(|proposal| proposal.comply), Some(Comply::No));
/// // A year without a case proves nothing.
/// assert_eq!(propose(acknowledged, &of(0, 0), rules), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn propose(row: &FormRow, held: &Held, rules: &ProposalRules) -> Option<Proposal> {
    let needs_a_person = row.evidence.contains(&Evidence::Attest);
    let applies = rules.rules.iter().find(|rule| {
        let may = rule.proposes == Comply::No || !needs_a_person;
        may && rule.is_for(row) && held.fulfils(rule.when, row)
    })?;
    Some(Proposal { comply: applies.proposes, rule: applies.id.clone(), because: applies.says.clone() })
}

//! A value and where it comes from. No rule in a profile stands without one of the two: a clause, or the reading taken where
//! the text is silent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{Count, Unit};
use crate::code::StartPoint;

/// Where a rule is written, or why it is taken as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The clause as the document numbers it (`5.2`, or `s.8 Stage One` where it numbers by section). Absent where the text is silent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Where the text is silent or contradicts itself: the reading taken, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

impl Source {
    /// The clause, or `silent` for a rule that is a reading alone.
    #[must_use]
    pub fn clause_or_silent(&self) -> &str {
        self.clause.as_deref().unwrap_or("silent")
    }
}

macro_rules! cited {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $kind,)*
            /// The clause as the document numbers it. Absent where the text is silent; then `reading` says what is done.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub clause: Option<String>,
            /// Where the text is silent or contradicts itself: the reading taken, and why.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub reading: Option<String>,
        }

        impl $name {
            /// Where this comes from.
            #[must_use]
            pub fn source(&self) -> crate::policy::cited::Source {
                crate::policy::cited::Source { clause: self.clause.clone(), reading: self.reading.clone() }
            }

            /// The clause, or `silent`.
            #[must_use]
            pub fn clause_or_silent(&self) -> &str {
                self.clause.as_deref().unwrap_or("silent")
            }
        }
    };
}
pub(crate) use cited;

/// One value with its clause or reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Cited_{T}")]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// The clause as the document numbers it. Absent where the text is silent; then `reading` says what is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Where the text is silent or contradicts itself: the reading taken, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

impl<T> Cited<T> {
    /// The clause, or `silent`.
    #[must_use]
    pub fn clause_or_silent(&self) -> &str {
        self.clause.as_deref().unwrap_or("silent")
    }
}

cited! {
    /// A time limit of the policy: so many of a unit, from a moment in the case.
    Limit {
        /// How many, at least 1.
        #[schemars(range(min = 1, max = 366))]
        count: u32,
        /// Of what.
        unit: Unit,
        /// Counted from which moment.
        from: StartPoint,
    }
}

impl Limit {
    /// The amount of time alone.
    #[must_use]
    pub const fn amount(&self) -> Count {
        Count { count: self.count, unit: self.unit }
    }
}

cited! {
    /// A length of time with no start of its own, such as the most an extension may add.
    Span {
        /// How many, at least 1.
        #[schemars(range(min = 1, max = 366))]
        count: u32,
        /// Of what.
        unit: Unit,
    }
}

impl Span {
    /// The amount of time alone.
    #[must_use]
    pub const fn amount(&self) -> Count {
        Count { count: self.count, unit: self.unit }
    }
}

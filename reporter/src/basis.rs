//! Where a rule of a policy comes from, and how it is told with that.

/// What a rule stands on: its clause, or the reading taken where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis<'a> {
    /// The clause, as the policy numbers it.
    pub clause: Option<&'a str>,
    /// The reading taken.
    pub reading: Option<&'a str>,
}

/// The basis of anything in a profile that has a clause and a reading.
macro_rules! basis {
    ($rule:expr) => {
        $crate::basis::Basis { clause: $rule.clause.as_deref(), reading: $rule.reading.as_deref() }
    };
}
pub(crate) use basis;

impl Basis<'_> {
    /// A bullet with the clause before it. What is a reading alone is never put as something that the policy says.
    pub fn bullet(self, text: &str) -> String {
        let text = text.trim_end_matches('.');
        match (self.clause, self.reading) {
            (Some(clause), Some(reading)) => format!("Policy, {clause}: {text}. As read here: {reading}"),
            (Some(clause), None) => format!("Policy, {clause}: {text}."),
            (None, _) => format!("Policy silent; taken as: {text}."),
        }
    }

    /// A line with the clause after it, or with the reading that stands in its place.
    pub fn line(self, text: &str) -> String {
        let text = text.trim_end_matches('.');
        match (self.clause, self.reading) {
            (Some(clause), Some(reading)) => format!("{text} ({clause}). As read here: {reading}"),
            (Some(clause), None) => format!("{text} ({clause})."),
            (None, reading) => {
                let reading = reading.map(|reading| format!(" {reading}")).unwrap_or_default();
                format!("No clause says so; taken as: {text}.{reading}")
            }
        }
    }
}

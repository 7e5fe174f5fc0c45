//! What a look at a whole database comes to.

/// Something that is not as the events say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whose; none where it is every landlord's.
    pub landlord: Option<String>,
    /// The case; none where it concerns the landlord's whole log.
    pub case: Option<String>,
    /// What, without a word of a resident's.
    pub what: String,
}

impl std::fmt::Display for Found {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.landlord, &self.case) {
            (Some(landlord), Some(case)) => write!(formatter, "{landlord} case {case}: {}", self.what),
            (Some(landlord), None) => write!(formatter, "{landlord}: {}", self.what),
            (None, _) => formatter.write_str(&self.what),
        }
    }
}

/// What a look at a whole database came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The cases looked at.
    pub cases: u64,
    /// The events looked at.
    pub events: u64,
    /// The records that events refer to and that have been erased.
    pub erased: u64,
    /// The cases whose rows were written anew.
    pub renewed: u64,
}

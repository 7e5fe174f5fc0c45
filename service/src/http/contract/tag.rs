//! What operations are about: the headings of the documentation.

macro_rules! tags {
    ($($(#[doc = $meaning:literal])+ $name:ident = $word:literal),+ $(,)?) => {
        /// What an operation is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Tag { $($(#[doc = $meaning])+ $name,)+ }

        impl Tag {
            /// Every tag, in the order in which the documentation has them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The heading.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// What stands below the heading.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($meaning),+),)+ }
            }
        }
    };
}

tags! {
    /// Cases as their events have left them, with deadlines, history and words.
    Cases = "Cases",
    /// What can be done to a case: one address for every command, the same envelope for all of them.
    Commands = "Commands",
    /// What is written to residents: previewed, issued, and read again as it was.
    Letters = "Letters",
    /// What is attached to cases.
    Documents = "Documents",
    /// Everything that is held on a resident: to be found, given out, put right, erased, or kept from being erased.
    Personal = "Personal data",
    /// What is due and overdue over all cases.
    Due = "Due",
    /// What hangs on cases, over all of them: actions, determinations, orders, learning, refusals.
    Lists = "Lists",
    /// Everything that happened, in one line: what an integration follows.
    Events = "Events",
    /// Who is told of what happened, instead of asking: signed as Standard Webhooks 1.0 has it.
    Webhooks = "Webhooks",
    /// A CRM's history brought in, and everything taken out.
    Transfers = "Transfers",
    /// The landlord, its policies and how they stand to the Complaint Handling Code.
    Landlord = "Landlord",
    /// Who may ask, and what for.
    Keys = "Keys",
    /// Whether the service lives and can work, and what its answers mean.
    Service = "Service",
}

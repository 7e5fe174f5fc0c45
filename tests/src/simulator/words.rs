//! What the simulated residents complain of, and the words that staff write. None of it is anybody's.

/// One thing to complain of.
#[derive(Debug)]
pub struct Topic {
    /// The category.
    pub category: &'static str,
    /// A second category, where the complaint touches two.
    pub second: Option<&'static str>,
    /// The service.
    pub service_area: &'static str,
    /// What the complaint says.
    pub about: &'static str,
    /// What the resident would like.
    pub wish: &'static str,
    /// Whether a contractor does the work.
    pub contracted: bool,
}

const fn topic(
    category: &'static str,
    second: Option<&'static str>,
    service_area: &'static str,
    contracted: bool,
    about: &'static str,
    wish: &'static str,
) -> Topic {
    Topic { category, second, service_area, about, wish, contracted }
}

/// What is complained of, with how often of a thousand.
pub const TOPICS: [(u64, Topic); 12] = [
    (
        210,
        topic("Repairs", None, "Repairs", true, "A repair was reported and nobody came.", "The repair done."),
    ),
    (
        90,
        topic(
            "Repairs",
            Some("Communication"),
            "Repairs",
            true,
            "An appointment was missed and no one rang.",
            "A new date that is kept.",
        ),
    ),
    (
        150,
        topic(
            "Damp and mould",
            Some("Repairs"),
            "Repairs",
            true,
            "Mould has come back after the treatment.",
            "The cause found and put right.",
        ),
    ),
    (
        110,
        topic(
            "Heating and hot water",
            None,
            "Heating",
            true,
            "There has been no hot water since the boiler failed.",
            "The boiler mended.",
        ),
    ),
    (
        100,
        topic(
            "Handling of anti-social behaviour",
            None,
            "Neighbourhoods",
            false,
            "Reports of noise were not followed up.",
            "The reports looked into.",
        ),
    ),
    (
        70,
        topic(
            "Communication",
            None,
            "Customer services",
            false,
            "Calls and emails are not answered.",
            "A reply, and one person to ask.",
        ),
    ),
    (
        50,
        topic(
            "Staff conduct",
            None,
            "Customer services",
            false,
            "A member of staff was dismissive.",
            "An apology.",
        ),
    ),
    (
        60,
        topic(
            "Rent and charges",
            None,
            "Income",
            false,
            "The service charge went up without an explanation.",
            "The charge explained.",
        ),
    ),
    (
        60,
        topic(
            "Estate services",
            None,
            "Estates",
            true,
            "The stairs have not been cleaned for weeks.",
            "Regular cleaning.",
        ),
    ),
    (
        50,
        topic(
            "Planned works",
            Some("Communication"),
            "Investment",
            true,
            "The windows were put off again.",
            "A date for the windows.",
        ),
    ),
    (
        30,
        topic(
            "Allocations and transfers",
            None,
            "Lettings",
            false,
            "A transfer application was lost.",
            "The application put back in its place.",
        ),
    ),
    (
        20,
        topic(
            "Adaptations",
            None,
            "Investment",
            false,
            "The ramp that was assessed is not there.",
            "The ramp.",
        ),
    ),
];

/// What other contacts say, by what they are.
pub const CONTACTS: [(&str, &str); 5] = [
    ("service-request", "A tap drips and needs a plumber."),
    ("enquiry", "When does the office open on bank holidays?"),
    ("comment", "More cycle racks would be welcome."),
    ("compliment", "The caretaker keeps the block spotless."),
    ("policy-feedback", "The policy on pets ought to allow for cats."),
];

/// What is learnt from a complaint: theme, root cause, improvement, who makes it.
pub const LESSONS: [(&str, &str, &str, &str); 6] = [
    (
        "Keeping appointments",
        "No reminder was sent",
        "Text reminders go out the day before every appointment.",
        "Repairs",
    ),
    (
        "Damp and mould",
        "Treated without finding the cause",
        "Every second report of mould gets a survey first.",
        "Repairs",
    ),
    (
        "Keeping people informed",
        "Nobody owned the case",
        "One named person keeps in touch until the end.",
        "Customer services",
    ),
    ("Heating", "Parts were not in stock", "Common boiler parts are carried on the vans.", "Heating"),
    (
        "Charges",
        "The letter was hard to follow",
        "The service charge letter was rewritten with residents.",
        "Income",
    ),
    (
        "Anti-social behaviour",
        "Reports were kept in two systems",
        "All reports are kept in one place.",
        "Neighbourhoods",
    ),
];

//! The self-assessment form.

/// The headings of the self-assessment form's columns, in order. It has a row for each of [`super::Code::provisions`].
pub const fn form_columns() -> [&'static str; 5] {
    ["Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary / explanation"]
}

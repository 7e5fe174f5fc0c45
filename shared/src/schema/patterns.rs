//! The forms of text that are asked for in more than one place, and what is said of a text that has another.

/// A reference of another system's: `system:value`.
pub const REFERENCE: &str = "^[^:\\u0000-\\u001f\\u007f-\\u009f]+:[^\\u0000-\\u001f\\u007f-\\u009f]+$";

/// Text in one line.
pub const NO_CONTROL: &str = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

/// The id of a member of staff or a system.
pub const ACTOR: &str = "^[A-Za-z0-9._:-]+$";

/// Why something is no such id.
pub const NO_ACTOR: &str = "an actor is an id, of letters, digits and . _ - : alone, at most 80 characters: it stays in the log for ever, \
    and must be no name and no email address";

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

/// A day of the calendar, or an instant as RFC 3339 writes it, of the years 1000 to 2999. The days that a month has are in it, so that
/// whatever is of this form can be read: no `format` stands for either of two.
pub const DAY_OR_INSTANT: &str = "^([12][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|\
    02-(0[1-9]|1[0-9]|2[0-8]))|([12][0-9](0[48]|[2468][048]|[13579][26])|(12|16|20|24|28)00)-02-29)\
    (T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))?$";

/// Why something is neither.
pub const NO_DAY_OR_INSTANT: &str =
    "not a day and not an instant; a day is written 2026-11-02, an instant is written 2026-11-02T09:30:00Z";

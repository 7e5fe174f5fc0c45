//! The Code check as a document: one version of a policy against one edition of the Code.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use redress_shared::code::Code;
use redress_shared::policy::Profile;

use crate::error::Result;
use crate::look::Look;
use crate::output::{self, Format};
use crate::views::{self, Document};

/// Writes what is found where a policy is held against the Code and gives the paths, a format each. `as_of` is the document's date.
///
/// # Errors
/// When it cannot be written; what an earlier run wrote then stays as it was.
pub fn code_check(
    (profile, code): (&Profile, &Code),
    as_of: NaiveDate,
    (out, formats): (&Path, &[Format]),
    look: Look,
) -> Result<Vec<PathBuf>> {
    let Look { templates, brand } = look;
    let document = Document { templates, brand, ..views::code_check(profile, code, as_of) };
    let stem = format!("{}-code-check-{}-{}", profile.landlord.id, profile.policy.id, code.id);
    output::write(out, &stem, formats, ("code-check", &document.on_paper()))
}

//! Reading a profile. A file is taken whole or not at all, and everything wrong with it is said at once.

use std::sync::LazyLock;

use serde::Deserialize;

use super::document::Document;
use super::errors::{PolicyErrors, Problems};
use super::schema::profile_schema;
use super::shape::Shape;
use super::{Profile, common, rules};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| Shape::new(profile_schema()));

impl Profile {
    /// Reads and checks one version of a landlord's policy. `file` is the name that errors are reported under. A date may be
    /// written with or without quotes.
    ///
    /// ```
    /// use redress_shared::policy::Profile;
    /// let errors = Profile::from_toml("a.toml", "landlord = { id = 'a', nmae = 'A Homes' }").unwrap_err();
    /// assert!(errors.to_string().starts_with("a.toml:"));
    /// assert!(errors.to_string().contains("landlord.nmae: this key is not known (did you mean `name`"));
    /// // The missing sections are all named beside it.
    /// assert!(errors.to_string().contains("stage_2: it is missing"));
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it at once, each with its line and key: what is not TOML; or else every key unknown,
    /// missing or of the wrong kind, every value without a clause or a reading, and whatever makes no sense as a policy.
    pub fn from_toml(file: &str, text: &str) -> Result<Profile, PolicyErrors> {
        let document = Document::parse(file, text)?;
        let mut problems = Problems::default();
        SHAPE.check(&document.value, &mut problems);
        common::check(SHAPE.schema(), &document.value, &mut problems);
        rules::check(&document.value, &mut problems);
        let profile = Profile::deserialize(&document.value);
        match profile {
            Ok(profile) => PolicyErrors::unless_none(document.errors(problems), profile),
            Err(error) => {
                // The schema comes from the same types and has found it already; if it ever has not, this does.
                if problems.0.is_empty() {
                    problems.add("", error.to_string());
                }
                Err(PolicyErrors(document.errors(problems)))
            }
        }
    }
}

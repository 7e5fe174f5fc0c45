//! What an operation answers when it succeeds.

use schemars::JsonSchema;

use super::schemas::{SchemaOf, given};

/// A success: its status, what it means, and what it carries.
#[derive(Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// What it means.
    pub description: &'static str,
    /// The media type of the body.
    pub media_type: &'static str,
    /// Other media types that the body may have instead.
    pub other_media_types: &'static [&'static str],
    /// What the body is; none where there is no body, or it is no JSON.
    pub schema: Option<SchemaOf>,
    /// Headers that it has beside those that every answer has: name and meaning.
    pub headers: Vec<(&'static str, &'static str)>,
}

impl Answer {
    /// JSON of this type.
    #[must_use]
    pub fn json<T: JsonSchema + 'static>(status: u16, description: &'static str) -> Self {
        let schema = Some(given::<T>());
        Self { schema, ..Self::other(status, description, "application/json") }
    }

    /// Something that is no JSON.
    #[must_use]
    pub fn other(status: u16, description: &'static str, media_type: &'static str) -> Self {
        Self { status, description, media_type, other_media_types: &[], schema: None, headers: Vec::new() }
    }

    /// The same, which may be of these media types instead.
    #[must_use]
    pub const fn or(mut self, media_types: &'static [&'static str]) -> Self {
        self.other_media_types = media_types;
        self
    }

    /// The same, with a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, meaning: &'static str) -> Self {
        self.headers.push((name, meaning));
        self
    }
}

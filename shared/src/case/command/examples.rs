//! One example of what each command carries, for the documentation of the API.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// By verb. A test holds each against its schema and reads it; a damaged file would leave the documentation without examples.
pub(super) static EXAMPLES: LazyLock<Map<String, Value>> =
    LazyLock::new(|| toml::from_str(include_str!("examples.toml")).unwrap_or_default());

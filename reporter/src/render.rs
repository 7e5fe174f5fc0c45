//! From a document to a page: templates in, one self-contained page out.

use handlebars::Handlebars;
use include_dir::{Dir, include_dir};
use serde::Serialize;

use crate::error::{Error, Result};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../templates");

/// The page of a document, by the name of its template.
///
/// # Errors
/// When a template is broken or names something the document does not have.
pub fn render(template: &str, document: &impl Serialize) -> Result<String> {
    let broken = |error: &dyn std::fmt::Display| Error::Template(error.to_string());
    let mut handlebars = Handlebars::new();
    handlebars.set_strict_mode(true);
    for folder in ["reports", "pages", "partials"] {
        let files = TEMPLATES.get_dir(folder).map(Dir::files).into_iter().flatten();
        for file in files {
            let name =
                file.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let text = file.contents_utf8().ok_or_else(|| broken(&format!("{name} is not UTF-8")))?;
            handlebars.register_template_string(&name, text).map_err(|error| broken(&error))?;
        }
    }
    handlebars.render(template, document).map_err(|error| broken(&error))
}

//! The guide for those who join a CRM, beside the description: the same text that stands with the mapping files, and these files.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use pulldown_cmark::{Options, Parser, html};

/// The guide, the mapping files and their examples.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/mappings");

/// The name of the guide's page.
pub const GUIDE: &str = "crms.html";

/// The page, printed once.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    let text = FILES.get_file("README.md").and_then(|file| file.contents_utf8()).unwrap_or_default();
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(text, Options::ENABLE_TABLES));
    format!("{HEAD}{body}</main></body></html>\n")
});

const HEAD: &str = "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>From a CRM's case to a case of Redress</title>\
    <style>body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;margin:0}main{max-width:68rem;margin:0 auto;padding:1rem}\
    table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:left;\
    vertical-align:top}pre{background:#f2f2f2;padding:.6rem;overflow-x:auto}a{color:#00478f}</style></head>\
    <body><main><p><a href=\"/docs/\">The API's description</a></p>\n";

/// A file of the guide: its media type and its text. Nothing where there is none of that name.
pub fn file(name: &str) -> Option<(&'static str, &'static str)> {
    if name == GUIDE {
        return Some(("text/html; charset=utf-8", PAGE.as_str()));
    }
    let kind = match name.rsplit_once('.')?.1 {
        "toml" => "application/toml",
        "ndjson" => "application/x-ndjson",
        "csv" => "text/csv; charset=utf-8",
        _ => return None,
    };
    Some((kind, FILES.get_file(name)?.contents_utf8()?))
}

#[cfg(test)]
mod tests {
    use super::{FILES, GUIDE, file};

    #[test]
    fn the_guide_is_a_page_and_every_file_that_it_names_is_there() {
        let (kind, page) = file(GUIDE).unwrap();
        assert_eq!(kind, "text/html; charset=utf-8");
        assert!(
            page.contains("<h1>From a CRM") && page.contains("<table>") && !page.contains("| Dynamics"),
            "{page}"
        );
        let mut named = 0;
        for link in page.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap();
            named += usize::from(!link.contains('/'));
            assert!(link.contains('/') || file(link).is_some(), "{link}");
        }
        // Each mapping and each example: all there are but the guide itself.
        assert_eq!(named, FILES.files().count() - 1);
    }

    #[test]
    fn nothing_else_is_given_out() {
        for name in ["README.md", "", "..", "mod.rs", "index.html"] {
            assert_eq!(file(name), None, "{name}");
        }
    }
}

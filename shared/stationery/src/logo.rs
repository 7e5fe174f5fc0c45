//! The landlords' logos: files beside their profiles, put into letters and reports as data, so that a page loads nothing.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use redress_shared::policy::Library;

/// The most bytes that a logo may have; it goes into every page.
const LARGEST: usize = 200_000;

/// Everything that is wrong with the logos, a line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct LogoProblems(pub Vec<String>);

/// The logos as data addresses, by the id of the policy that names them.
///
/// # Errors
/// Everything that is wrong with any of them, a line each.
pub fn load(library: &Library, folder: Option<&Path>) -> Result<BTreeMap<String, String>, LogoProblems> {
    let mut logos = BTreeMap::new();
    let mut problems = Vec::new();
    for profile in library.all() {
        let Some(name) = profile.letterhead.as_ref().and_then(|head| head.logo.as_deref()) else { continue };
        let read = match folder {
            Some(folder) => std::fs::read(folder.join(name)).map_err(|error| error.to_string()),
            None => Err("it is built in, and has no file beside it".to_owned()),
        };
        match read.and_then(|bytes| as_data(name, &bytes)) {
            Ok(data) => {
                logos.insert(profile.policy.id.clone(), data);
            }
            Err(reason) => problems.push(format!("{}: the logo {name}: {reason}", profile.policy.id)),
        }
    }
    if problems.is_empty() { Ok(logos) } else { Err(LogoProblems(problems)) }
}

fn as_data(name: &str, bytes: &[u8]) -> Result<String, String> {
    if bytes.len() > LARGEST {
        return Err(format!("it has {} bytes, and may have {LARGEST}", bytes.len()));
    }
    let kind = if name.ends_with(".png") { "png" } else { "svg+xml" };
    let is_png = infer::get(bytes).is_some_and(|kind| kind.mime_type() == "image/png");
    match (kind, is_png) {
        ("png", true) => {}
        ("png", false) => return Err("it is no PNG".to_owned()),
        _ => svg(bytes)?,
    }
    Ok(format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)))
}

/// A drawing of its own, which neither does nor loads anything.
fn svg(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is no SVG: it is not UTF-8".to_owned())?;
    let small = text.to_ascii_lowercase();
    let beginning = small.trim_start_matches('\u{feff}').trim_start();
    if !(beginning.starts_with('<') && small.contains("<svg") && small.contains("http://www.w3.org/2000/svg"))
    {
        return Err("it is no SVG".to_owned());
    }
    for forbidden in ["<script", "<foreignobject", "<!entity", "@import"] {
        if small.contains(forbidden) {
            return Err(format!("it has {forbidden}, which a drawing does not need"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::as_data;

    const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"9\" height=\"9\"/></svg>";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";

    #[test]
    fn a_logo_is_what_its_name_says() {
        assert!(as_data("logo.svg", SVG).unwrap().starts_with("data:image/svg+xml;base64,"));
        assert!(as_data("logo.png", PNG).unwrap().starts_with("data:image/png;base64,"));
        assert_eq!(as_data("logo.png", SVG).unwrap_err(), "it is no PNG");
        assert_eq!(as_data("logo.svg", b"<p>http://www.w3.org/2000/svg</p>").unwrap_err(), "it is no SVG");
        assert!(as_data("logo.svg", PNG).unwrap_err().starts_with("it is no SVG"));
    }

    #[test]
    fn a_logo_is_small_and_does_nothing() {
        let large = [SVG, &vec![b' '; 200_000]].concat();
        assert!(as_data("logo.svg", &large).unwrap_err().contains("may have 200000"));
        let active = String::from_utf8_lossy(SVG).replace("<rect", "<script>1</script><rect");
        assert!(as_data("logo.svg", active.as_bytes()).unwrap_err().starts_with("it has <script"));
    }
}

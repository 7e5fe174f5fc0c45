//! Whether a page hides anything. What a letter must say, it must say to whoever reads it, on a screen, on paper and aloud; words that
//! stand in the page and cannot be seen are not said.

mod style;

use style::{declarations, of_block, of_rules};

/// What hides, wherever it stands in a page: the line, and why it is not taken.
pub type Hiding = (usize, String);

/// Attributes that take an element from those who look or from those who listen.
const ATTRIBUTES: [&str; 3] = ["hidden", "inert", "aria-hidden"];

/// Elements whose contents a browser does not show, or shows only where something does not work or somebody presses on it.
const UNSEEN: [&str; 13] = [
    "template", "noscript", "noframes", "noembed", "iframe", "object", "audio", "video", "canvas",
    "datalist", "dialog", "details", "select",
];

/// Everything in a page that hides what stands in it.
#[must_use]
pub fn hiding(page: &str) -> Vec<Hiding> {
    let small = page.to_ascii_lowercase();
    let line = |at: usize| 1 + small.get(..at).unwrap_or_default().matches('\n').count();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(tag) = small.get(at..).and_then(|rest| rest.find('<')).map(|begins| at + begins) {
        let end = small[tag..].find('>').map_or(small.len(), |end| tag + end);
        let inside = &small[tag + 1..end];
        at = end;
        if inside == "style" || inside.starts_with("style ") {
            let close = small[end..].find("</style").map_or(small.len(), |close| end + close);
            let rules = small.get(end + 1..close).unwrap_or_default();
            found.extend(of_rules(rules).into_iter().map(|(place, why)| (line(end + 1 + place), why)));
            at = close;
        } else if inside.starts_with("!--") {
            at = small[tag..].find("-->").map_or(small.len(), |close| tag + close);
        } else {
            found.extend(of_tag(inside).into_iter().map(|why| (line(tag), why)));
        }
        at = at.max(tag + 1);
    }
    found
}

/// What hides in a tag: an attribute by itself, or its style.
fn of_tag(tag: &str) -> Vec<String> {
    let mut found = Vec::new();
    let name = tag.split(|letter: char| letter == '/' || letter.is_ascii_whitespace()).next();
    if let Some(name) = name.filter(|name| UNSEEN.contains(name)) {
        found.push(format!("what stands in a `{name}` is not shown"));
    }
    for (name, value) in attributes(tag) {
        if name == "style" {
            found.extend(of_block(&declarations(value)));
        } else if ATTRIBUTES.contains(&name) && value != "false" {
            found.push(format!("`{name}` hides what stands there"));
        }
    }
    found
}

/// The attributes of a tag, without the quotes round their values.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut rest = tag.split_once(|letter: char| letter.is_ascii_whitespace()).map_or("", |(_, rest)| rest);
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        let end =
            rest.find(|letter: char| letter == '=' || letter.is_ascii_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let name = name.trim_end_matches('/');
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            if name.is_empty() {
                return found;
            }
            found.push((name, ""));
            rest = after;
            continue;
        };
        let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_once(|letter: char| letter.is_ascii_whitespace()).unwrap_or((value, "")),
        };
        found.push((name, value));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::hiding;

    fn hides(page: &str) -> bool {
        !hiding(page).is_empty()
    }

    #[test]
    fn what_nobody_can_see_is_hidden() {
        for style in [
            "display:none",
            "DISPLAY: None !important",
            "display/**/:/* x */none",
            "visibility: hidden",
            "visibility:collapse",
            "font-size:0",
            "font-size: 0.1em",
            "font-size:.4px",
            "font: 0/0 a",
            "font-size:5pt",
            "opacity:0",
            "opacity: .1",
            "opacity:0%",
            "color:#fff",
            "color:white",
            "color: rgb(255, 255, 255)",
            "color:#fafafa",
            "color:transparent",
            "color:#123456;background:#123456",
            "color:#000;background-color:black",
            "text-indent:-9999px",
            "position:absolute;left:-100em",
            "clip-path:inset(50%)",
            "height:0;overflow:hidden",
            "transform:scale(0)",
        ] {
            assert!(hides(&format!("<p style=\"{style}\">Said.</p>")), "{style}");
            assert!(hides(&format!("<style>@media print {{ .a {{ {style} }} }}</style>")), "{style}");
        }
        for page in [
            "<p hidden>Said.</p>",
            "<p class='a' aria-hidden=\"true\">Said.</p>",
            "<p\n inert >Said.</p>",
            "<template><p>Said.</p></template>",
            "<noscript>Said.</noscript>",
            "<details class='a'><summary>Letter</summary>Said.</details>",
            "<style>p{color:red}</style><p style='display:none'>Said.</p>",
        ] {
            assert!(hides(page), "{page}");
        }
    }

    #[test]
    fn what_can_be_seen_is_not() {
        for style in [
            "display:block",
            "color:#fff;background:#0b3d91",
            "background:#0b3d91 none;color:white",
            "color:inherit",
            "color:var(--ink)",
            "font-size:.875rem",
            "font: 100%/1.5 Arial",
            "font: 9pt Arial",
            "margin-left:-1px",
            "opacity:1",
            "max-width:none",
            "--hidden:0",
        ] {
            assert!(!hides(&format!("<p style=\"{style}\">Said.</p>")), "{style}");
        }
        assert!(!hides(
            "<p>What is display:none? A < b.</p><p aria-hidden=\"false\" title=\"hidden\">Said.</p>"
        ));
        assert!(!hides("<!-- <p hidden> -->"));
    }

    #[test]
    fn the_line_is_said() {
        let found =
            hiding("<h1>Said.</h1>\n<style>\np { color: red }\n.a {\n display: none }</style>\n<p hidden>x");
        let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [4, 6]);
        assert_eq!(found[0].1, "`display: none` hides what stands there");
    }
}

//! `If-Match` and `If-None-Match` (RFC 9110, 13.1), and the tags that they speak of.
//!
//! A case's tag is its version, `"7"`, as a command's answer has it; or, as reading the case has it, the version and a digest of what was
//! shown, `"7-9f86d081884c7d65"`, since what is shown also hangs on the day: what was open yesterday may be overdue. Either serves as
//! `If-Match`, where the version alone counts.

use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest as _, Sha256};

use crate::problem::FieldError;

/// The header that says which version of a thing the caller has seen.
pub const IF_MATCH: &str = "If-Match";
/// The header that says which version of a thing the caller has, or that there is to be none.
pub const IF_NONE_MATCH: &str = "If-None-Match";
/// What both headers look like.
pub const TAGS_PATTERN: &str = "^(\\*|(W/)?\"[!#-~]*\"([ \\t]*,[ \\t]*(W/)?\"[!#-~]*\")*)$";

/// What a request wants to be so, for it to be carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preconditions {
    /// There is something, and it has one of these tags.
    pub if_match: Option<Tags>,
    /// There is nothing, or it has none of these tags.
    pub if_none_match: Option<Tags>,
}

/// The tags of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tags {
    /// `*`: whichever it has.
    Any,
    /// Those that are named.
    These(Vec<Tag>),
}

/// A tag as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    weak: bool,
    opaque: String,
}

impl Preconditions {
    /// Reads both headers.
    ///
    /// # Errors
    /// For each of them that is no list of tags.
    pub fn of(request: &HttpRequest) -> Result<Self, Vec<FieldError>> {
        match (tags(request, IF_MATCH), tags(request, IF_NONE_MATCH)) {
            (Ok(if_match), Ok(if_none_match)) => Ok(Self { if_match, if_none_match }),
            (one, other) => Err(one.err().into_iter().chain(other.err()).collect()),
        }
    }

    /// The versions of a case that the caller has seen; none where any will do. A weak tag, and what is no version's, is none of them.
    #[must_use]
    pub fn seen(&self) -> Option<Vec<u32>> {
        match &self.if_match {
            Some(Tags::These(tags)) => Some(tags.iter().filter_map(Tag::version).collect()),
            Some(Tags::Any) | None => None,
        }
    }

    /// Whether the request says what it replaces: something that was seen, or nothing. `*` in `If-Match` does not.
    #[must_use]
    pub const fn says_what_is_replaced(&self) -> bool {
        matches!(self.if_match, Some(Tags::These(_))) || self.must_be_new()
    }

    /// Whether there is to be nothing yet.
    #[must_use]
    pub const fn must_be_new(&self) -> bool {
        matches!(self.if_none_match, Some(Tags::Any))
    }

    /// Whether what there is, by its tag, is what the caller wants it to be, for a request that changes it.
    #[must_use]
    pub fn hold(&self, there: Option<&str>) -> bool {
        let matches = match (&self.if_match, there) {
            (None, _) => true,
            (Some(tags), Some(tag)) => tags.name(tag, false),
            (Some(_), None) => false,
        };
        matches && !there.is_some_and(|tag| self.has(tag))
    }

    /// Whether the caller has what there is already, by its tag.
    #[must_use]
    pub fn has(&self, tag: &str) -> bool {
        self.if_none_match.as_ref().is_some_and(|tags| tags.name(tag, true))
    }
}

impl Tags {
    /// Whether a strong tag is among them: to `If-None-Match` a weak one is as good, to `If-Match` it is not.
    fn name(&self, tag: &str, weakly: bool) -> bool {
        match self {
            Self::Any => true,
            Self::These(tags) => tags.iter().any(|known| known.opaque == tag && (weakly || !known.weak)),
        }
    }
}

impl Tag {
    fn version(&self) -> Option<u32> {
        if self.weak {
            return None;
        }
        let (digits, digest) = match self.opaque.split_once('-') {
            Some((digits, digest)) => (digits, Some(digest)),
            None => (self.opaque.as_str(), None),
        };
        let version: u32 = digits.parse().ok()?;
        let written = version.to_string() == digits;
        let hex = |digest: &str| digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        (written && digest.is_none_or(hex)).then_some(version)
    }
}

/// A case's tag by its version alone, unquoted.
#[must_use]
pub fn version_tag(version: u32) -> String {
    version.to_string()
}

/// A case's tag by its version and what is shown of it, unquoted.
#[must_use]
pub fn view_tag(version: u32, shown: &str) -> String {
    format!("{version}-{}", content_tag(shown))
}

/// The tag of what is shown, unquoted: the first half of a half of its SHA-256.
#[must_use]
pub fn content_tag(shown: &str) -> String {
    Sha256::digest(shown.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What is shown, under its tag, or that the caller has it already.
pub fn tagged(preconditions: &Preconditions, tag: &str, shown: String) -> HttpResponse {
    let had = preconditions.has(tag);
    let mut response = if had { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(("ETag", format!("\"{tag}\"")));
    if had { response.finish() } else { response.content_type("application/json").body(shown) }
}

/// The tags of a header, all its lines together.
fn tags(request: &HttpRequest, name: &'static str) -> Result<Option<Tags>, FieldError> {
    let wrong = || FieldError::header(name, "expected *, or one or more ETags such as \"3\"");
    let mut lines = Vec::new();
    for line in request.headers().get_all(name) {
        lines.push(line.to_str().map_err(|_| wrong())?);
    }
    if lines.is_empty() {
        return Ok(None);
    }
    parse(&lines.join(",")).map(Some).ok_or_else(wrong)
}

fn parse(text: &str) -> Option<Tags> {
    let text = text.trim_matches([' ', '\t']);
    if text == "*" {
        return Some(Tags::Any);
    }
    let mut tags = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (weak, quoted) = match rest.strip_prefix("W/") {
            Some(quoted) => (true, quoted),
            None => (false, rest),
        };
        let (opaque, after) = quoted.strip_prefix('"')?.split_once('"')?;
        if !opaque.bytes().all(|byte| byte == b'!' || (b'#'..=b'~').contains(&byte)) {
            return None;
        }
        tags.push(Tag { weak, opaque: opaque.to_owned() });
        let after = after.trim_start_matches([' ', '\t']);
        // A list may have empty places (RFC 9110, 5.6.1.2).
        rest = after.trim_start_matches([' ', '\t', ',']);
        if !after.is_empty() && !after.starts_with(',') {
            return None;
        }
    }
    (!tags.is_empty()).then_some(Tags::These(tags))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{IF_MATCH, IF_NONE_MATCH, Preconditions, Tags, view_tag};

    fn if_match(text: &str) -> Result<Preconditions, usize> {
        let request = TestRequest::default().insert_header((IF_MATCH, text)).to_http_request();
        Preconditions::of(&request).map_err(|errors| errors.len())
    }

    #[test]
    fn if_match_names_versions() {
        let shown = format!("\"7-{}\"", &view_tag(7, "{}")[2..]);
        for (text, wanted) in [
            ("\"3\"", Some(vec![3])),
            ("\"3\", \"4\"", Some(vec![3, 4])),
            ("\"3\",,\"4\",", Some(vec![3, 4])),
            (shown.as_str(), Some(vec![7])),
            ("*", None),
            // None of these is a version that a case could be at.
            ("W/\"3\"", Some(vec![])),
            ("\"03\"", Some(vec![])),
            ("\"+3\"", Some(vec![])),
            ("\"3-x\"", Some(vec![])),
            ("\"abc\", \"3\"", Some(vec![3])),
            ("\"4294967296\"", Some(vec![])),
        ] {
            assert_eq!(if_match(text).unwrap().seen(), wanted, "{text}");
        }
        for text in ["3", "\"3", "\"3\" \"4\"", "\"a b\"", "w/\"3\"", "", ",", "*, \"3\""] {
            assert_eq!(if_match(text), Err(1), "{text}");
        }
    }

    #[test]
    fn what_is_replaced_is_said_by_a_tag_or_by_there_being_nothing() {
        assert!(if_match("\"3\"").unwrap().says_what_is_replaced());
        assert!(!if_match("*").unwrap().says_what_is_replaced());
        let new = Preconditions { if_match: None, if_none_match: Some(Tags::Any) };
        assert!(new.says_what_is_replaced() && new.hold(None) && !new.hold(Some("a")));
    }

    #[test]
    fn a_weak_tag_is_as_good_for_reading_and_not_for_writing() {
        let request = TestRequest::default()
            .insert_header((IF_MATCH, "W/\"a\""))
            .insert_header((IF_NONE_MATCH, "\"x\", W/\"b\""))
            .to_http_request();
        let both = Preconditions::of(&request).unwrap();
        assert!(!both.hold(Some("a")) && both.has("b") && both.has("x") && !both.has("a"));
        let strong = if_match("\"a\"").unwrap();
        assert!(strong.hold(Some("a")) && !strong.hold(Some("b")) && !strong.hold(None));
        assert!(if_match("*").unwrap().hold(Some("b")) && !if_match("*").unwrap().hold(None));
    }
}

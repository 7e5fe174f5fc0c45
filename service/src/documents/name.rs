//! What a file is called. The name comes and goes in a header (RFC 6266, RFC 8187) and never in an address, since it may name
//! somebody; and it is never a path.

/// The longest name, in characters.
pub const LONGEST: usize = 200;

/// Why a header has no name that can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoName {
    /// It is not of the form that is expected.
    #[error(
        "expected attachment; filename=\"…\", or filename*=UTF-8''… with every byte that is no letter or digit as %XX"
    )]
    Form,
    /// There is nothing left of it.
    #[error("the name is blank, or nothing but dots")]
    Blank,
    /// It is longer than names are.
    #[error("the name has more than {LONGEST} characters")]
    TooLong,
    /// It has characters that names do not have.
    #[error("the name has control characters, or characters that turn the direction of writing")]
    Control,
}

/// The name in a `Content-Disposition`: `filename*` where it is there, else `filename`. Whatever stands before a slash is left out.
///
/// # Errors
/// See [`NoName`].
pub fn parse(header: &str) -> Result<String, NoName> {
    let parameters = parameters(header)?;
    let find = |wanted: &str| parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let name = match find("filename*") {
        Some(extended) => decoded(extended)?,
        None => find("filename").ok_or(NoName::Form)?.clone(),
    };
    checked(name.rsplit(['/', '\\']).next().unwrap_or_default().trim())
}

fn checked(name: &str) -> Result<String, NoName> {
    let turns = |letter: char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if name.chars().any(|letter| letter.is_control() || turns(letter)) {
        return Err(NoName::Control);
    }
    if name.chars().count() > LONGEST {
        return Err(NoName::TooLong);
    }
    if name.chars().all(|letter| letter == '.' || letter.is_whitespace()) {
        return Err(NoName::Blank);
    }
    Ok(name.to_owned())
}

/// The parameters after the kind of disposition, quotes taken off.
fn parameters(header: &str) -> Result<Vec<(String, String)>, NoName> {
    let (kind, mut rest) = header.split_once(';').ok_or(NoName::Form)?;
    if !matches!(kind.trim().to_ascii_lowercase().as_str(), "attachment" | "inline") {
        return Err(NoName::Form);
    }
    let mut found: Vec<(String, String)> = Vec::new();
    loop {
        let (name, after) = rest.split_once('=').ok_or(NoName::Form)?;
        let after = after.trim_start();
        let (value, left) = match after.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                let (value, left) = after.split_at(end);
                (value.trim().to_owned(), left)
            }
        };
        let name = name.trim().to_ascii_lowercase();
        if found.iter().any(|(known, _)| *known == name) {
            return Err(NoName::Form);
        }
        found.push((name, value));
        match left.trim_start().strip_prefix(';') {
            Some(more) if !more.trim().is_empty() => rest = more,
            Some(_) => return Ok(found),
            None if left.trim().is_empty() => return Ok(found),
            None => return Err(NoName::Form),
        }
    }
}

fn unquoted(quoted: &str) -> Result<(String, &str), NoName> {
    let mut value = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Ok((value, quoted.get(at + 1..).unwrap_or_default())),
            '\\' => value.push(letters.next().ok_or(NoName::Form)?.1),
            letter => value.push(letter),
        }
    }
    Err(NoName::Form)
}

/// `UTF-8'en'%e2%82%ac%20rates` as it is read.
fn decoded(extended: &str) -> Result<String, NoName> {
    let mut parts = extended.splitn(3, '\'');
    let (charset, _, text) = (parts.next(), parts.next(), parts.next().ok_or(NoName::Form)?);
    if !charset.is_some_and(|charset| charset.eq_ignore_ascii_case("utf-8")) {
        return Err(NoName::Form);
    }
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (Some(high), Some(low)) = (digit(), digit()) else { return Err(NoName::Form) };
        bytes.push(high << 4 | low);
    }
    String::from_utf8(bytes).map_err(|_| NoName::Form)
}

/// The header with which a file of that name is given out: always to be saved and never to be shown.
#[must_use]
pub fn disposition(name: &str) -> String {
    let plain =
        |letter: char| if letter.is_ascii_alphanumeric() || " .-_()".contains(letter) { letter } else { '_' };
    let fallback: String = name.chars().map(plain).collect();
    let mut extended = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            extended.push(char::from(byte));
        } else {
            extended.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''{extended}")
}

#[cfg(test)]
mod tests {
    use super::{NoName, disposition, parse};

    #[test]
    fn a_name_comes_back_as_it_was_sent() {
        for name in
            ["letter.pdf", "Áine's photo (2).jpg", "€ rates; \"final\".csv", "信.txt", "100% damp.png"]
        {
            assert_eq!(parse(&disposition(name)), Ok(name.to_owned()), "{name}");
        }
        assert_eq!(disposition("a\"b.pdf"), "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%22b.pdf");
    }

    #[test]
    fn what_is_sent_is_read_in_every_form() {
        for (header, name) in [
            ("attachment; filename=letter.pdf", Ok("letter.pdf")),
            ("Attachment; FileName=\"a \\\"b\\\".pdf\"; x=1", Ok("a \"b\".pdf")),
            ("attachment; filename=\"x.pdf\"; filename*=UTF-8''%e2%82%ac.pdf", Ok("€.pdf")),
            ("attachment; filename=\"..\\\\..\\\\etc/passwd.txt\"", Ok("passwd.txt")),
            ("attachment; filename*=UTF-8''..%2F..%2Fetc", Ok("etc")),
            ("attachment", Err(NoName::Form)),
            ("form-data; filename=a", Err(NoName::Form)),
            ("attachment; filename=\"a", Err(NoName::Form)),
            ("attachment; filename*=latin1''a", Err(NoName::Form)),
            ("attachment; filename*=UTF-8''%zz", Err(NoName::Form)),
            ("attachment; filename*=UTF-8''%ff", Err(NoName::Form)),
            ("attachment; filename=a; filename=b", Err(NoName::Form)),
            ("attachment; filename=\"/\"", Err(NoName::Blank)),
            ("attachment; filename=\"..\"", Err(NoName::Blank)),
            ("attachment; filename*=UTF-8''a%00b", Err(NoName::Control)),
            ("attachment; filename*=UTF-8''fdp%E2%80%AEexe.pdf", Err(NoName::Control)),
        ] {
            assert_eq!(parse(header), name.map(str::to_owned), "{header}");
        }
        assert_eq!(parse(&format!("attachment; filename={}", "x".repeat(201))), Err(NoName::TooLong));
    }
}

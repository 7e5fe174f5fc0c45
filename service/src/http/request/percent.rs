//! Percent-encoding, read strictly.

/// The text that percent-encoding stands for; none where an escape is broken or the bytes are no UTF-8.
#[must_use]
pub fn decode(text: &str, plus_is_space: bool) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => digit(bytes.next()?)? << 4 | digit(bytes.next()?)?,
            b'+' if plus_is_space => b' ',
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn what_is_whole_is_decoded_and_what_is_broken_is_not() {
        for (text, wanted) in [
            ("a%2Fb", Some("a/b")),
            ("%C3%a9", Some("\u{e9}")),
            ("a+b", Some("a+b")),
            ("%", None),
            ("%2", None),
            ("%zz", None),
            ("%+1", None),
            ("%FF", None),
        ] {
            assert_eq!(decode(text, false).as_deref(), wanted, "{text}");
        }
        assert_eq!(decode("a+b", true).as_deref(), Some("a b"));
    }
}

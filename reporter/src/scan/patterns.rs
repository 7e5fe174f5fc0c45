//! What looks like an email address, a telephone number, a postcode or a national insurance number of this country.

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: &'static str,
    pub(super) what: String,
}

/// The words of a text, letters and digits only, with where each begins.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr().addr();
    let parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(move |word| (word.as_ptr().addr() - base, word))
}

/// Everything in a text that looks personal.
pub(super) fn found(text: &str) -> Vec<Found> {
    let mut found = emails(text);
    found.extend(telephones(text));
    let words: Vec<(usize, &str)> = words(text).collect();
    for (index, (at, word)) in words.iter().enumerate() {
        let between = |next: usize| {
            text.get(at + word.len()..next)
                .is_some_and(|gap| gap.chars().all(|gap| gap.is_whitespace() || gap == '-'))
        };
        let next = words.get(index + 1).filter(|(next, _)| *next == at + word.len() + 1 || between(*next));
        if let Some(what) = postcode(word, next.map(|(_, next)| *next)) {
            found.push(Found { kind: "a postcode", what });
        }
        if !(1..=2).contains(&word.bytes().take_while(u8::is_ascii_alphabetic).count()) {
            // Its two letters are followed by a digit, in whatever parts it is written.
            continue;
        }
        let together = next.map(|(_, next)| format!("{word}{next}"));
        let written = [Some((*word).to_owned()), together, spaced(&words[index..])];
        if let Some(what) = written.into_iter().flatten().find(|what| is_national_insurance(what)) {
            found.push(Found { kind: "a national insurance number", what });
        }
    }
    found
}

fn emails(text: &str) -> Vec<Found> {
    let part = |letter: char| letter.is_whitespace() || "<>()[]{},;\"'".contains(letter);
    let is_email = |word: &&str| {
        word.split_once('@').is_some_and(|(name, host)| {
            name.ends_with(char::is_alphanumeric)
                && host.starts_with(char::is_alphanumeric)
                && host.trim_end_matches('.').contains('.')
        })
    };
    let emails = text.split(part).filter(is_email);
    emails.map(|what| Found { kind: "an email address", what: what.to_owned() }).collect()
}

/// Groups of digits that make a telephone number: from an area code, ten or eleven digits; from +44 or 0044, as many with the country's
/// own; from another country's +, nine to fifteen. How the groups are parted does not matter.
fn telephones(text: &str) -> Vec<Found> {
    let within =
        |letter: char| letter.is_ascii_digit() || " -()+./\u{a0}\u{2010}\u{2011}\u{2013}".contains(letter);
    let mut found = Vec::new();
    for run in text.split(|letter: char| !within(letter)) {
        let groups = digits(run);
        let mut from = 0;
        while from < groups.len() {
            let longest = (from + 1..=groups.len()).rev().find(|to| is_telephone(run, &groups[from..*to]));
            if let Some(last) = longest.and_then(|to| groups.get(to - 1)) {
                let what = &run[groups[from].0..last.0 + last.1.len()];
                found.push(Found { kind: "a telephone number", what: what.to_owned() });
            }
            from = longest.unwrap_or(from + 1);
        }
    }
    found
}

/// The groups of digits in a run, with where each begins.
fn digits(run: &str) -> Vec<(usize, &str)> {
    words(run).collect()
}

fn is_telephone(run: &str, groups: &[(usize, &str)]) -> bool {
    let length: usize = groups.iter().map(|(_, digits)| digits.len()).sum();
    let Some((at, first)) = groups.first() else { return false };
    if run[..*at].ends_with('+') {
        return if first.starts_with("44") {
            (12..=13).contains(&length)
        } else {
            (9..=15).contains(&length)
        };
    }
    if first.starts_with("0044") {
        return (14..=15).contains(&length);
    }
    // An area code has three digits or more: "0 1 2 3" are figures beside one another.
    first.starts_with('0') && first.len() > 2 && (10..=11).contains(&length)
}

/// A postcode in one word or in two: an area of one or two letters, a district that begins with a digit; then a digit and two letters.
fn postcode(word: &str, next: Option<&str>) -> Option<String> {
    if let Some(next) = next.filter(|next| is_outward(word) && is_inward(next)) {
        return Some(format!("{word} {next}"));
    }
    let parted = word.is_ascii().then(|| word.split_at_checked(word.len().saturating_sub(3))).flatten();
    let (outward, inward) = parted?;
    (is_outward(outward) && is_inward(inward)).then(|| word.to_owned())
}

fn is_outward(word: &str) -> bool {
    let area = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let district = &word.as_bytes()[area..];
    // No area begins with these.
    let begins = !word.starts_with(['q', 'v', 'x', 'Q', 'V', 'X']);
    let digits = district.first().is_some_and(u8::is_ascii_digit)
        && district.get(1).is_none_or(u8::is_ascii_alphanumeric)
        && district.len() <= 2;
    word.is_ascii() && (1..=2).contains(&area) && begins && digits
}

fn is_inward(word: &str) -> bool {
    let bytes = word.as_bytes();
    let letters = bytes.len() == 3 && bytes[1..].iter().all(u8::is_ascii_alphabetic);
    // "2nd" is no part of an address.
    let ordinal = bytes.get(1..).is_some_and(|end| {
        ["st", "nd", "rd", "th"].iter().any(|known| end.eq_ignore_ascii_case(known.as_bytes()))
    });
    letters && bytes[0].is_ascii_digit() && !ordinal
}

/// The first five words together, as "QQ 12 34 56 C" is written.
fn spaced(words: &[(usize, &str)]) -> Option<String> {
    let five = words.get(..5)?;
    let follow = five.windows(2).all(|pair| pair[1].0 == pair[0].0 + pair[0].1.len() + 1);
    follow.then(|| five.iter().map(|(_, word)| *word).collect())
}

fn is_national_insurance(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 9
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..8].iter().all(u8::is_ascii_digit)
        && matches!(bytes[8].to_ascii_uppercase(), b'A'..=b'D')
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn what_is_personal_is_found_however_it_is_written() {
        for (text, kind) in [
            ("Write to ada.l@example.org, please.", "an email address"),
            ("(ada@mail.example.co.uk)", "an email address"),
            ("Call 01234 567890 today", "a telephone number"),
            ("07700900123", "a telephone number"),
            ("on +44 (0)20 7946 0018.", "a telephone number"),
            ("(020) 7946-0018", "a telephone number"),
            ("01632.960000", "a telephone number"),
            ("01632/960000", "a telephone number"),
            ("01632\u{2013}960000", "a telephone number"),
            ("in 2024 01632 960000", "a telephone number"),
            ("0044 1632 960000", "a telephone number"),
            ("+353 1 555 0100", "a telephone number"),
            ("at 1 High Street, TS24 8AY", "a postcode"),
            ("at w1a 1aa", "a postcode"),
            ("EC1A1BB", "a postcode"),
            ("her number is AB123456C", "a national insurance number"),
            ("TS24  8AY", "a postcode"),
            ("AB 12 34 56 C", "a national insurance number"),
        ] {
            let kinds: Vec<&str> = found(text).iter().map(|found| found.kind).collect();
            assert_eq!(kinds, [kind], "{text}");
        }
    }

    #[test]
    fn two_numbers_beside_one_another_are_two() {
        let both: Vec<String> =
            found("01632 960000 01632 960001").into_iter().map(|found| found.what).collect();
        assert_eq!(both, ["01632 960000", "01632 960001"]);
    }

    #[test]
    fn what_reports_are_full_of_is_not() {
        for text in [
            "2025-26 Q3, 30 June 2026, 2026-06-08",
            "46 of 54, 85.2%, £12,550.00 ÷ 20",
            "CH01(1): stage 1 complaints per 1,000 homes",
            "Code 6.2, 9.5; 8.1(b); Q4 2nd",
            "@landlord, see A1 and B2",
            "Stage 2 in H2 1st week",
            "0 of 1234567, 0.5",
            "0 1 2 3 4 5 6 7 8 9 0",
            "01/04/2025 to 31/03/2026, 01.04.2025",
            "+12.5 points, +1 of 2",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}

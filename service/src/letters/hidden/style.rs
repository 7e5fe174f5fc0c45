//! Whether a style hides.

use std::collections::BTreeMap;

/// The colour of paper, and of a page of which nothing else is said.
const PAPER: [u8; 3] = [255; 3];

/// How alike two colours may be in each of red, green and blue without being taken for one.
const ALIKE: u8 = 32;

/// What hides in the rules of a style: the place of each block, and why.
pub(super) fn of_rules(rules: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut begins = 0;
    for (place, letter) in rules.char_indices().filter(|(_, letter)| ['{', '}'].contains(letter)) {
        if letter == '}' {
            let block = rules.get(begins..place).unwrap_or_default();
            found.extend(of_block(&declarations(block)).into_iter().map(|why| (begins, why)));
        }
        begins = place + 1;
    }
    found
}

/// What is declared in a block, each property with its value.
pub(super) fn declarations(block: &str) -> BTreeMap<String, String> {
    let mut plain = String::new();
    let mut rest = block;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    let one = |declared: &str| {
        let (name, value) = declared.split_once(':')?;
        Some((name.trim().to_owned(), value.replace("!important", "").trim().to_owned()))
    };
    plain.split(';').filter_map(one).collect()
}

/// What hides in a block.
pub(super) fn of_block(declared: &BTreeMap<String, String>) -> Vec<String> {
    let mut found: Vec<String> = declared
        .iter()
        .filter(|(name, value)| hides(name, value))
        .map(|(name, value)| format!("`{name}: {value}` hides what stands there"))
        .collect();
    let of = |name: &str| declared.get(name).and_then(|value| colour(value));
    let ground = of("background-color").or_else(|| of("background")).unwrap_or(PAPER);
    if of("color")
        .is_some_and(|ink| ink.iter().zip(&ground).all(|(one, other)| one.abs_diff(*other) <= ALIKE))
    {
        let said = declared.get("color").map(String::as_str).unwrap_or_default();
        found.push(format!(
            "`color: {said}` cannot be told from what it stands on; a colour of paper needs its background in the same rule"
        ));
    }
    found
}

/// Whether a declaration hides by itself.
fn hides(name: &str, value: &str) -> bool {
    let nothing = |value: &str| thousandths(value).is_some_and(|(size, _)| size == 0);
    match name {
        "display" => value == "none",
        "visibility" => ["hidden", "collapse"].contains(&value),
        "content-visibility" => value == "hidden",
        "opacity" => {
            thousandths(value).is_some_and(|(size, unit)| size < if unit == "%" { 50_000 } else { 500 })
        }
        "font-size" | "font" => value.split(['/', ' ']).any(too_small),
        "clip" | "clip-path" | "mask" | "mask-image" => !["auto", "none"].contains(&value),
        "height" | "width" | "max-height" | "max-width" | "zoom" => nothing(value),
        "color" | "-webkit-text-fill-color" => value == "transparent",
        "text-indent" | "left" | "right" | "top" | "bottom" | "margin-left" | "margin-top" => far_away(value),
        "transform" | "scale" => value.contains("scale(0") || name == "scale" && nothing(value),
        "filter" => value.contains("opacity("),
        _ => false,
    }
}

/// Whether a size is one that nobody reads: under 6 points or half of what is usual.
fn too_small(size: &str) -> bool {
    thousandths(size).is_some_and(|(size, unit)| match unit {
        "px" => size < 8_000,
        "pt" => size < 6_000,
        "em" | "rem" | "ex" | "ch" => size < 500,
        "mm" => size < 2_000,
        "cm" => size < 200,
        "%" => size < 50_000,
        "" => size == 0,
        _ => false,
    })
}

/// Whether a place is outside of every page.
fn far_away(place: &str) -> bool {
    place.strip_prefix('-').and_then(thousandths).is_some_and(|(far, unit)| {
        far >= match unit {
            "em" | "rem" | "vw" | "vh" | "cm" => 20_000,
            "%" => 90_000,
            _ => 200_000,
        }
    })
}

/// A number in thousandths, cut off, and its unit; nothing where it is none.
fn thousandths(value: &str) -> Option<(u64, &str)> {
    let end = value.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    Some((whole.checked_mul(1000)?.checked_add(part.parse().ok()?)?, unit))
}

/// A colour in red, green and blue; nothing where it is said in a way that is not looked into.
fn colour(value: &str) -> Option<[u8; 3]> {
    let named =
        [("white", [255; 3]), ("snow", [255, 250, 250]), ("ivory", [255, 255, 240]), ("black", [0; 3])];
    let word = value.split_ascii_whitespace().next()?;
    if let Some((_, colour)) = named.iter().find(|(name, _)| *name == word) {
        return Some(*colour);
    }
    if let Some(digits) = word.strip_prefix('#') {
        let digit = |at: usize| digits.get(at..=at).and_then(|digit| u8::from_str_radix(digit, 16).ok());
        let pair = |at: usize| digit(at)?.checked_mul(16)?.checked_add(digit(at + 1)?);
        return match digits.len() {
            3 | 4 => Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]),
            6 | 8 => Some([pair(0)?, pair(2)?, pair(4)?]),
            _ => None,
        };
    }
    let inside = value.strip_prefix("rgb(").or_else(|| value.strip_prefix("rgba("))?.split_once(')')?.0;
    let mut parts = inside.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let mut part = || parts.next()?.parse().ok();
    Some([part()?, part()?, part()?])
}

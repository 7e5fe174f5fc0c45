//! What of a person's name and address must not appear.

use redress_shared::case::command::intake::Person;

use super::patterns::words;

/// What may stand before a name, and is no part of it.
const TITLES: [&str; 14] =
    ["mr", "mrs", "ms", "miss", "mx", "master", "dr", "rev", "sir", "dame", "lord", "lady", "prof", "cllr"];

/// What a person could be known by: the name without its title, first and last name where there are others between, and house and
/// street. A name of one word is looked for with its title alone, since it may be any word.
pub(super) fn known_by(person: &Person) -> Vec<(&'static str, String)> {
    let name = |words: &[&str]| ("somebody's name", words.join(" "));
    let whole: Vec<&str> = words(person.name.as_str()).map(|(_, word)| word).collect();
    let is_title = |word: &str| TITLES.contains(&word.to_lowercase().as_str());
    let bare: Vec<&str> = whole.iter().copied().skip_while(|word| is_title(word)).collect();
    let mut known = match bare.as_slice() {
        [] => Vec::new(),
        [_] if whole.len() > 1 => vec![name(&whole)],
        [_] => Vec::new(),
        [first, .., last] if bare.len() > 2 => vec![name(&bare), name(&[first, last])],
        both => vec![name(both)],
    };
    known.extend(person.address.as_ref().and_then(|address| house(address.as_str())));
    known
}

/// The beginning of an address up to its street: the parts up to the first that has a number and two words besides.
fn house(address: &str) -> Option<(&'static str, String)> {
    let parts: Vec<&str> =
        address.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_street = |part: &&str| {
        let words: Vec<&str> = words(part).map(|(_, word)| word).collect();
        let is_number = |word: &&&str| word.starts_with(|letter: char| letter.is_ascii_digit());
        words.iter().any(|word| is_number(&word)) && words.iter().filter(|word| !is_number(word)).count() > 1
    };
    let street = parts.iter().position(is_street)?;
    let house: Vec<&str> = parts.iter().skip(street).take(1).copied().collect();
    Some(("somebody's address", house.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, address: Option<&str>) -> Vec<String> {
        let person = serde_json::json!({ "name": name, "address": address });
        let person: Person = serde_json::from_value(person).unwrap();
        known_by(&person).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn a_name_is_known_without_its_title_and_without_the_names_between() {
        assert_eq!(known("Ms Ada Lovelace", None), ["Ada Lovelace"]);
        assert_eq!(known("Dr Ada King Lovelace", None), ["Ada King Lovelace", "Ada Lovelace"]);
        assert_eq!(known("Mrs Housing", None), ["Mrs Housing"]);
        assert!(known("Housing", None).is_empty());
    }

    #[test]
    fn a_home_is_known_by_its_street_and_number() {
        let home = |address| known("Ada", Some(address));
        assert_eq!(home("17 Larkspur Rise, Hartlepool, TS24 8AY"), ["17 Larkspur Rise"]);
        assert_eq!(home("Flat 3, 17a Larkspur Rise\nHartlepool"), ["17a Larkspur Rise"]);
        assert!(home("The Old Forge, Hartlepool").is_empty());
    }
}

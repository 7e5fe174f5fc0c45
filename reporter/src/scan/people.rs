//! What of a person's name and address must not appear.

use redress_shared::case::command::intake::Person;

use super::patterns::words;

/// What may stand before a name, and is no part of it.
const TITLES: [&str; 14] =
    ["mr", "mrs", "ms", "miss", "mx", "master", "dr", "rev", "sir", "dame", "lord", "lady", "prof", "cllr"];

/// What a find of somebody's name is called.
pub(super) const NAME: &str = "somebody's name";

/// What streets are called for short; not "Dr", which is a title more often than a drive.
const STREETS: [(&str, &str); 14] = [
    ("av", "avenue"),
    ("ave", "avenue"),
    ("cl", "close"),
    ("cres", "crescent"),
    ("ct", "court"),
    ("gdns", "gardens"),
    ("gr", "grove"),
    ("ln", "lane"),
    ("pl", "place"),
    ("rd", "road"),
    ("sq", "square"),
    ("st", "street"),
    ("ter", "terrace"),
    ("terr", "terrace"),
];

/// A word as it is compared: in small letters, without accents, one title as good as another, and streets as they are called in full.
pub(super) fn folded(word: &str) -> String {
    let small: String = word.chars().flat_map(char::to_lowercase).map(bare).collect();
    if TITLES.contains(&small.as_str()) {
        return TITLES[0].to_owned();
    }
    STREETS.iter().find(|(short, _)| *short == small).map_or(small, |(_, full)| (*full).to_owned())
}

/// A letter of the names of these islands and their neighbours without what stands above or below it.
const fn bare(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => letter,
    }
}

/// What a person could be known by: the name and the address in each way that they are written.
pub(super) fn known_by(person: &Person) -> Vec<(&'static str, String)> {
    let name = person.name.as_str();
    let mut known = names(name);
    if name.contains(['\'', '\u{2019}']) {
        known.extend(names(&name.replace(['\'', '\u{2019}'], "")));
    }
    known.into_iter().map(|name| (NAME, name)).chain(homes(person)).collect()
}

/// A name without its title, with the last name first, with first and last name alone where there are others between, and the last name
/// after a title. A name of one word may be any word: it is looked for with its title alone.
fn names(name: &str) -> Vec<String> {
    let whole: Vec<&str> = words(name).map(|(_, word)| word).collect();
    let is_title = |word: &str| folded(word) == TITLES[0];
    let bare: Vec<&str> = whole.iter().copied().skip_while(|word| is_title(word)).collect();
    let titled = |words: &[&str]| format!("{} {}", TITLES[0], words.join(" "));
    match bare.as_slice() {
        [_] if whole.len() > bare.len() => vec![titled(&bare)],
        [] | [_] => Vec::new(),
        // "A Resident" is in every other sentence.
        [_, last] if last.chars().count() == 1 => vec![bare.join(" ")],
        [first, rest @ ..] => {
            let last = &rest[rest.len() - 1..];
            let mut names = vec![bare.join(" "), format!("{} {first}", rest.join(" ")), titled(rest)];
            if rest.len() > 1 {
                names.extend([format!("{first} {}", last.concat()), titled(last)]);
            }
            names
        }
    }
}

/// An address whole, and its beginning: the part with a number and a street, or else the first two parts.
fn homes(person: &Person) -> Vec<(&'static str, String)> {
    let Some(address) = person.address.as_ref() else { return Vec::new() };
    let parts: Vec<&str> =
        address.as_str().split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let street = parts.iter().find(|part| is_street(part)).map(|street| (*street).to_owned());
    // One part alone, such as "The Bungalow", may be any words.
    let beginning = || parts.get(..2).map(|parts| parts.join(" "));
    let whole = (parts.len() > 1).then(|| parts.join(" "));
    whole.into_iter().chain(street.or_else(beginning)).map(|home| ("somebody's address", home)).collect()
}

/// Whether a part of an address has a number and a street: "12 Larkspur", and not "Flat 3", which is in many.
fn is_street(part: &str) -> bool {
    let words: Vec<&str> = words(part).map(|(_, word)| word).collect();
    let is_number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let others = words.iter().filter(|word| !is_number(word)).count();
    let begins = words.first().is_some_and(|word| is_number(word));
    words.iter().any(|word| is_number(word)) && (others > 1 || begins && others == 1)
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
        assert_eq!(known("Ms Ada Lovelace", None), ["Ada Lovelace", "Lovelace Ada", "mr Lovelace"]);
        assert_eq!(
            known("Dr Ada King Lovelace", None),
            ["Ada King Lovelace", "King Lovelace Ada", "mr King Lovelace", "Ada Lovelace", "mr Lovelace"]
        );
        assert_eq!(known("Mrs Housing", None), ["mr Housing"]);
        assert_eq!(known("Resident A", None), ["Resident A"]);
        for any_words in ["Housing", "Mr"] {
            assert!(known(any_words, None).is_empty(), "{any_words}");
        }
    }

    #[test]
    fn a_name_is_compared_without_accents_and_apostrophes() {
        assert_eq!(folded("Siobhán"), "siobhan");
        assert_eq!((folded("Mrs"), folded("DR")), ("mr".to_owned(), "mr".to_owned()));
        assert!(known("Siobhán O'Brien", None).contains(&"Siobhán OBrien".to_owned()));
    }

    #[test]
    fn a_street_is_the_same_for_short() {
        assert_eq!((folded("Rd"), folded("ST")), (folded("Road"), folded("street")));
        assert_eq!(folded("Dr"), folded("Mr"));
    }

    #[test]
    fn a_home_is_known_by_its_street_and_number() {
        let home = |address| known("Ada", Some(address));
        assert_eq!(
            home("17 Larkspur Rise, Hartlepool, TS24 8AY"),
            ["17 Larkspur Rise Hartlepool TS24 8AY", "17 Larkspur Rise"]
        );
        assert_eq!(
            home("Flat 3, 17a Larkspur Rise\nHartlepool"),
            ["Flat 3 17a Larkspur Rise Hartlepool", "17a Larkspur Rise"]
        );
        assert_eq!(home("Flat 3, 12 Larkspur, Hartlepool"), ["Flat 3 12 Larkspur Hartlepool", "12 Larkspur"]);
        assert_eq!(
            home("The Old Forge, Mill Lane, Hartlepool"),
            ["The Old Forge Mill Lane Hartlepool", "The Old Forge Mill Lane"]
        );
        assert!(home("The Old Forge").is_empty());
    }
}

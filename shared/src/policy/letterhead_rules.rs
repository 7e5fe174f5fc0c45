//! What must hold for letters and reports to be able to print a letterhead.

use super::colour::{Colour, INK, LEAST_CONTRAST_HUNDREDTHS, SOFT_INK, WHITE};
use super::errors::Problems;
use super::profile::{Colours, Letterhead};

/// What letters print as an address has to be one.
pub(super) fn letterhead(letterhead: &Letterhead, problems: &mut Problems) {
    let one_word = |text: &str| !text.contains(char::is_whitespace);
    if let Some(email) = &letterhead.email {
        let address =
            email.value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        problems.unless(address && one_word(&email.value), "letterhead.email", "it is not an email address");
    }
    if let Some(website) = &letterhead.website {
        let address = website.value.contains('.') && one_word(&website.value);
        problems.unless(address, "letterhead.website", "it is not the address of a website");
    }
    if let Some(telephone) = &letterhead.telephone {
        let digits = telephone.value.chars().filter(char::is_ascii_digit).count();
        problems.unless(digits >= 3, "letterhead.telephone", "it is not a telephone number");
    }
    if let Some(address) = &letterhead.address {
        problems.unless(!address.value.is_empty(), "letterhead.address", "it has no lines: leave it out");
    }
    if let Some(colours) = &letterhead.colours {
        self::colours(colours, problems);
    }
}

/// Words in the colours, and on them, have to be readable.
fn colours(colours: &Colours, problems: &mut Problems) {
    // That it is a colour at all is a matter of the schema, which has said so.
    let (Ok(main), Ok(tint)) = (colours.main.parse::<Colour>(), colours.tint().parse::<Colour>()) else {
        return;
    };
    let pairs = [
        ("letterhead.colours.main", main, WHITE, "white"),
        ("letterhead.colours.main", main, tint, "the tint"),
        ("letterhead.colours.tint", tint, INK, "words"),
        ("letterhead.colours.tint", tint, SOFT_INK, "the words beside figures"),
    ];
    let contrast = |colour: Colour, other| colour.contrast_hundredths(other);
    let pale =
        pairs.iter().find(|(_, colour, other, _)| contrast(*colour, *other) < LEAST_CONTRAST_HUNDREDTHS);
    // One is enough: another colour changes all of them.
    if let Some((key, colour, other, what)) = pale {
        problems.add(
            *key,
            format!(
                "the contrast of {colour} with {what}, {other}, is {} to 100, and has to be at least \
                 {LEAST_CONTRAST_HUNDREDTHS} to 100",
                contrast(*colour, *other)
            ),
        );
    }
}

//! A letter as plain text: what a reader needs first, the clauses together at the end.

use crate::calendar::words::long_date;
use crate::letter::Letter;

pub fn plain_text(letter: &Letter) -> String {
    let names: Vec<&str> = letter.addressees.iter().map(|addressee| addressee.name.as_str()).collect();
    let (landlord, date, title) = (&letter.landlord, long_date(letter.dated), &letter.title);
    let mut text = format!("{landlord}\n{date}\n\nTo: {}\n\n{title}\n", names.join(", "));
    for item in &letter.items {
        text.push_str(&format!("\n{}\n{}\n", item.heading, item.text));
    }
    if letter.cited().next().is_some() {
        text.push_str(&format!("\nThe rules behind this letter\n{}\n", letter.policy));
        for item in letter.cited() {
            text.push_str(&format!("- {}: {}\n", item.heading, item.citation));
        }
    }
    text
}

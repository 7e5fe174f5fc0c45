//! Two letters that were never written: one with everything that a letter can have, one with as little as it can have. Templates are
//! held against the first, and tried on both, before any real letter is.

use super::view::{Fact, Item, Part, Rule, To, View, Writer};

/// A letter in which no field is empty.
#[must_use]
pub fn full() -> View {
    let fact = || Fact {
        label: "Email".into(),
        value: "a@example.org".into(),
        link: Some("mailto:a@example.org".into()),
    };
    let part = Part {
        paragraph: Some("Some words.".into()),
        numbered: vec!["One thing.".into(), "Another.".into()],
        details: vec![fact()],
    };
    View {
        stage: Some("stage 1"),
        landlord: Writer {
            name: "A Landlord".into(),
            logo: Some("data:image/png;base64,AA==".into()),
            address: vec!["1 Any Street".into(), "Anytown".into()],
            contact: vec![fact()],
            reached: true,
        },
        addressee: To { number: 1, name: "A Resident".into(), address: vec!["2 Any Street".into()] },
        items: vec![Item {
            item: "decision",
            heading: "Our decision".into(),
            text: "Some words.".into(),
            content: vec![part],
            citation: Some("Landlord 1, Code 1".into()),
        }],
        last_words: Some("Last words.".into()),
        signed_for: Some("A Landlord".into()),
        cites_code: true,
        rules: vec![Rule { heading: "Our decision".into(), citation: "Landlord 1, Code 1".into() }],
        ..bare()
    }
}

/// A letter in which every field is empty that can be.
#[must_use]
pub fn bare() -> View {
    View {
        lang: "en-GB",
        kind: "update",
        stage: None,
        title: "A letter".into(),
        date: "1 April 2025".into(),
        reference: "R-1".into(),
        landlord: Writer {
            name: "A Landlord".into(),
            logo: None,
            address: Vec::new(),
            contact: Vec::new(),
            reached: false,
        },
        addressee: To { number: 1, name: "A Resident".into(), address: Vec::new() },
        salutation: "Dear A Resident".into(),
        items: Vec::new(),
        last_words: None,
        sign_off: "Yours sincerely".into(),
        signed_by: "A Landlord".into(),
        signed_for: None,
        policy: "Complaints Policy".into(),
        cites_code: false,
        rules: Vec::new(),
    }
}

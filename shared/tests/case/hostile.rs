//! What arrives from outside is taken as it is or refused, and never anything in between.

use redress_shared::case::command::intake::Person;
use redress_shared::case::record::{LABEL_LIMIT, Label, TEXT_LIMIT, Text, TextError};
use redress_shared::case::{CaseId, Command, RefusalCode};
use serde_json::{Value, json};

use crate::kit::{Play, london, play, rules};

fn text(words: &str) -> Result<String, String> {
    let read: Result<Text, _> = serde_json::from_value(json!(words));
    read.map(|text| text.as_str().to_owned()).map_err(|error| error.to_string())
}

fn label(words: &str) -> Result<String, String> {
    let read: Result<Label, _> = serde_json::from_value(json!(words));
    read.map(|label| label.as_str().to_owned()).map_err(|error| error.to_string())
}

#[test]
fn a_text_is_kept_as_it_was_given() {
    let kept = [
        "It's cold.\nIt has been since Monday.\r\n\tNobody came.",
        "<script>alert('x')</script> & \"quotes\" {{handlebars}} ${shell} '; DROP TABLE cases; --",
        "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467} boiler \u{1F525} e\u{301} ß 家 مرحبا",
        "a name written right to left: \u{202B}אבג\u{202C}",
        "  spaces before and after  ",
        "\u{FFFD}\u{FFFE}\u{10FFFF}",
        "0",
    ];
    for words in kept {
        assert_eq!(text(words).as_deref(), Ok(words));
    }
}

#[test]
fn the_limit_is_in_characters_and_the_last_one_is_within_it() {
    for character in ["a", "é", "家", "\u{1F525}"] {
        assert_eq!(
            text(&character.repeat(TEXT_LIMIT)).map(|kept| kept.len()),
            Ok(character.len() * TEXT_LIMIT)
        );
        let over = text(&character.repeat(TEXT_LIMIT + 1)).unwrap_err();
        assert_eq!(
            over,
            "the text has 10001 characters; at most 10000 are kept, attach the rest as a document"
        );
        assert!(label(&character.repeat(LABEL_LIMIT)).is_ok());
        assert!(label(&character.repeat(LABEL_LIMIT + 1)).is_err());
    }
}

#[test]
fn a_blank_text_is_refused() {
    for blank in ["", " ", "\n\t\r ", "\u{A0}\u{2003}\u{3000}", "\u{0}", "\u{7}\u{8}"] {
        let said = text(blank).unwrap_err();
        assert_eq!(said, "the text is blank; leave the field out, or say something", "{blank:?}");
        assert!(label(blank).is_err(), "{blank:?}");
    }
}

#[test]
fn control_characters_are_named_and_refused() {
    for (words, named) in
        [("a\u{0}b", "U+0000"), ("a\u{1B}[31mb", "U+001B"), ("a\u{7F}", "U+007F"), ("\u{85}a", "U+0085")]
    {
        let said = text(words).unwrap_err();
        assert!(said.contains(named), "{said}");
    }
    assert_eq!(Text::try_from("a\u{0}".to_owned()), Err(TextError::Control(0)));
    assert!(text("a\nb").is_ok());
    assert!(label("a\nb").is_err(), "a label has one line");
    assert!(label("a\tb").is_err());
}

#[test]
fn a_label_loses_the_space_around_it() {
    assert_eq!(label("  Repairs  ").as_deref(), Ok("Repairs"));
    assert_eq!(label("Damp & mould <b>").as_deref(), Ok("Damp & mould <b>"));
}

#[test]
fn what_was_said_reaches_the_vault_unchanged() {
    let words = "\u{202E}desrever\u{202C} \u{1F525} <b>\"s3cr3t\"</b>\n'; --";
    let mut story = Play::under(rules("hartlepool-2024"));
    story.now = london("2025-04-14 10:00");
    let command: Command = serde_json::from_value(json!({ "receive": {
        "kind": "complaint", "channel": "form", "about": words, "stock_type": "lcra",
        "residents": [{ "person": { "name": words, "email": words } }]
    }}))
    .unwrap();
    story.decide(story.now, &command).unwrap();
    let kept = story.vault.kept();
    assert_eq!(kept[0].1, words);
    let person: Person = serde_json::from_str(&kept[1].1).unwrap();
    assert_eq!(person.name.as_str(), words);
}

fn read(verb: &str, content: &Value) -> Result<Command, String> {
    serde_json::from_value(json!({ verb: content })).map_err(|error| error.to_string())
}

#[track_caller]
fn check_unread(verb: &str, content: &Value, said: &str) {
    let error = read(verb, content).expect_err("not read");
    assert!(error.contains(said), "{error}");
}

#[test]
fn unknown_fields_words_and_commands_are_refused() {
    check_unread("accept", &json!({ "discretoin": "a reason" }), "unknown field `discretoin`");
    check_unread("close", &json!({ "reason": "bored" }), "unknown variant `bored`");
    check_unread("close", &json!({ "reason": "Answered" }), "unknown variant `Answered`");
    check_unread("delete", &json!({}), "unknown variant `delete`");
    check_unread(
        "respond",
        &json!({ "decisions": [{ "point": 1, "outcome": "upheld" }] }),
        "missing field `reasons`",
    );
    let nested = json!({ "risk": { "kind": "risk-to-life", "aware_at": "2025-04-14T10:00:00Z", "x": 1 } });
    check_unread("flag-risk", &nested, "unknown field `x`");
    check_unread(
        "correct",
        &json!({ "correct": { "fact": "closed-at", "at": "2025-04-14T10:00:00Z" }, "reason": "r" }),
        "closed-at",
    );
    let both = json!({ "accept": {}, "close": { "reason": "answered" } });
    assert!(serde_json::from_value::<Command>(both).is_err(), "one command is one thing");
}

#[test]
fn wrong_kinds_and_numbers_out_of_range_are_refused() {
    for number in [json!(-1), json!(65_536), json!(1.0), json!("1"), json!(null)] {
        check_unread("lapse-offer", &json!({ "remedy": number }), "");
    }
    for kind in [json!(-1), json!(256), json!(1.5)] {
        check_unread(
            "record-failure-order",
            &json!({ "reference": "HO-1", "kind": kind, "due_on": "2025-04-14" }),
            "",
        );
    }
    for pence in [json!(-1), json!(150.5), json!("£150"), json!(18_446_744_073_709_551_616_f64)] {
        let remedy = json!({ "remedy": { "kind": "financial", "detail": "d", "pence": pence } });
        check_unread("offer-remedy", &remedy, "");
    }
    for date in ["2025-02-29", "29/04/2025", "2025-04-31", "yesterday", "2025-04-14T10:00:00Z"] {
        check_unread("warn-no-contact", &json!({ "contact_by": date }), "");
    }
    for at in ["2025-04-14", "2025-04-14T10:00:00", "2025-04-14T25:00:00Z", "14 April 2025"] {
        check_unread("flag-risk", &json!({ "risk": { "kind": "risk-to-life", "aware_at": at } }), "");
    }
}

#[test]
fn the_largest_sum_is_paid_to_the_penny() {
    let largest = u64::MAX;
    let play = play(
        "housing-solutions-2024",
        &format!(
            r#"2025-04-14 10:00 receive
            2025-04-16 09:00 accept
            2025-04-18 10:00 offer-remedy {{"remedy": {{"kind": "financial", "detail": "s3cr3t", "pence": {largest}, "basis": "loss-of-service", "agreed": true}}}}
            2025-04-19 10:00 pay-compensation {{"remedy": 1, "arrears_pence": {largest}}}"#
        ),
    );
    assert_eq!(
        (play.case().remedies[0].paid_pence, play.case().remedies[0].offset_pence),
        (Some(0), Some(largest))
    );
}

#[test]
fn times_at_the_ends_of_time_are_refused_and_not_fatal() {
    let receive = |at: chrono::DateTime<chrono::Utc>, now: chrono::DateTime<chrono::Utc>| {
        let mut play = Play::under(rules("hartlepool-2024"));
        play.now = now;
        let command = read(
            "receive",
            &json!({
                "kind": "complaint", "channel": "form", "about": "s3cr3t", "stock_type": "lcra",
                "residents": [{ "person": { "name": "s3cr3t" } }]
            }),
        );
        play.decide(at, &command.unwrap()).unwrap_err().code
    };
    let (first, last) = (chrono::DateTime::<chrono::Utc>::MIN_UTC, chrono::DateTime::<chrono::Utc>::MAX_UTC);
    assert_eq!(receive(first, london("2025-04-14 10:00")), RefusalCode::BeyondCalendar);
    assert_eq!(receive(last, london("2025-04-14 10:00")), RefusalCode::InTheFuture);
    assert_eq!(receive(last, last), RefusalCode::BeyondCalendar);
}

#[test]
fn dates_at_the_ends_of_time_do_no_harm() {
    let ends = [chrono::NaiveDate::MIN, chrono::NaiveDate::MAX];
    for date in ends {
        let date = serde_json::to_value(date).unwrap();
        for (verb, content) in [
            ("warn-no-contact", json!({ "contact_by": date })),
            (
                "extend",
                json!({ "respond_by": date, "reason": "s3cr3t", "good_reason": "s3cr3t",
                "ombudsman_details_given": true, "update_every_working_days": 5 }),
            ),
            ("add-action", json!({ "action": { "what": "s3cr3t", "due_on": date, "owner": "Repairs" } })),
            (
                "offer-remedy",
                json!({ "remedy": { "kind": "apology", "detail": "s3cr3t", "open_until": date } }),
            ),
            ("correct", json!({ "correct": { "fact": "event-on", "on": date }, "reason": "s3cr3t" })),
        ] {
            for policy in crate::kit::POLICIES {
                let mut story = play(
                    policy,
                    "2025-04-14 10:00 receive\n2025-04-14 11:00 accept\n2025-04-14 12:00 acknowledge",
                );
                let _either_way = story.decide(story.now, &read(verb, &content).unwrap());
                assert!(story.deadlines().iter().all(|deadline| !deadline.sentence().is_empty()));
            }
        }
    }
}

#[test]
fn an_id_has_one_spelling() {
    let id = CaseId(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057);
    assert_eq!(id.to_string(), "01890a5d-ac96-774b-bcce-b302099a8057");
    assert_eq!(id.to_string().parse(), Ok(id));
    let wrong = [
        "",
        "1",
        "01890a5dac96774bbcceb302099a8057",
        "{01890a5d-ac96-774b-bcce-b302099a8057}",
        "01890a5d-ac96-774b-bcce-b302099a805",
        "+1890a5d-ac96-774b-bcce-b302099a8057",
        "01890a5d-ac96-774b-bcce-b302099a805g",
        "01890a5d-ac96-774b-bcce-b302099a80é",
    ];
    for text in wrong {
        assert!(text.parse::<CaseId>().is_err(), "{text}");
    }
}

//! The file of official wording.

use crate::code::{Wording, WordingError, form};

fn full_file() -> String {
    let rows = form("2024").unwrap().rows().map(|row| {
        format!("{},\"Words of \"\"{}\"\", with a comma\nand a line.\"\n", row.number, row.number)
    });
    format!("number,text\n{}", rows.collect::<String>())
}

fn read(text: &str) -> Result<Wording, Vec<WordingError>> {
    Wording::from_csv(form("2024").unwrap(), text)
}

fn messages(text: &str) -> Vec<String> {
    read(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_full_file_gives_every_text_as_it_stands() {
    let wording = read(&full_file()).unwrap();
    let expected = "Words of \"6.10\", with a comma\nand a line.";
    assert_eq!(wording.text("6.10".parse().unwrap()), Some(expected));
    assert_eq!(wording.text("1.1".parse().unwrap()), None);
}

#[test]
fn a_spreadsheets_mark_and_line_ends_are_no_matter() {
    let windows = format!("\u{feff}{}", full_file().replace(".\"\n", ".\"\r\n"));
    assert_eq!(read(&windows), read(&full_file()));
}

#[test]
fn a_missing_provision_is_named() {
    let text = full_file().replacen("\n6.3,", "\n6.2,", 1);
    let errors = messages(&text);
    assert!(errors[0].contains("provision 6.2 was already given on line"), "{errors:?}");
    assert_eq!(errors[1], "no row for 6.3");
}

#[test]
fn everything_wrong_is_said_with_its_line() {
    let errors =
        messages("number,text\n1.1,Introduction\n1.2,\nsix,Words\n1.3,Words,more\n1.4,Words\n1.4,Again\n");
    assert_eq!(
        errors[..5],
        [
            "line 2: `1.1` is not a provision of this Code",
            "line 3: provision 1.2 has no text",
            "line 4: `six` is not a provision of this Code",
            "line 5: 3 columns, and there have to be 2",
            "line 7: provision 1.4 was already given on line 6",
        ]
    );
    assert!(errors[5].starts_with("no row for 1.3, 1.5, 1.6, 2.1"), "{}", errors[5]);
    assert_eq!(errors.len(), 6);
}

#[test]
fn another_header_is_refused_before_anything_else() {
    let found = "provision,wording".to_owned();
    assert_eq!(read("provision,wording\n1.2,Words\n"), Err(vec![WordingError::Header { found }]));
    assert_eq!(read(""), Err(vec![WordingError::Header { found: String::new() }]));
}

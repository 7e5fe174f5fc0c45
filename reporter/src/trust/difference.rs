//! Where two versions of a report's file first part: by table, row and column rather than by byte.

use std::path::Path;

use serde_json::Value;

/// How much of a value is told.
const TOLD: usize = 60;

/// The first place at which a file is other than it was made anew, in words; none where both are the same.
#[must_use]
pub fn difference(name: &str, there: &[u8], anew: &[u8]) -> Option<String> {
    if there == anew {
        return None;
    }
    let place = match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("csv") => in_lines(there, anew),
        Some("json") => in_json(there, anew),
        _ => None,
    };
    Some(place.unwrap_or_else(|| in_page(there, anew)))
}

fn in_lines(there: &[u8], anew: &[u8]) -> Option<String> {
    let read = |bytes: &[u8]| -> Option<Vec<Vec<String>>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let line =
            |line: csv::Result<csv::StringRecord>| Some(line.ok()?.iter().map(str::to_owned).collect());
        reader.records().map(line).collect()
    };
    let (there, anew) = (read(there)?, read(anew)?);
    let columns = anew.first()?;
    for (number, line) in anew.iter().enumerate() {
        let row = line.first().map_or("", String::as_str);
        let Some(other) = there.get(number) else { return Some(format!("row {row} is missing")) };
        let width = line.len().max(other.len());
        let cell = |line: &[String], column: usize| line.get(column).cloned().unwrap_or_default();
        let parted = (0..width).find(|column| cell(line, *column) != cell(other, *column));
        if let Some(column) = parted {
            let heading = columns.get(column).map_or("", String::as_str);
            return Some(format!(
                "row {row}, column {heading}: {} there, {} anew",
                told(&cell(other, column)),
                told(&cell(line, column))
            ));
        }
    }
    there
        .get(anew.len())
        .map(|line| format!("row {} is one too many", line.first().map_or("", String::as_str)))
}

fn in_json(there: &[u8], anew: &[u8]) -> Option<String> {
    let (there, anew): (Value, Value) =
        (serde_json::from_slice(there).ok()?, serde_json::from_slice(anew).ok()?);
    parted(&there, &anew, "")
}

/// The path of the first value that differs, from the last figure on the way to it.
fn parted(there: &Value, anew: &Value, path: &str) -> Option<String> {
    if there == anew {
        return None;
    }
    let figure = anew.get("figure").and_then(Value::as_str).filter(|figure| !figure.is_empty());
    let path = figure.map_or_else(|| path.to_owned(), |figure| format!("figure {figure}"));
    match (there, anew) {
        (Value::Object(one), Value::Object(other)) => one.keys().chain(other.keys()).find_map(|key| {
            let [one, other] = [one, other].map(|object| object.get(key).unwrap_or(&Value::Null));
            parted(one, other, &format!("{path}/{key}"))
        }),
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| parted(one, other, &format!("{path}/{index}")))
        }
        _ => Some(format!("{path}: {} there, {} anew", told(&there.to_string()), told(&anew.to_string()))),
    }
}

/// On a page: the figure that the first differing letter is in or after.
fn in_page(there: &[u8], anew: &[u8]) -> String {
    let at = there.iter().zip(anew).take_while(|(one, other)| one == other).count();
    let before = String::from_utf8_lossy(&anew[..at]).into_owned();
    let line = before.matches('\n').count() + 1;
    let figure = before.rfind("data-figure=\"").and_then(|start| {
        let name = &before[start + "data-figure=\"".len()..];
        let cell_ended = name.contains("</td>") || name.contains("</li>");
        name.split('"').next().filter(|_| !cell_ended)
    });
    let around = |bytes: &[u8]| {
        let from = bytes[..at].iter().rposition(|byte| *byte == b'>').map_or(0, |found| found + 1);
        let rest = &bytes[from..];
        let length = rest.iter().position(|byte| *byte == b'<').unwrap_or(rest.len());
        told(&String::from_utf8_lossy(&rest[..length]))
    };
    let values = format!("{} there, {} anew", around(there), around(anew));
    match figure {
        Some(figure) => format!("line {line}, figure {figure}: {values}"),
        None => format!("line {line}: {values}"),
    }
}

fn told(text: &str) -> String {
    let short: String = text.chars().take(TOLD).collect();
    let more = if text.chars().count() > TOLD { "…" } else { "" };
    format!("\"{short}{more}\"")
}

#[cfg(test)]
mod tests {
    use super::difference;

    fn first(name: &str, there: &str, anew: &str) -> String {
        difference(name, there.as_bytes(), anew.as_bytes()).unwrap()
    }

    #[test]
    fn what_is_the_same_has_no_difference() {
        assert_eq!(difference("a.csv", b"row,a\n1,2\n", b"row,a\n1,2\n"), None);
    }

    #[test]
    fn a_cell_of_a_table_is_named_by_its_row_and_column() {
        let anew = "row,heading,lcra\nch01-1,Made,7.1\nch02-1,In time,80\n";
        assert_eq!(
            first("tsm.csv", &anew.replace("80", "81"), anew),
            "row ch02-1, column lcra: \"81\" there, \"80\" anew"
        );
        assert_eq!(first("tsm.csv", "row,heading,lcra\nch01-1,Made,7.1\n", anew), "row ch02-1 is missing");
        assert_eq!(first("tsm.csv", &format!("{anew}x,y,1\n"), anew), "row x is one too many");
    }

    #[test]
    fn a_value_of_a_document_is_named_by_its_figure() {
        let anew = r#"{"tables":{"tsm":[{"figure":"tsm.a.b","plain":"7"},{"figure":"tsm.a.c","plain":"8"}]},"title":"A"}"#;
        assert_eq!(
            first("a.json", &anew.replace("\"8\"", "\"9\""), anew),
            "figure tsm.a.c/plain: \"\"9\"\" there, \"\"8\"\" anew"
        );
        assert_eq!(
            first("a.json", &anew.replace("\"A\"", "\"B\""), anew),
            "/title: \"\"B\"\" there, \"\"A\"\" anew"
        );
    }

    #[test]
    fn a_figure_of_a_page_is_named() {
        let anew = "<p>One</p>\n<td data-figure=\"tsm.a.b\"><span>7.1</span></td>\n<p>End</p>";
        assert_eq!(
            first("a.html", &anew.replace("7.1", "7.2"), anew),
            "line 2, figure tsm.a.b: \"7.2\" there, \"7.1\" anew"
        );
        assert_eq!(first("a.html", &anew.replace("End", "Bye"), anew), "line 3: \"Bye\" there, \"End\" anew");
    }
}

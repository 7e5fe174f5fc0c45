//! No control characters stand in a mapping: its words come back in errors, and not every database keeps all of them.

use super::mapping::{Mapping, Wrong};

/// Where a mapping has any; a tab may stand between columns and between the items of a list.
pub fn characters(mapping: &Mapping) -> Vec<Wrong> {
    let named = |name: &str, texts: &[String]| -> Vec<(String, String)> {
        texts.iter().enumerate().map(|(index, text)| (format!("{name}.{index}"), text.clone())).collect()
    };
    let mut texts = vec![("list_separator".to_owned(), mapping.list_separator.replace('\t', " "))];
    texts.extend(named("date_formats", &mapping.date_formats));
    texts.extend(named("empty", &mapping.empty));
    texts.extend(named("yes", &mapping.yes));
    texts.extend(named("no", &mapping.no));
    for (table, pairs) in [("columns", &mapping.columns), ("constants", &mapping.constants)] {
        texts
            .extend(pairs.iter().map(|(field, text)| (format!("{table}.{field}"), format!("{field}{text}"))));
    }
    for (field, meanings) in &mapping.values {
        let said = meanings.iter().map(|(said, meant)| format!("{said}{meant}"));
        texts.push((format!("values.{field}"), said.collect::<String>() + field));
    }
    for (field, when) in &mapping.when {
        let text = format!("{field}{}{}{}", when.column, when.is.concat(), when.otherwise.concat());
        texts.push((format!("when.{field}"), text));
    }
    let found = texts.into_iter().filter(|(_, text)| text.contains(char::is_control));
    let place = |place: String| place.replace(char::is_control, "?");
    found.map(|(at, _)| (place(at), "a control character stands in it".to_owned())).collect()
}

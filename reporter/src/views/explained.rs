//! What the figures of a page mean, beside them: rates and averages by their definitions, all others by what their table counts.

use std::collections::BTreeSet;

use redress_shared::measure::Counting;

use super::document::Document;
use super::{CellView, Report, TableView};

/// Adds what the figures and words of all tables mean; so it comes after them.
pub(super) fn explain(document: &mut Document, report: &Report<'_>) {
    let mut counted = count(document);
    let mut definitions = report.definitions(tables(document));
    for row in definitions.rows.iter_mut().chain(&mut counted.rows) {
        row.anchor = anchor(&row.key);
    }
    let defined: BTreeSet<&str> = definitions.rows.iter().map(|row| row.key.as_str()).collect();
    let cells = tables_mut(document).flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells);
    for cell in cells.filter(|cell| defined.contains(cell.definition.as_str())) {
        cell.meaning = link(&cell.definition);
    }
    for card in &mut document.cards {
        card.meaning = link(&card.definition);
    }
    document.tables.extend([("definitions", definitions), ("counted", counted), ("terms", report.terms())]);
}

/// Says of every figure without a definition what its table counts, and what that is.
fn count(document: &mut Document) -> TableView {
    let columns = [("version", "Version"), ("counted", "Counted"), ("by", "In the period of")];
    let mut counted = TableView::new("counted", "What tables count", "Table", &columns);
    for table in tables_mut(document) {
        let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
        let mut plain = cells.filter(|cell| !cell.is_words && cell.definition.is_empty()).peekable();
        if plain.peek().is_none() {
            continue;
        }
        let Some(counting) = Counting::of(&table.id) else {
            debug_assert!(false, "nothing says what the table {} counts", table.id);
            continue;
        };
        plain.for_each(|cell| cell.definition = counting.id());
        table.meaning = link(&counting.id());
        let cells = [&counting.version.to_string(), counting.counted, counting.by].map(CellView::words);
        counted.row(&counting.id(), &table.caption, cells.to_vec());
    }
    counted
}

fn tables(document: &Document) -> impl Iterator<Item = &TableView> {
    document.tables.values().chain(document.lists.values().flatten())
}

fn tables_mut(document: &mut Document) -> impl Iterator<Item = &mut TableView> {
    document.tables.values_mut().chain(document.lists.values_mut().flatten())
}

/// A link to what a figure means.
fn link(definition: &str) -> String {
    format!("#{}", anchor(definition))
}

/// The place of a definition on the page: CH01(1) is at `definition-CH01-1`.
fn anchor(definition: &str) -> String {
    let words: Vec<&str> = definition
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!("definition-{}", words.join("-"))
}

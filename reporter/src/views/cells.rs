//! What the templates print: tables of finished strings. Each figure carries a name of its own, so that a reader of the
//! page (or a test) can find it.

use redress_shared::measure::{AVERAGE, Average, Change, Definition, Marker, Pence, Rate, Scale, thousands};
use serde::Serialize;

use super::words::discreet;

/// What is said under a table of which some is masked.
pub const SEE_MASKED: &str = "[masked]: see “Masked” in how the figures were made.";

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableView {
    /// Its name on the page.
    pub id: String,
    /// Its caption.
    pub caption: String,
    /// The heading of the column of row headings.
    pub corner: String,
    /// The other columns.
    pub columns: Vec<ColumnView>,
    /// The rows.
    pub rows: Vec<RowView>,
    /// What has to be said under it.
    pub notes: Vec<String>,
    /// Where it stands on the page what its plain counts are of, as a link; empty where it has none, or that is not said.
    pub meaning: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnView {
    /// The last part of its figures' names.
    pub key: String,
    /// Its heading.
    pub heading: String,
    /// Whether it holds words and not numbers.
    pub is_words: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowView {
    /// The middle part of its figures' names.
    pub key: String,
    /// Its heading.
    pub heading: String,
    /// Its place on the page, where others link to it; may be empty.
    pub anchor: String,
    /// Whether it adds up others.
    pub is_total: bool,
    /// Its cells, one to a column.
    pub cells: Vec<CellView>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CellView {
    /// The figure's name: table, row and column.
    pub figure: String,
    /// What is printed.
    pub text: String,
    /// What it was worked out from ("46 of 54"); may be empty.
    pub of: String,
    /// The id of its definition in the shared measures, or of what its table counts; empty where it is words.
    pub definition: String,
    /// Where its definition stands on the page, as a link; empty where it has none there.
    pub meaning: String,
    /// Where the cases behind it are, as a link; empty in what is published.
    pub evidence: String,
    /// Whether it is words and not a number.
    pub is_words: bool,
    /// The same without dress, for programs: no sign, no thousands separator; pounds with two decimals; a marker as it is.
    pub plain: String,
    /// What was counted, where it is a rate or an average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<u64>,
    /// Out of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<u64>,
    /// Whether it is a value by its rank, as a median is, and so no sum of its cases.
    #[serde(skip)]
    pub is_ranked: bool,
}

impl CellView {
    /// A count.
    #[must_use]
    pub fn count(count: u64) -> Self {
        Self::words(&thousands(count)).number().with_plain(count.to_string())
    }

    /// A share or a rate, on its definition's scale, over the two counts it was made of.
    #[must_use]
    pub fn rate(definition: &Definition, rate: Rate) -> Self {
        let (text, plain) = match definition.scale {
            Scale::PerCent => (rate.per_cent().with_sign(), rate.per_cent().trimmed()),
            Scale::PerThousand => (rate.per_thousand().trimmed(), rate.per_thousand().trimmed()),
        };
        Self {
            of: rate.of(),
            definition: definition.id.to_owned(),
            numerator: Some(rate.numerator),
            denominator: Some(rate.denominator),
            ..Self::words(&text).number().with_plain(plain)
        }
    }

    /// A value by its rank; [`Marker::DenominatorZero`] where there was none to rank.
    #[must_use]
    pub fn of_ranked(value: Option<u64>) -> Self {
        value.map_or_else(|| Self::marked(Marker::DenominatorZero, ""), |value| Self::count(value).ranked())
    }

    /// The same as a value by its rank.
    #[must_use]
    pub fn ranked(self) -> Self {
        Self { is_ranked: true, ..self }
    }

    /// No figure, and why.
    #[must_use]
    pub fn marked(marker: Marker, of: &str) -> Self {
        Self { of: of.to_owned(), ..Self::words(marker.symbol()).number() }
    }

    /// The same, as a figure of this definition.
    #[must_use]
    pub fn defined_as(self, definition: &Definition) -> Self {
        Self { definition: definition.id.to_owned(), ..self }
    }

    /// The change from one count to another.
    #[must_use]
    pub fn change(before: u64, after: u64) -> Self {
        Self::words(&Change::new(before, after).to_string()).number()
    }

    /// An amount of money.
    #[must_use]
    pub fn money(pence: u64) -> Self {
        Self::words(&Pence(pence).to_string()).number().with_plain(pounds(pence))
    }

    /// An average amount with what it was divided by.
    #[must_use]
    pub fn average(total: u64, divisor: u64) -> Self {
        let average = Average { total: Pence(total), divisor };
        let marked = || Marker::DenominatorZero.to_string();
        let text = average.amount().map_or_else(marked, |amount| amount.to_string());
        Self {
            of: if divisor == 0 {
                String::new()
            } else {
                format!("{} ÷ {}", Pence(total), thousands(divisor))
            },
            definition: AVERAGE.id.to_owned(),
            plain: average.amount().map_or_else(marked, |amount| pounds(amount.0)),
            numerator: Some(total),
            denominator: Some(divisor),
            ..Self::words(&text).number()
        }
    }

    /// A count that may be masked.
    #[must_use]
    pub fn masked(count: Option<u64>) -> Self {
        count.map_or_else(|| Self::words("[masked]").number(), Self::count)
    }

    /// Takes away what it tells, and keeps its name and what it would mean.
    pub fn hide(&mut self) {
        *self = self.as_masked();
    }

    fn as_masked(&self) -> Self {
        let Self { figure, definition, meaning, .. } = self.clone();
        Self { figure, definition, meaning, ..Self::masked(None) }
    }

    /// Whether it is masked.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        *self == self.as_masked()
    }

    /// The count that it tells, if it is one.
    #[must_use]
    pub fn as_count(&self) -> Option<u64> {
        self.plain.parse().ok().filter(|_| !self.is_words && self.numerator.is_none())
    }

    /// The two counts of the rate that it tells, if it is one.
    #[must_use]
    pub fn as_rate(&self) -> Option<Rate> {
        Some(Rate::new(self.numerator?, self.denominator?))
    }

    /// Nothing to say.
    #[must_use]
    pub fn none() -> Self {
        Self::words("–").number().with_plain(String::new())
    }

    /// A count of people with something in common: from 1 to 4 it is not told exactly.
    #[must_use]
    pub fn discreet(count: u64) -> Self {
        Self::words(&discreet(count)).number()
    }

    /// Words.
    #[must_use]
    pub fn words(text: &str) -> Self {
        Self { text: text.to_owned(), plain: text.to_owned(), is_words: true, ..Self::default() }
    }

    fn with_plain(self, plain: String) -> Self {
        Self { plain, ..self }
    }

    /// The same, set as numbers are.
    #[must_use]
    pub fn number(self) -> Self {
        Self { is_words: false, ..self }
    }
}

impl TableView {
    /// A table without rows yet; each column is the last part of a figure's name and a heading.
    #[must_use]
    pub fn new(id: &str, caption: &str, corner: &str, columns: &[(&str, &str)]) -> Self {
        let column = |(key, heading): &(&str, &str)| ColumnView {
            key: (*key).to_owned(),
            heading: (*heading).to_owned(),
            is_words: false,
        };
        Self {
            id: id.to_owned(),
            caption: caption.to_owned(),
            corner: corner.to_owned(),
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
            notes: Vec::new(),
            meaning: String::new(),
        }
    }

    /// Adds a row; `key` is the middle part of its figures' names.
    pub fn row(&mut self, key: &str, heading: &str, cells: Vec<CellView>) {
        self.add(key, heading, cells, false);
    }

    /// Adds a row that adds up others.
    pub fn total(&mut self, key: &str, heading: &str, cells: Vec<CellView>) {
        self.add(key, heading, cells, true);
    }

    /// Says something under the table.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The cells of a column, from the first row down; none of a column that it has not.
    #[must_use]
    pub fn column(&self, key: &str) -> Vec<&CellView> {
        let place = self.columns.iter().position(|column| column.key == key);
        self.rows.iter().filter_map(|row| row.cells.get(place?)).collect()
    }

    /// A cell, by its row and its column.
    #[must_use]
    pub fn cell(&self, row: &str, column: &str) -> Option<&CellView> {
        let place = self.columns.iter().position(|known| known.key == column)?;
        self.rows.iter().find(|known| known.key == row)?.cells.get(place)
    }

    /// Masks the cells of some columns in some rows, and says so under the table. Columns that it has not are passed over.
    pub fn hide(&mut self, columns: &[&str], is_hidden: impl Fn(&str) -> bool) {
        let is_column = |column: &ColumnView| columns.contains(&column.key.as_str());
        let places: Vec<bool> = self.columns.iter().map(is_column).collect();
        let rows = self.rows.iter_mut().filter(|row| is_hidden(&row.key));
        let mut hides_some = false;
        for (cell, _) in rows.flat_map(|row| row.cells.iter_mut().zip(&places)).filter(|(_, hidden)| **hidden)
        {
            cell.hide();
            hides_some = true;
        }
        if hides_some && !self.notes.iter().any(|known| known.starts_with("[masked]")) {
            self.notes.push(SEE_MASKED.to_owned());
        }
    }

    fn add(&mut self, key: &str, heading: &str, cells: Vec<CellView>, is_total: bool) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for each column of {}", self.id);
        if self.rows.is_empty() {
            for (column, cell) in self.columns.iter_mut().zip(&cells) {
                column.is_words = cell.is_words;
            }
        }
        let name = |(cell, column): (CellView, &ColumnView)| CellView {
            figure: format!("{}.{key}.{}", self.id, column.key),
            ..cell
        };
        let cells = cells.into_iter().zip(&self.columns).map(name).collect();
        self.rows.push(RowView {
            key: key.to_owned(),
            heading: heading.to_owned(),
            anchor: String::new(),
            is_total,
            cells,
        });
    }
}

/// "12.55": pounds for programs.
fn pounds(pence: u64) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

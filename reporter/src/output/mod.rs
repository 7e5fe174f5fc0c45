//! From a document to files: a page, a folder of tables as CSV, the whole as JSON.

mod files;
mod sheet;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

pub use files::{Hold, Item, put, replace, save};
pub use sheet::Sheet;

use crate::error::{Error, Result};
use crate::look::Templates;

/// A form that a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One self-contained page.
    Html,
    /// A folder with a file for each table. Its columns are named as the figures on the page are.
    Csv,
    /// Everything that the page is made of, with what each figure was worked out from.
    Json,
}

/// A document that can be written in every format.
pub trait Printed: Serialize {
    /// Its tables, each with a name of its own.
    fn sheets(&self) -> Vec<Sheet>;

    /// What its page is drawn with.
    fn templates(&self) -> &Templates;
}

/// Writes a document and gives the paths, in the order of the formats. Everything is written beside its place first, so that a run
/// that fails leaves all that was there before.
///
/// # Errors
/// When a template is broken, or the folder cannot be written.
pub fn write(
    folder: &Path,
    stem: &str,
    formats: &[Format],
    printed: (&str, &impl Printed),
) -> Result<Vec<PathBuf>> {
    put(folder, &items(stem, formats, printed)?)
}

/// A document in every format asked for, in their order, before anything is written. `template` is the name of its page's template.
///
/// # Errors
/// When a template is broken.
pub fn items(
    stem: &str,
    formats: &[Format],
    (template, document): (&str, &impl Printed),
) -> Result<Vec<Item>> {
    let item = |format: &Format| {
        Ok(match format {
            Format::Html => Item::File(
                format!("{stem}.html"),
                document.templates().render(template, document)?.into_bytes(),
            ),
            Format::Csv => Item::Folder(stem.to_owned(), tables(document)?),
            Format::Json => Item::File(format!("{stem}.json"), json(document)?),
        })
    };
    formats.iter().map(item).collect()
}

fn tables(document: &impl Printed) -> Result<Vec<(String, Vec<u8>)>> {
    let file = |sheet: &Sheet| Ok((format!("{}.csv", sheet.name), sheet.to_csv()?));
    document.sheets().iter().map(file).collect()
}

/// Anything as JSON, indented and ended as a file is.
///
/// # Errors
/// When it cannot be put into JSON, which the types here can.
pub fn json(document: &impl Serialize) -> Result<Vec<u8>> {
    let mut text =
        serde_json::to_vec_pretty(document).map_err(|error| Error::Unwritable(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

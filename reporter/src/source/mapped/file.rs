//! One file of cases, row by row.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use redress_shared::imports::mapping::Format;
use redress_shared::imports::reader;
use redress_shared::imports::{Mapping, Raw};

use super::{given, parquet};
use crate::error::Result;

/// How many rows are made of a file's text at once.
const AT_ONCE: usize = 1000;

/// A file, opened.
pub(super) struct File {
    path: PathBuf,
    header: Vec<String>,
    body: Body,
}

enum Body {
    /// Text, and where its first row begins.
    Text(Vec<u8>, usize),
    Parquet(parquet::File),
}

impl File {
    /// Opens a file. What begins as Parquet does is Parquet, and has the rows of the CSV or NDJSON that the mapping was written for.
    ///
    /// # Errors
    /// When it cannot be read, or has no line with the names of its columns.
    pub(super) fn open(path: &Path, mapping: &Mapping) -> Result<Self> {
        let mut file = fs::File::open(path).map_err(|error| given(path, error))?;
        let mut bytes = Vec::new();
        file.by_ref().take(4).read_to_end(&mut bytes).map_err(|error| given(path, error))?;
        if bytes == parquet::MARK {
            let body = parquet::File::open(path).map_err(|error| given(path, error))?;
            return Ok(Self { path: path.to_owned(), header: body.columns(), body: Body::Parquet(body) });
        }
        file.read_to_end(&mut bytes).map_err(|error| given(path, error))?;
        let (header, begins) = match mapping.format {
            Format::Ndjson => (Vec::new(), 0),
            Format::Csv => {
                let first = reader::rows(mapping, &bytes, (true, true), 1);
                match first.rows.into_iter().next() {
                    Some(Raw::Columns(names)) => (names, first.bytes),
                    Some(Raw::Unreadable(why)) => return Err(given(path, why)),
                    _ => return Err(given(path, "it has no first line with the names of its columns")),
                }
            }
        };
        Ok(Self { path: path.to_owned(), header, body: Body::Text(bytes, begins) })
    }

    /// The names of its columns; none of NDJSON.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Does something with every row, in order.
    ///
    /// # Errors
    /// When the file breaks off, or something in it cannot be told apart into rows.
    pub(super) fn each_row(&mut self, mapping: &Mapping, mut with: impl FnMut(&Raw)) -> Result<()> {
        match &self.body {
            Body::Text(bytes, begins) => {
                let mut at = *begins;
                while at < bytes.len() {
                    let read = reader::rows(mapping, &bytes[at..], (at == 0, true), AT_ONCE);
                    read.rows.iter().for_each(&mut with);
                    if read.bytes == 0 {
                        break;
                    }
                    at += read.bytes;
                }
                Ok(())
            }
            Body::Parquet(file) => {
                let rows = file.rows(mapping.format).map_err(|error| given(&self.path, error))?;
                for row in rows {
                    with(&row.map_err(|error| given(&self.path, error))?);
                }
                Ok(())
            }
        }
    }
}

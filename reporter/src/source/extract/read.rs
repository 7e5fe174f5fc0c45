//! Reading rows out of an extract.

use std::path::{Path, PathBuf};

use super::file;
use super::parts::{self, Part};
use crate::error::{Error, Result};
use crate::source::contract::{Landlord, Row};

/// An extract, opened for reading.
#[derive(Debug, Clone)]
pub struct Extract {
    folder: PathBuf,
    parts: Vec<Part>,
}

impl Extract {
    /// Opens an extract: reads the list of its files.
    ///
    /// # Errors
    /// When the folder holds none.
    pub fn open(folder: &Path) -> Result<Self> {
        Ok(Self { folder: folder.to_owned(), parts: parts::of(folder)? })
    }

    /// The landlords, in no order.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn landlords(&self) -> Result<Vec<Landlord>> {
        self.rows_of(|_| true)
    }

    /// One landlord's rows of one view: no file of another's is opened. All its years are read, since what is still open or due
    /// may be of any.
    ///
    /// # Errors
    /// When a file cannot be read, or is not what the extract says of it.
    pub fn rows<R: Row>(&self, landlord_id: &str) -> Result<Vec<R>> {
        self.rows_of(|part| part.landlord == landlord_id)
    }

    fn rows_of<R: Row>(&self, wanted: impl Fn(&Part) -> bool) -> Result<Vec<R>> {
        let mut rows = Vec::new();
        for part in self.parts.iter().filter(|part| part.table == R::VIEW.name && wanted(part)) {
            let path = self.folder.join(part.path());
            let unusable = |reason: String| Error::Extract { path: path.clone(), reason };
            let mut read = file::read(&path).map_err(|error| unusable(error.to_string()))?;
            if read.len() != part.rows {
                return Err(unusable(format!(
                    "{} rows, but {} lists {}",
                    read.len(),
                    parts::ROWS,
                    part.rows
                )));
            }
            rows.append(&mut read);
        }
        Ok(rows)
    }
}

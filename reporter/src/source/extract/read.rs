//! Reading rows out of an extract.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use super::file;
use super::parts::{self, Part};
use crate::error::{Error, Result};
use crate::source::contract::{Landlord, Row};

/// For how many rows of a file there is room at once on the list's word alone.
const BELIEVED: usize = 1 << 20;

/// An extract, opened for reading.
#[derive(Debug, Clone)]
pub struct Extract {
    folder: PathBuf,
    parts: Vec<Part>,
}

impl Extract {
    /// Opens an extract: reads the list of its files. They are kept in order, so that those of a landlord are found among
    /// thousands without a look at each.
    ///
    /// # Errors
    /// When the folder holds none.
    pub fn open(folder: &Path) -> Result<Self> {
        let mut parts = parts::of(folder)?;
        parts.sort();
        Ok(Self { folder: folder.to_owned(), parts })
    }

    /// The landlords, in no order.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn landlords(&self) -> Result<Vec<Landlord>> {
        self.rows_of(self.parts_of(Landlord::VIEW.name))
    }

    /// One landlord's rows of one view: no file of another's is opened. All its years are read, since what is still open or due
    /// may be of any.
    ///
    /// # Errors
    /// When a file cannot be read, or is not what the extract says of it.
    pub fn rows<R: Row>(&self, landlord_id: &str) -> Result<Vec<R>> {
        let parts = self.parts_of(R::VIEW.name);
        self.rows_of(stretch(parts, |part| part.landlord.as_str().cmp(landlord_id)))
    }

    fn parts_of(&self, view: &str) -> &[Part] {
        stretch(&self.parts, |part| part.table.as_str().cmp(view))
    }

    fn rows_of<R: Row>(&self, parts: &[Part]) -> Result<Vec<R>> {
        let mut rows = Vec::with_capacity(parts.iter().map(|part| part.rows.min(BELIEVED)).sum());
        for part in parts {
            let path = self.folder.join(part.path());
            let unusable = |reason: String| Error::Extract { path: path.clone(), reason };
            let before = rows.len();
            file::read(&path, &mut rows).map_err(|error| unusable(error.to_string()))?;
            let read = rows.len() - before;
            if read != part.rows {
                return Err(unusable(format!("{read} rows, but {} lists {}", parts::ROWS, part.rows)));
            }
        }
        Ok(rows)
    }
}

/// Of parts in order, those that are neither before nor after what is looked for.
fn stretch(parts: &[Part], order: impl Fn(&Part) -> Ordering) -> &[Part] {
    let begin = parts.partition_point(|part| order(part) == Ordering::Less);
    let end = parts.partition_point(|part| order(part) != Ordering::Greater);
    &parts[begin..end]
}

//! A folder as a store of documents.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use object_store::ObjectStore;
use object_store::local::LocalFileSystem;

use super::StoreError;

/// Takes away the files of writings that were broken off longer ago than this; says how many.
pub(super) fn remove_unfinished(folder: &Path, older_than: Duration) -> std::io::Result<u64> {
    let mut removed = 0;
    for below in folders(folder)? {
        for file in std::fs::read_dir(below)? {
            let file = file?;
            let unfinished = file.file_name().to_string_lossy().contains('#');
            let age = SystemTime::now().duration_since(file.metadata()?.modified()?).unwrap_or_default();
            if unfinished && age > older_than {
                std::fs::remove_file(file.path())?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

/// The folders in a folder; none where it is not there.
fn folders(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    Ok(found)
}

/// Opens a folder as a store; one that is not there is made where something is to be written.
pub(super) fn open(folder: &Path, to_write: bool) -> Result<Arc<dyn ObjectStore>, StoreError> {
    let wrong = |error: std::io::Error| StoreError::Open(format!("{}: {error}", folder.display()));
    if !folder.is_dir() {
        if !to_write {
            return Err(StoreError::Missing);
        }
        let mut builder = std::fs::DirBuilder::new();
        // What residents send is for nobody else on the machine.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder).map_err(wrong)?;
    }
    let store =
        LocalFileSystem::new_with_prefix(folder).map_err(|error| StoreError::Open(error.to_string()))?;
    // A file counts as kept when it outlives a power cut.
    Ok(Arc::new(store.with_fsync(true)))
}

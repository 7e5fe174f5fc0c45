//! Putting several files, or a folder, in their places at once, so that a run that fails leaves the last good ones.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Something that is to stand in a folder. Names may lead through folders below, with slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A file, by its name.
    File(String, Vec<u8>),
    /// A folder with files, which takes the place of the one that was there.
    Folder(String, Vec<(String, Vec<u8>)>),
}

impl Item {
    const fn name(&self) -> &String {
        match self {
            Self::File(name, _) | Self::Folder(name, _) => name,
        }
    }
}

/// A folder that this run alone puts files into, as long as it holds it: another waits, so that no two mix.
pub struct Hold<'a> {
    folder: &'a Path,
    /// Let go of when it is closed. A system without locks of folders, as some shared drives are, keeps nobody apart.
    _lock: Option<File>,
}

impl<'a> Hold<'a> {
    /// Takes hold of a folder, which is made if it is not there, and waits until no other run has it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn of(folder: &'a Path) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|error| Error::Write { path: folder.to_owned(), error })?;
        let lock = File::open(folder).and_then(|opened| opened.lock().map(|()| opened)).ok();
        Ok(Self { folder, _lock: lock })
    }

    /// Writes everything beside its place first, and then moves it there. Gives the paths, in order.
    ///
    /// # Errors
    /// When anything cannot be written; nothing is moved then, and nothing half-written is left.
    pub fn put(&self, items: &[Item]) -> Result<Vec<PathBuf>> {
        let folder = self.folder;
        let failed = |item: &Item| {
            let path = folder.join(item.name());
            move |error| Error::Write { path, error }
        };
        let stage = |item| free(folder, item).and_then(|()| stage(folder, item)).map_err(failed(item));
        let place = |item| place(folder, item).map_err(failed(item));
        let moved = items.iter().try_for_each(stage).and_then(|()| items.iter().try_for_each(place));
        if moved.is_err() {
            items.iter().for_each(|item| clear(&partial(folder, item)));
        }
        moved.map(|()| items.iter().map(|item| folder.join(item.name())).collect())
    }
}

/// Takes hold of a folder and puts everything in its place.
///
/// # Errors
/// As [`Hold::of`] and [`Hold::put`].
pub fn put(folder: &Path, items: &[Item]) -> Result<Vec<PathBuf>> {
    Hold::of(folder)?.put(items)
}

/// Fills a folder beside its place, and puts it there once that has succeeded: it takes the place of the one that was there.
///
/// # Errors
/// As `fill`, or when another run is filling it, or it cannot be made or moved; what was there before then stays.
pub fn replace<T>(folder: &Path, fill: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let failed = |error| Error::Write { path: folder.to_owned(), error };
    let folder = std::path::absolute(folder).map_err(failed)?;
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
        return Err(failed(io::Error::other("it is no folder that could be replaced")));
    };
    let item = Item::Folder(name.to_string_lossy().into_owned(), Vec::new());
    let partial = partial(parent, &item);
    let begun = {
        let _hold = Hold::of(parent)?;
        free(parent, &item).and_then(|()| begin(&partial)).map_err(failed)?
    };
    let filled = fill(&partial).and_then(|made| {
        let _hold = Hold::of(parent)?;
        place(parent, &item).map(|()| made).map_err(failed)
    });
    if filled.is_err() {
        clear(&partial);
    }
    drop(begun);
    filled
}

/// Makes a folder to be filled in place of what a run that was cut off has left, and holds it: filling takes long, and others need not
/// wait for it.
fn begin(partial: &Path) -> io::Result<Option<File>> {
    let taken =
        File::open(partial).is_ok_and(|opened| matches!(opened.try_lock(), Err(TryLockError::WouldBlock)));
    if taken {
        return Err(io::Error::other("another run is writing it"));
    }
    clear(partial);
    fs::create_dir(partial)?;
    Ok(File::open(partial).ok().filter(|opened| opened.try_lock().is_ok()))
}

fn partial(folder: &Path, item: &Item) -> PathBuf {
    hidden(folder, item, "partial")
}

/// A name beside the item's own, in the same folder, that nobody takes for it.
fn hidden(folder: &Path, item: &Item, what: &str) -> PathBuf {
    let path = folder.join(item.name());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{what}"))
}

/// Refuses what could not be moved to its place later.
fn free(folder: &Path, item: &Item) -> io::Result<()> {
    let path = folder.join(item.name());
    match item {
        Item::File(..) if path.is_dir() => Err(io::Error::other("a folder of that name is in the way")),
        Item::Folder(..) if path.is_file() => Err(io::Error::other("a file of that name is in the way")),
        _ => Ok(()),
    }
}

fn stage(folder: &Path, item: &Item) -> io::Result<()> {
    let partial = partial(folder, item);
    clear(&partial);
    above(&partial)?;
    match item {
        Item::File(_, bytes) => save(&partial, bytes),
        Item::Folder(_, files) => {
            fs::create_dir(&partial)?;
            files.iter().try_for_each(|(name, bytes)| {
                let path = partial.join(name);
                above(&path)?;
                save(&path, bytes)
            })
        }
    }
}

/// Makes the folder that a path is in.
fn above(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Writes a file and waits until it is on disk.
///
/// # Errors
/// When it cannot be written.
pub fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A file takes another's place in one step; a folder does so only once the other is out of the way.
fn place(folder: &Path, item: &Item) -> io::Result<()> {
    let (from, to) = (partial(folder, item), folder.join(item.name()));
    if matches!(item, Item::File(..)) || !to.exists() {
        return fs::rename(from, to);
    }
    let last = hidden(folder, item, "last");
    clear(&last);
    fs::rename(&to, &last)?;
    if let Err(error) = fs::rename(from, &to) {
        fs::rename(&last, &to)?;
        return Err(error);
    }
    clear(&last);
    Ok(())
}

/// Takes away what an earlier run that was cut off may have left. Where that fails, writing will say why.
fn clear(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> Item {
        Item::File(name.to_owned(), text.as_bytes().to_vec())
    }

    fn tables(names: &[&str]) -> Item {
        let files = names.iter().map(|name| ((*name).to_owned(), b"new".to_vec())).collect();
        Item::Folder("tables".to_owned(), files)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let items = [file("page.html", "first"), tables(&["a.csv", "b.csv"])];
        let paths = put(folder.path(), &items).unwrap();
        assert_eq!(paths, [folder.path().join("page.html"), folder.path().join("tables")]);
        put(folder.path(), &[file("page.html", "second"), tables(&["b.csv", "c.csv"])]).unwrap();
        assert_eq!(fs::read_to_string(&paths[0]).unwrap(), "second");
        assert_eq!(names(&paths[1]), ["b.csv", "c.csv"]);
        assert_eq!(names(folder.path()), ["page.html", "tables"]);
    }

    /// Each run writes files that belong together, over and over, in the same folder; whoever looks when all are done finds those of one.
    #[test]
    fn two_runs_at_once_do_not_mix() {
        let folder = tempfile::tempdir().unwrap();
        let run = &|text: &str| {
            for _ in 0..20 {
                let tables = Item::Folder(
                    "tables".to_owned(),
                    (0..5).map(|number| (format!("{number}.csv"), text.as_bytes().to_vec())).collect(),
                );
                put(folder.path(), &[file("page.html", text), tables, file("page.json", text)]).unwrap();
            }
        };
        std::thread::scope(|scope| {
            for text in ["one", "other", "third"] {
                scope.spawn(move || run(text));
            }
        });
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let all: std::collections::BTreeSet<String> =
            ["page.html", "page.json", "tables/0.csv", "tables/4.csv"].map(read).into();
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(names(folder.path()), ["page.html", "page.json", "tables"]);
    }

    #[test]
    fn a_folder_that_another_run_is_filling_is_left_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let extract = folder.path().join("extract");
        replace(&extract, |_| {
            let error = replace(&extract, |_| Ok(())).unwrap_err().to_string();
            assert!(error.contains("another run is writing it"), "{error}");
            put(folder.path(), &[file("page.html", "not kept waiting")])
        })
        .unwrap();
        // What a run has left that was cut off is nobody's.
        fs::create_dir(folder.path().join(".extract.partial")).unwrap();
        replace(&extract, |_| Ok(())).unwrap();
        assert_eq!(names(folder.path()), ["extract", "page.html"]);
    }

    #[test]
    fn a_name_may_lead_through_folders() {
        let folder = tempfile::tempdir().unwrap();
        let year = |text: &str| {
            Item::Folder("a/2025-26".to_owned(), vec![("tables/t.csv".to_owned(), text.as_bytes().to_vec())])
        };
        for text in ["first", "second"] {
            put(folder.path(), &[year(text), file("a/index.html", text)]).unwrap();
            let table = folder.path().join("a/2025-26/tables/t.csv");
            assert_eq!(fs::read_to_string(table).unwrap(), text);
        }
        assert_eq!(names(&folder.path().join("a")), ["2025-26", "index.html"]);
    }

    #[test]
    fn where_one_cannot_be_written_all_stay_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), &[file("page.html", "first"), tables(&["a.csv"])]).unwrap();
        fs::create_dir(folder.path().join("page.json")).unwrap();
        let error = put(folder.path(), &[file("page.html", "second"), tables(&[]), file("page.json", "{}")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("page.json") && error.contains("in the way"), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("page.html")).unwrap(), "first");
        assert_eq!(names(&folder.path().join("tables")), ["a.csv"]);
        assert_eq!(names(folder.path()), ["page.html", "page.json", "tables"]);
    }
}

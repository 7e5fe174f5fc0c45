//! Whether two folders of tables are the same.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

/// Compares the files of the same names line by line, and says what was compared. A file without lines is as good as none.
pub fn folders(one: &Path, other: &Path) -> String {
    let (ones, others) = (files(one), files(other));
    let names: Vec<&String> = ones.keys().collect();
    assert_eq!(names, others.keys().collect::<Vec<_>>(), "the tables that have lines");
    let lines: usize = ones.iter().map(|(name, path)| same(name, path, &others[name])).sum();
    format!("{} tables with {lines} lines", ones.len())
}

fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let with_lines = entries.filter(|entry| entry.metadata().is_ok_and(|data| data.len() > 0));
    with_lines.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect()
}

fn same(name: &str, one: &Path, other: &Path) -> usize {
    let lines =
        |path| BufReader::new(File::open(path).expect("a table")).lines().map(|line| line.expect("a line"));
    let (mut ones, mut others, mut number) = (lines(one), lines(other), 0);
    loop {
        number += 1;
        match (ones.next(), others.next()) {
            (None, None) => return number - 1,
            (one, other) => assert_eq!(one, other, "{name}, line {number}"),
        }
    }
}

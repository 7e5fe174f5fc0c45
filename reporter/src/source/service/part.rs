//! A part of a table on its way: rows as they arrive, each kept once it is whole.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use super::Progress;
use super::client::Failure;
use super::tables::Table;

/// How many rows are told of at once.
const TOLD_OF: usize = 200;

/// The last row that has arrived whole, and how many there are.
#[derive(Default)]
pub(super) struct Last {
    pub(super) line: Option<String>,
    pub(super) rows: usize,
}

/// Takes off what follows the last whole row of a file, as a run leaves it that was killed while it wrote.
pub(super) fn trim(part: &Path) -> std::io::Result<Last> {
    let mut last = Last::default();
    let file = match File::open(part) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(last),
        Err(error) => return Err(error),
    };
    let (mut reader, mut line, mut whole) = (BufReader::new(file), Vec::new(), 0);
    while reader.read_until(b'\n', &mut line)? > 0 {
        let Some(text) = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok()) else {
            break;
        };
        whole += u64::try_from(line.len()).unwrap_or(u64::MAX);
        last = Last { line: Some(text.to_owned()), rows: last.rows + 1 };
        line.clear();
    }
    OpenOptions::new().write(true).open(part)?.set_len(whole)?;
    Ok(last)
}

/// Takes an answer's rows in, each once it is whole. Gives why it broke off, and whether it brought anything; nothing where it is at its
/// end.
pub(super) fn take(
    answer: impl std::io::Read,
    part: &Path,
    (table, last): (&Table, &mut Last),
    progress: &mut dyn Progress,
) -> std::io::Result<Option<(Failure, bool)>> {
    let mut file = OpenOptions::new().create(true).append(true).open(part)?;
    let (mut reader, mut line, mut untold, mut brought) = (BufReader::new(answer), Vec::new(), 0, false);
    let failure = loop {
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(0) => break None,
            Ok(_) => {}
            Err(error) => break Some(format!("its answer broke off: {error}")),
        }
        let Some(text) = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok()) else {
            break Some("its answer broke off within a row".to_owned());
        };
        file.write_all(&line)?;
        *last = Last { line: Some(text.to_owned()), rows: last.rows + 1 };
        brought = true;
        untold += 1;
        if untold == TOLD_OF {
            progress.arrived(table.name, untold);
            untold = 0;
        }
    };
    progress.arrived(table.name, untold);
    file.sync_all()?;
    Ok(failure.map(|why| (Failure::Passing(why, None), brought)))
}

//! The sector's reports: every landlord's tables by this program, by DuckDB and by pandas from the same files, in one run on one
//! machine.
//!
//! `cargo bench -p redress-reporter --bench sector` prints seconds, memory and ratios over 1 and 10 million stages, after the tables of
//! all three have been found to be equal; `-- --stages 1000000` takes one size, `-- --only database` `all` or `tables` a part alone.
//! `REDRESS_PYTHON` names a Python that has duckdb and pandas; without it they are left out.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs, reason = "a benchmark")]

mod chance;
mod compare;
#[path = "../../tests/support/contract.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod contract;
mod database;
mod figures;
mod generate;
mod landlords;
mod life;
mod process;
mod reports;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use figures::{Measured, ratio, seconds};
use process::Memory;

/// The same as the reporter's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each engine takes its turn; the quickest turn counts.
const TURNS: usize = 3;

/// The calendar that everybody counts days on.
const CALENDAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/calendars/england-and-wales.json");
const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/sector/peers.py");

/// Where the generated data is kept from one run to the next.
fn kept() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sector");
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["tables", extract] => return reports::tables(Path::new(extract), None),
        ["tables", extract, into] => return reports::tables(Path::new(extract), Some(Path::new(into))),
        ["all", origin, from, into] => return reports::all(origin, from, into),
        _ => {}
    }
    let after = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let sizes = after("--stages").unwrap_or_else(|| "1000000,10000000".to_owned());
    let sizes: Vec<u64> = sizes.split(',').map(|size| size.parse().expect("a number of stages")).collect();
    let turns = after("--turns").map_or(TURNS, |turns| turns.parse().expect("a number of turns"));
    let only = after("--only");
    if only.as_deref().is_none_or(|only| only == "tables") {
        tables(&sizes, turns);
    }
    if only.as_deref().is_none_or(|only| only == "all") {
        every_report(sizes[0]);
    }
    if only.as_deref().is_none_or(|only| only == "database") {
        database::one_landlord(turns);
        database::reading(sizes[0], turns);
    }
}

/// Each size in turn, and the largest against the smallest.
fn tables(sizes: &[u64], turns: usize) {
    let own: Vec<Measured> = sizes.iter().map(|stages| of_size(*stages, turns)).collect();
    if let ([few, .., many], [least, .., most]) = (own.as_slice(), sizes) {
        println!(
            "\n{most} stages / {least} stages: {} in time, {} in memory",
            ratio(many.millis, few.millis),
            ratio(many.peak, few.peak)
        );
    }
}

fn of_size(stages: u64, turns: usize) -> Measured {
    let extract = generated(stages);
    println!("\n{stages} stages: the tables of five reports of each of {} landlords", landlords::LANDLORDS);
    let mut engines = vec![Engine::Own];
    engines.extend(Engine::peers());
    let mut best: Vec<Option<Measured>> = vec![None; engines.len()];
    let mut graph = Memory::default();
    for _ in 0..turns {
        for (engine, best) in engines.iter().zip(&mut best) {
            let (measured, memory) = engine.run(&extract, None);
            if best.is_none_or(|best| measured.millis < best.millis) {
                *best = Some(measured);
                if *engine == Engine::Own {
                    graph = memory;
                }
            }
        }
    }
    let own = best[0].expect("at least one turn");
    for (engine, measured) in engines.iter().zip(best.into_iter().flatten()) {
        println!("  {:<9} {}   {}", engine.name(), measured.line(), against(*engine, measured, own));
    }
    equal(&engines, &extract);
    let picture = kept().join(format!("memory-{stages}.svg"));
    fs::write(&picture, graph.svg(&format!("Memory over {stages} stages"))).expect("a picture");
    println!("{}  {}", graph.text(), picture.display());
    own
}

fn against(engine: Engine, measured: Measured, own: Measured) -> String {
    match engine {
        Engine::Own => String::new(),
        Engine::DuckDb | Engine::Pandas => format!(
            "{} / redress {} in time, {} in memory",
            engine.name(),
            ratio(measured.millis, own.millis),
            ratio(measured.peak, own.peak)
        ),
    }
}

/// Has every engine write its tables, and holds them against one another.
fn equal(engines: &[Engine], extract: &Path) {
    let folder = tempfile::tempdir_in(kept()).expect("a folder");
    let written: Vec<PathBuf> = engines
        .iter()
        .map(|engine| {
            let into = folder.path().join(engine.name());
            fs::create_dir_all(&into).expect("a folder");
            engine.run(extract, Some(&into));
            into
        })
        .collect();
    for (other, engine) in written.iter().zip(engines).skip(1) {
        let compared = compare::folders(&written[0], other);
        println!("  {compared}: redress and {} give the same", engine.name());
    }
}

/// Every report that is due, of every landlord, as `all` writes them.
fn every_report(stages: u64) {
    let extract = generated(stages);
    let folder = tempfile::tempdir_in(kept()).expect("a folder");
    println!(
        "\nevery report due of {} landlords, {stages} stages, from the extract to the disk",
        landlords::LANDLORDS
    );
    let mut command = process::itself("all");
    let (measured, _) = process::run(command.arg("--extract").arg(&extract).arg(folder.path()));
    println!("  redress   {}", measured.line());
}

/// The extract of this size, generated unless it is there.
fn generated(stages: u64) -> PathBuf {
    let folder = kept().join(format!("extract-{stages}"));
    if folder.join("rows.csv").is_file() {
        return folder;
    }
    fs::create_dir_all(&folder).expect("a folder");
    let begun = Instant::now();
    generate::sector(&folder, stages);
    println!(
        "{stages} stages generated in {} s, into {}",
        seconds(begun.elapsed().as_millis()),
        folder.display()
    );
    folder
}

/// What makes the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Engine {
    Own,
    DuckDb,
    Pandas,
}

impl Engine {
    const fn name(self) -> &'static str {
        match self {
            Self::Own => "redress",
            Self::DuckDb => "duckdb",
            Self::Pandas => "pandas",
        }
    }

    /// The peers that are installed.
    fn peers() -> Vec<Self> {
        let is_there = |engine: &Self| {
            let there = process::python().arg("-c").arg(format!("import {}", engine.name())).output();
            let there = there.is_ok_and(|output| output.status.success());
            if !there {
                println!("  {} is left out: REDRESS_PYTHON names no Python that has it", engine.name());
            }
            there
        };
        [Self::DuckDb, Self::Pandas].into_iter().filter(is_there).collect()
    }

    /// Makes the tables in a process of its own; writes them only where a folder is given.
    fn run(self, extract: &Path, into: Option<&Path>) -> (Measured, Memory) {
        let mut command = match self {
            Self::Own => process::itself("tables"),
            Self::DuckDb | Self::Pandas => {
                let mut command = process::python();
                command.arg(PEERS).arg(self.name());
                command
            }
        };
        command.arg(extract);
        if self != Self::Own {
            command.arg(CALENDAR);
        }
        process::run(command.args(into))
    }
}

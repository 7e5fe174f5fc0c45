//! The command line: one file for each command, and what they have in common.

mod all;
mod annual;
mod answers;
mod cases;
mod check;
mod code_check;
mod committee;
mod common;
mod each;
mod evidence;
mod extract;
mod files;
mod in_year;
mod over;
mod policies;
mod publish;
mod self_assessment;
mod service;
mod shown;
mod steps;
mod tsm;
mod verify;
mod what_if;
mod writing;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use each::{Console, Report};
pub use steps::Steps;

/// What an exit code says, for `--help`.
const EXIT_CODES: &str = "\
Paths of what was written go to standard output, everything else to standard error. Beside each report of cases goes its manifest.

Exit codes:
  0  everything asked for is written
  1  the machine: a database or an extract that cannot be reached or read, a folder that cannot be written
  2  the call: an option, a landlord or a period that does not exist
  3  the data: rows that are in no figure and no named exclusion, totals that differ, faults that `check` finds, something personal in
     what would be published, rows that are not those that a manifest was made from
  4  a file that was given: one that cannot be read or says what it must not, answers that lack what a publication needs, a report that
     is not what its manifest says
Where several landlords fail, the code is that of the first. What an earlier run wrote stays as it was.";

/// Reports on complaints, from the service's database.
#[derive(Debug, Parser)]
#[command(name = "redress-reporter", version, about, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    All(all::All),
    Annual(annual::Annual),
    Answers(answers::Answers),
    Check(check::Check),
    Committee(committee::Committee),
    CodeCheck(code_check::CodeCheck),
    Evidence(evidence::Evidence),
    Extract(extract::Extract),
    Publish(publish::Publish),
    SelfAssessment(self_assessment::SelfAssessment),
    Tsm(tsm::Tsm),
    Verify(verify::Verify),
    WhatIf(what_if::WhatIf),
}

impl Cli {
    /// Writes what was asked for. Paths go to `out`, what went wrong to `errors`, and what is being done to `steps`.
    #[must_use]
    pub fn run(&self, out: &mut dyn Write, errors: &mut dyn Write, steps: &Steps) -> ExitCode {
        let console = &mut Console { out, errors, steps };
        let report: &dyn Report = match &self.command {
            Command::Annual(annual) => annual,
            Command::Answers(answers) => answers,
            Command::Committee(committee) => committee,
            Command::SelfAssessment(assessment) => assessment,
            Command::Tsm(tsm) => tsm,
            Command::WhatIf(what_if) => what_if,
            Command::Check(check) => check,
            Command::Evidence(evidence) => evidence,
            Command::Publish(publish) => publish,
            Command::All(all) => return ExitCode::from(all.run(console)),
            Command::Verify(verify) => return ExitCode::from(verify.run(console)),
            Command::CodeCheck(check) => return ExitCode::from(check.run(console)),
            Command::Extract(extract) => return ExitCode::from(extract.run(console)),
        };
        ExitCode::from(each::run(report, console))
    }
}

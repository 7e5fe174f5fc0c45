//! `redress-service policy …`: what the policies say, how they stand to the Code, and how far Redress carries them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;
use redress_service::application::library;
use redress_shared::code::Code;
use redress_shared::policy::{Coverage, CoverageTable, Point, Profile, Register, change, check};

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Read a folder of profiles, and say everything that is wrong with them.
    Validate {
        /// The folder.
        folder: PathBuf,
    },
    /// Print, for each landlord, how many clauses of its policy are enforced, recorded, written or reported, and how many are
    /// left to people.
    Coverage,
    /// Hold a policy against the Code: where it departs from it, is silent, is unclear, or is stricter.
    Check {
        /// The id of a built-in policy, such as `hartlepool-2024`, or the path of a profile.
        policy: String,
        /// The edition of the Code.
        #[arg(long, default_value = "2024")]
        code: String,
    },
    /// Show what a change of policy does to compliance, before it goes live.
    Compare {
        /// The policy as it is: an id or a path.
        before: String,
        /// The policy as it would be: an id or a path.
        after: String,
        /// The edition of the Code.
        #[arg(long, default_value = "2024")]
        code: String,
    },
}

/// Runs a policy command.
///
/// # Errors
/// When a file cannot be read or is wrong; every error is named.
#[allow(clippy::print_stdout, reason = "it is what this command is for")]
pub fn run(action: &Action) -> anyhow::Result<ExitCode> {
    match action {
        Action::Validate { folder } => {
            anyhow::ensure!(
                holds_profile(folder)?,
                "there is no profile (a .toml file) in {}",
                folder.display()
            );
            for profile in library(Some(folder))?.all() {
                println!("{} {} is well-formed", profile.landlord.id, profile.policy.id);
            }
        }
        Action::Coverage => {
            let registers = Register::embedded().map_err(|errors| anyhow::anyhow!("{errors}"))?;
            print!("{}", CoverageTable(registers.iter().map(Coverage::of).collect()));
        }
        Action::Check { policy, code } => {
            let (profile, code) = (profile(policy)?, edition(code)?);
            let points = check(&profile, code);
            println!("{} against the Code {}: {}", profile.policy.id, code.id, counted(points.len()));
            print_points("", &points);
        }
        Action::Compare { before, after, code } => {
            let change = change(&profile(before)?, &profile(after)?, edition(code)?);
            println!(
                "{} resolved, {} introduced, {} unchanged",
                change.resolved.len(),
                change.introduced.len(),
                change.unchanged.len()
            );
            print_points("- ", &change.resolved);
            print_points("+ ", &change.introduced);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// "1 point", "2 points".
fn counted(points: usize) -> String {
    format!("{points} point{}", if points == 1 { "" } else { "s" })
}

/// Whether a folder has anything to validate: the built-in policies being well-formed says nothing of it.
fn holds_profile(folder: &Path) -> anyhow::Result<bool> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        if entry?.path().extension().is_some_and(|extension| extension == "toml") {
            return Ok(true);
        }
    }
    Ok(false)
}

#[allow(clippy::print_stdout, reason = "it is what this command is for")]
fn print_points(mark: &str, points: &[Point]) {
    for point in points {
        println!(
            "{mark}{:<9} Code {:<5} policy {:<24} {}",
            point.kind, point.provision, point.clause, point.sentence
        );
    }
}

/// A policy by its id, or from a file.
fn profile(policy: &str) -> anyhow::Result<Profile> {
    let path = Path::new(policy);
    if path.extension().is_some_and(|extension| extension == "toml") {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {policy}"))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        return Profile::from_toml(&name, &text).map_err(|errors| anyhow::anyhow!("{errors}"));
    }
    Ok(library(None)?.by_id(policy)?.clone())
}

fn edition(code: &str) -> anyhow::Result<&'static Code> {
    Code::embedded(code).map_err(|error| anyhow::anyhow!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::{Action, counted, run};

    #[test]
    fn one_point_is_not_points() {
        assert_eq!([0, 1, 2].map(counted), ["0 points", "1 point", "2 points"]);
    }

    #[test]
    fn a_folder_without_a_profile_is_not_well_formed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("notes.txt"), "").unwrap();
        let error = run(&Action::Validate { folder: folder.path().to_owned() }).unwrap_err().to_string();
        assert!(error.starts_with("there is no profile"), "{error}");
    }
}

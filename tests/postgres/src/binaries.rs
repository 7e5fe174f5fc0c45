//! Where PostgreSQL's programs are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

/// The oldest version that Redress is for.
pub const OLDEST: u32 = 15;

/// The folder with `initdb` and `postgres` of a version that will do.
///
/// # Errors
/// When there is none, with what was found and what to install.
pub fn find() -> anyhow::Result<PathBuf> {
    let mut too_old = Vec::new();
    for folder in candidates() {
        match version(&folder) {
            Some(version) if version >= OLDEST => return Ok(folder),
            Some(version) => too_old.push(format!("{} is version {version}", folder.display())),
            None => {}
        }
    }
    let found = if too_old.is_empty() { "none was found".to_owned() } else { too_old.join(", ") };
    bail!(
        "PostgreSQL {OLDEST} or newer with initdb and postgres is not installed ({found}); \
         on Debian: apt-get install postgresql"
    )
}

/// The path, then Debian's own place with the newest first, then what `pg_config` says.
fn candidates() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(debians());
    folders.extend(output("pg_config", "--bindir").map(|folder| PathBuf::from(folder.trim())));
    folders.retain(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file());
    folders
}

fn debians() -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut versions: Vec<u32> =
        entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    versions.sort_unstable_by(|one, other| other.cmp(one));
    versions.iter().map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"))).collect()
}

fn version(folder: &Path) -> Option<u32> {
    major(&output(folder.join("postgres"), "--version")?)
}

/// 15 in `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, 19 in `postgres (PostgreSQL) 19beta1`.
fn major(said: &str) -> Option<u32> {
    let number = said.split_once("(PostgreSQL) ")?.1;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn output(program: impl AsRef<std::ffi::OsStr>, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_version_is_what_comes_first_after_the_name() {
        for (said, version) in [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", Some(15)),
            ("postgres (PostgreSQL) 19beta1\n", Some(19)),
            ("postgres (PostgreSQL) 9.6.24\n", Some(9)),
            ("postgres (EnterpriseDB) 15.1\n", None),
            ("", None),
        ] {
            assert_eq!(major(said), version, "{said}");
        }
    }
}

//! Whose PostgreSQL is: it refuses to run as root.

use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

/// Another account to run programs under, where we are root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account(Option<(u32, u32)>);

impl Account {
    /// The account that runs PostgreSQL in a folder that we have made: ours, unless we are root. The folder becomes its own.
    ///
    /// # Errors
    /// When we are root and the machine has neither the account `postgres` nor `nobody`.
    pub fn of(folder: &Path) -> anyhow::Result<Self> {
        if folder.metadata()?.uid() != 0 {
            return Ok(Self(None));
        }
        let accounts = std::fs::read_to_string("/etc/passwd").context("reading /etc/passwd")?;
        let (user, group) = ["postgres", "nobody"]
            .iter()
            .find_map(|name| numbers(&accounts, name))
            .context("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`")?;
        chown(folder, Some(user), Some(group)).context("handing the folder to another account")?;
        Ok(Self(Some((user, group))))
    }

    /// A program that will run under this account.
    pub fn command(self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Self(Some((user, group))) = self {
            command.uid(user).gid(group);
        }
        command
    }
}

/// An account's user and group, from the lines of `/etc/passwd`.
fn numbers(accounts: &str, name: &str) -> Option<(u32, u32)> {
    accounts.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        match fields.as_slice() {
            [found, _, user, group, ..] if *found == name => Some((user.parse().ok()?, group.parse().ok()?)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\npostgres-old:x:7:8::/:/bin/sh\npostgres:x:101:104:P:/var:/bin/sh\n";
        assert_eq!(numbers(accounts, "postgres"), Some((101, 104)));
        assert_eq!(numbers(accounts, "nobody"), None);
    }
}

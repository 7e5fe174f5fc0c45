//! The files of a cluster, before it is started.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

use super::Care;
use super::account::Account;
use super::configuration::{configuration, elsewhere};

/// Where a cluster is to be, and whose it is.
pub struct Place<'a> {
    pub binaries: &'a Path,
    pub account: Account,
    pub folder: &'a Path,
}

impl Place<'_> {
    /// Makes a new cluster.
    ///
    /// # Errors
    /// When `initdb` fails, with what it says.
    pub fn initialise(&self, care: Care) -> anyhow::Result<()> {
        let mut initdb = self.program(self.binaries.join("initdb"));
        initdb.args(["--username=redress", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
        run(initdb.args(["--no-sync", "--no-instructions", "-D"]).arg(self.data()))?;
        self.configure(&configuration(self.folder, care))
    }

    /// Copies the files of a cluster that was stopped in an orderly way, as a replica that follows it from there.
    ///
    /// # Errors
    /// When they cannot be copied.
    pub fn follow(&self, server: &Path) -> anyhow::Result<()> {
        run(self.program("cp").arg("-a").arg(server.join("data")).arg(self.data()))?;
        run(self.program("touch").arg(self.data().join("standby.signal")))?;
        self.configure(&format!(
            "{}primary_conninfo = 'host={} user=redress'\n",
            elsewhere(self.folder),
            server.display()
        ))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self, name: impl AsRef<OsStr>) -> Command {
        let mut command = self.account.command(name);
        command.current_dir(self.folder);
        command
    }

    fn configure(&self, settings: &str) -> anyhow::Result<()> {
        let mut file = OpenOptions::new().append(true).open(self.data().join("postgresql.conf"))?;
        Ok(file.write_all(settings.as_bytes())?)
    }
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let made = command.output().with_context(|| format!("running {name}"))?;
    ensure!(made.status.success(), "{name} failed: {}", String::from_utf8_lossy(&made.stderr));
    Ok(())
}

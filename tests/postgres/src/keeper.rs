//! A small program beside ours that starts and stops PostgreSQL, and takes it and its folder away when ours has ended,
//! however it ended: its orders come through a pipe, and the system closes that pipe even for a process that is killed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use anyhow::{Context as _, ensure};

use super::account::Account;

/// `$1` is the folder of PostgreSQL's programs, `$2` the cluster's own.
const SCRIPT: &str = r#"
postgres=
while read -r order; do
    case $order in
    start)
        "$1/postgres" -D "$2/data" >>"$2/log" 2>&1 </dev/null &
        postgres=$!
        echo "$postgres"
        ;;
    *)
        kill -"$order" "$postgres" && wait "$postgres"
        postgres=
        echo ended
        ;;
    esac
done
if [ -n "$postgres" ]; then
    kill -QUIT "$postgres"
    wait "$postgres"
fi
rm -rf "$2"
"#;

/// The program, waiting for orders.
#[derive(Debug)]
pub struct Keeper {
    child: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Keeper {
    /// Puts a folder into its care.
    ///
    /// # Errors
    /// When there is no `sh`.
    pub fn of(folder: &Path, binaries: &Path, account: Account) -> anyhow::Result<Self> {
        let mut child = account
            .command("sh")
            .args(["-c", SCRIPT, "keeper"])
            .args([binaries, folder])
            .current_dir(folder)
            // An interrupt from the terminal is for the tests: this has to outlive them.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("starting sh")?;
        let orders = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().context("sh has no output")?);
        Ok(Self { child, orders, answers })
    }

    /// Starts PostgreSQL, which takes a moment more until it answers: its process.
    ///
    /// # Errors
    /// When the keeper is gone.
    pub fn start(&mut self) -> anyhow::Result<u32> {
        self.order("start")?.parse().context("the keeper did not say which process it started")
    }

    /// Sends PostgreSQL a signal, `INT` or `QUIT`, and waits until it has ended.
    ///
    /// # Errors
    /// When the keeper is gone.
    pub fn stop(&mut self, signal: &str) -> anyhow::Result<()> {
        let answer = self.order(signal)?;
        ensure!(answer == "ended", "the keeper said {answer}");
        Ok(())
    }

    fn order(&mut self, order: &str) -> anyhow::Result<String> {
        let orders = self.orders.as_mut().context("the keeper takes no orders any more")?;
        writeln!(orders, "{order}").context("the keeper has ended")?;
        let mut answer = String::new();
        ensure!(self.answers.read_line(&mut answer)? > 0, "the keeper has ended");
        Ok(answer.trim().to_owned())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.orders.take());
        // Whatever became of it, there is nothing more that could be done.
        let _ = self.child.wait();
    }
}

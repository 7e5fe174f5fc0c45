//! What an address means on this machine: whether a database can be there, and who may read its file.

use std::path::{Path, PathBuf};

pub use redress_shared::database::{Address, NoAddress};

/// Makes a new file one that its owner alone may read: SQLite itself would leave that to the user's habits.
pub(crate) fn make_private(address: &Address) -> std::io::Result<()> {
    let Address::Sqlite(file) = address else { return Ok(()) };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Makes sure that the database is there: whoever only looks something up, or hands something over, must not make one by a slip of
/// the pen and take it for theirs. Whether a server has one is for the server to say.
///
/// # Errors
/// Where there is no such file.
pub fn ensure_there(address: &Address) -> anyhow::Result<()> {
    if let Address::Sqlite(file) = address {
        anyhow::ensure!(Path::new(file).is_file(), "{file} is not there");
    }
    Ok(())
}

/// Why it cannot be used, where that can be seen from it alone: what SQLite or libpq says of it would not help.
pub(crate) fn unusable(address: &Address) -> Option<String> {
    let file = match address {
        Address::Sqlite(file) => file,
        Address::Postgres(_) if address.wants_tls() && !cfg!(feature = "postgres-tls") => {
            return Some(NO_TLS.to_owned());
        }
        Address::Postgres(_) => return None,
    };
    let path = PathBuf::from(file);
    if path.is_dir() {
        return Some(format!("{file} is a folder; name a file in it"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())?;
    Some(format!("the folder {} does not exist; make it first", folder.display()))
}

/// What is said to whoever wants TLS of a program that was built without.
const NO_TLS: &str = "its sslmode wants TLS, which this program was built without: build it with --features postgres-tls, or go without \
    by sslmode=disable where the way to the server is private";

#[cfg(test)]
mod tests {
    use super::{Address, unusable};

    #[test]
    fn an_address_that_insists_on_tls_wants_a_program_that_has_it() {
        let address: Address = "postgres://redress@db/redress?sslmode=require".parse().unwrap();
        assert_eq!(unusable(&address).is_none(), cfg!(feature = "postgres-tls"));
    }
}

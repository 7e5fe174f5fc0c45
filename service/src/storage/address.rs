//! Where the database is.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A database's address, as `REDRESS_DATABASE_URL` gives it.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// `sqlite:redress.db`: a file, made where there is none.
    Sqlite(String),
    /// `postgres://user@host/database`, with libpq's parameters.
    Postgres(String),
}

/// An address is printed without its password.
impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => write!(formatter, "sqlite:{file}"),
            Self::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let rest = rest.split(['?', '#']).next().unwrap_or_default();
                let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
                write!(formatter, "postgres://{host}")
            }
        }
    }
}

/// Why an address is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    /// It names no database that Redress knows.
    #[error(
        "it begins with neither `sqlite:` nor `postgres://`; write for instance sqlite:redress.db or postgres://redress@localhost/redress"
    )]
    Scheme,
    /// A file that connections could not share.
    #[error("it must be a file: one in memory would be another for every connection")]
    NoFile,
}

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let file = text.strip_prefix("sqlite:").ok_or(NoAddress::Scheme)?;
        let file = file.strip_prefix("//").unwrap_or(file);
        if file.is_empty() || file.starts_with(':') || file.starts_with("file:") || file.contains('?') {
            return Err(NoAddress::NoFile);
        }
        Ok(Self::Sqlite(file.to_owned()))
    }
}

impl Address {
    /// The address of a file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self::Sqlite(path.to_string_lossy().into_owned())
    }

    /// Makes a new file one that its owner alone may read: SQLite itself would leave that to the user's habits.
    pub(super) fn make_private(&self) -> std::io::Result<()> {
        let Self::Sqlite(file) = self else { return Ok(()) };
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(file) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    /// Why it cannot be used, where that can be seen from it alone: what SQLite or libpq says of it would not help.
    pub(crate) fn unusable(&self) -> Option<String> {
        let file = match self {
            Self::Sqlite(file) => file,
            Self::Postgres(url) if wants_tls(url) && !cfg!(feature = "postgres-tls") => {
                return Some(NO_TLS.to_owned());
            }
            Self::Postgres(_) => return None,
        };
        let path = PathBuf::from(file);
        if path.is_dir() {
            return Some(format!("{file} is a folder; name a file in it"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())?;
        Some(format!("the folder {} does not exist; make it first", folder.display()))
    }
}

/// What is said to whoever wants TLS of a program that was built without.
const NO_TLS: &str = "its sslmode wants TLS, which this program was built without: build it with --features postgres-tls, or go without \
    by sslmode=disable where the way to the server is private";

/// Whether an address insists on TLS. `prefer` and `allow` do without where there is none.
fn wants_tls(url: &str) -> bool {
    let parameters =
        url.split_once('?').map_or("", |(_, parameters)| parameters).split('#').next().unwrap_or_default();
    let modes = parameters.split('&').filter_map(|parameter| parameter.strip_prefix("sslmode="));
    modes.into_iter().any(|mode| matches!(mode, "require" | "verify-ca" | "verify-full"))
}

#[cfg(test)]
mod tests {
    use super::{Address, NoAddress, wants_tls};

    #[test]
    fn tls_is_wanted_where_the_address_insists() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let url =
                format!("postgres://redress@db/redress?connect_timeout=5&sslmode={mode}&sslrootcert=/ca.pem");
            assert!(wants_tls(&url), "{url}");
            let address: Address = url.parse().unwrap();
            assert_eq!(address.unusable().is_none(), cfg!(feature = "postgres-tls"), "{url}");
        }
        for url in
            ["postgres://db/sslmode=require", "postgres://db/redress?sslmode=prefer", "postgres://db/redress"]
        {
            assert!(!wants_tls(url), "{url}");
        }
    }

    #[test]
    fn the_scheme_chooses_the_database() {
        for (text, wanted) in [
            ("sqlite:redress.db", Ok(Address::Sqlite("redress.db".to_owned()))),
            ("sqlite:///var/lib/redress.db", Ok(Address::Sqlite("/var/lib/redress.db".to_owned()))),
            ("sqlite::memory:", Err(NoAddress::NoFile)),
            ("sqlite:", Err(NoAddress::NoFile)),
            ("redress.db", Err(NoAddress::Scheme)),
            ("host=localhost dbname=redress", Err(NoAddress::Scheme)),
            ("mysql://localhost/redress", Err(NoAddress::Scheme)),
        ] {
            assert_eq!(text.parse::<Address>(), wanted, "{text}");
        }
    }

    #[test]
    fn an_address_is_printed_without_its_password() {
        let address: Address =
            "postgresql://redress:s3cr%40et@db.example.org:5433/redress?sslmode=verify-full&password=x"
                .parse()
                .unwrap();
        assert_eq!(address.to_string(), "postgres://db.example.org:5433/redress");
        assert_eq!(format!("{address:?}"), address.to_string());
    }
}

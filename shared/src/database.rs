//! Where the service's database is: what both programs take for an address, and how it is told without its secrets.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// A database's address, as `REDRESS_DATABASE_URL` gives it.
///
/// ```
/// use redress_shared::database::Address;
/// let address: Address = "postgres://redress:s3cret@db.example.org/redress".parse()?;
/// // It is printed without its password, wherever that stands.
/// assert_eq!(address.to_string(), "postgres://db.example.org/redress");
/// # Ok::<(), redress_shared::database::NoAddress>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// `sqlite:redress.db`: a file.
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

/// How long is waited for a server that does not answer, unless the address says so itself: libpq's parameters.
const PATIENCE: [(&str, &str); 3] =
    [("connect_timeout", "5"), ("tcp_user_timeout", "10000"), ("keepalives_idle", "10")];

/// What libpq is given: an address of PostgreSQL with how long it waits, where it does not say so itself.
#[must_use]
pub fn for_libpq(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in PATIENCE {
        if !url.contains(name) {
            let sign = if url.contains('?') { '&' } else { '?' };
            url.push_str(&format!("{sign}{name}={value}"));
        }
    }
    url
}

impl Address {
    /// The address of a file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self::Sqlite(path.to_string_lossy().into_owned())
    }

    /// Whether it insists on TLS. `prefer` and `allow` do without where there is none.
    #[must_use]
    pub fn wants_tls(&self) -> bool {
        let mut modes = self.parameters().filter_map(|parameter| parameter.strip_prefix("sslmode="));
        modes.any(|mode| matches!(mode, "require" | "verify-ca" | "verify-full"))
    }

    /// What was said about it, without its secrets: libpq repeats what it cannot read.
    #[must_use]
    pub fn without_secrets(&self, said: &str) -> String {
        let Self::Postgres(url) = self else { return said.to_owned() };
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        let user = rest.rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
        let named = self.parameters().filter_map(|parameter| {
            parameter.split_once('=').filter(|(name, _)| name.contains("pass")).map(|(_, value)| value)
        });
        let secrets = user.map(|(_, password)| password).into_iter().chain(named);
        secrets
            .filter(|secret| !secret.is_empty())
            .fold(said.to_owned(), |said, secret| said.replace(secret, "***"))
    }

    /// The parameters after the question mark.
    fn parameters(&self) -> impl Iterator<Item = &str> {
        let url = match self {
            Self::Sqlite(_) => "",
            Self::Postgres(url) => url.as_str(),
        };
        let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
        parameters.split('#').next().unwrap_or_default().split('&')
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, NoAddress, for_libpq};

    #[test]
    fn tls_is_wanted_where_the_address_insists() {
        for (rest, wants) in [
            ("db/redress?connect_timeout=5&sslmode=require&sslrootcert=/ca.pem", true),
            ("db/redress?sslmode=verify-ca", true),
            ("db/redress?sslmode=verify-full", true),
            ("db/sslmode=require", false),
            ("db/redress?sslmode=prefer", false),
            ("db/redress", false),
        ] {
            let address = Address::Postgres(format!("postgres://{rest}"));
            assert_eq!(address.wants_tls(), wants, "{rest}");
        }
    }

    #[test]
    fn libpq_waits_as_long_as_the_address_says_or_else_a_while() {
        assert_eq!(
            for_libpq("postgres://db/redress"),
            "postgres://db/redress?connect_timeout=5&tcp_user_timeout=10000&keepalives_idle=10"
        );
        assert_eq!(
            for_libpq("postgres://db/redress?connect_timeout=60"),
            "postgres://db/redress?connect_timeout=60&tcp_user_timeout=10000&keepalives_idle=10"
        );
    }

    #[test]
    fn what_libpq_says_is_told_without_the_password() {
        let address = Address::Postgres("postgres://me:pa ss@db/redress?sslpassword=other".to_owned());
        assert_eq!(
            address.without_secrets("unexpected spaces found in \"pa ss@db\", not in \"other\""),
            "unexpected spaces found in \"***@db\", not in \"***\""
        );
        let plain = Address::Postgres("postgres://me@db/redress".to_owned());
        assert_eq!(plain.without_secrets("no such host: db"), "no such host: db");
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

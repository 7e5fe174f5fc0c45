//! Where bank holidays are read from.

use std::fmt::{Display, Formatter};
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use reqwest::Url;

/// Where the government publishes them.
const GOVERNMENT: &str = "https://www.gov.uk/bank-holidays.json";

/// Where bank holidays are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarFeed {
    /// Nowhere.
    Off,
    /// An address: HTTPS, or HTTP on this machine.
    Address(Url),
    /// A file, which somebody else keeps up to date.
    File(PathBuf),
}

impl Default for CalendarFeed {
    fn default() -> Self {
        Url::parse(GOVERNMENT).map_or(Self::Off, Self::Address)
    }
}

impl FromStr for CalendarFeed {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self::Off);
        }
        if let Some(path) = text.strip_prefix("file:") {
            return Ok(Self::File(path.into()));
        }
        let url = Url::parse(text).map_err(|_| "must be a URL, file:/PATH, or empty")?;
        let secure = url.scheme() == "https" || (url.scheme() == "http" && is_here(&url));
        if !secure {
            return Err(
                "must begin with https://, because what is read over anything else could be anybody's",
            );
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not contain a user name or password");
        }
        Ok(Self::Address(url))
    }
}

/// Whether the address is this machine. Names other than `localhost` are not looked up: what they mean can change.
#[must_use]
pub fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Display for CalendarFeed {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Off => Ok(()),
            Self::Address(url) => Display::fmt(url, formatter),
            Self::File(path) => write!(formatter, "file:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CalendarFeed;

    #[test]
    fn what_is_written_is_read_again() {
        for text in
            ["", "https://www.gov.uk/bank-holidays.json", "http://127.0.0.1:9/x", "file:/etc/days.json"]
        {
            assert_eq!(text.parse::<CalendarFeed>().unwrap().to_string(), text);
        }
        assert_eq!("https://www.gov.uk/bank-holidays.json".parse(), Ok(CalendarFeed::default()));
    }

    #[test]
    fn what_anybody_could_have_written_is_not_read() {
        for text in
            ["http://www.gov.uk/bank-holidays.json", "ftp://localhost/x", "x", "https://a:b@c.example/"]
        {
            assert!(text.parse::<CalendarFeed>().is_err(), "{text}");
        }
    }
}

//! Where the service may be sent. Whoever sets up a webhook says where the service shall connect to, from inside the operator's network:
//! so only where everybody could, but for what the operator allows.
//!
//! A name is looked up by the guard itself at every connection, and the connection is made to the addresses that it has looked at: a
//! name that leads elsewhere a moment later gains nothing.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::network::{Allowed, is_public};

/// How long a name may take to be looked up when an endpoint is set up.
const PATIENCE: Duration = Duration::from_secs(3);

/// The longest address of an endpoint, in characters.
pub const LONGEST_URL: usize = 2000;

/// Why the service does not go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no absolute address.
    #[error("must be an absolute address, such as https://crm.example.org/redress")]
    NotAUrl,
    /// It is neither `https`, nor `http` to where the operator allows it.
    #[error("must begin with https://")]
    NotSecure,
    /// It names a user, or has a fragment.
    #[error("must have no user name, no password and no fragment")]
    NotPlain,
    /// It leads to where not everybody can go.
    #[error(
        "leads to an address that is private, local or reserved; the operator of the service can allow it"
    )]
    Closed,
}

/// What is allowed.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    allowed: Arc<[Allowed]>,
}

impl Guard {
    /// What everybody can reach, and this.
    #[must_use]
    pub fn new(allowed: &[Allowed]) -> Self {
        Self { allowed: allowed.into() }
    }

    fn is_allowed(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|allowed| allowed.has(address))
    }

    fn is_allowed_host(&self, name: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed.is_host(name))
    }

    /// Reads an address and looks at all that can be seen of it without looking up a name.
    ///
    /// # Errors
    /// Why the service would not go there.
    pub fn read(&self, text: &str) -> Result<Url, Refused> {
        let url = Url::parse(text).map_err(|_| Refused::NotAUrl)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(Refused::NotAUrl)?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(Refused::NotPlain);
        }
        match (url.scheme(), literal(host)) {
            ("https" | "http", Some(address)) if self.is_allowed(address) => Ok(url),
            ("https" | "http", Some(address)) if !is_public(address) => Err(Refused::Closed),
            ("https", _) => Ok(url),
            // Where a name leads is seen when it is looked up.
            ("http", None) if !self.allowed.is_empty() => Ok(url),
            _ => Err(Refused::NotSecure),
        }
    }

    /// Looks at where an address leads now. One whose name cannot be looked up is let pass: every connection looks again.
    ///
    /// # Errors
    /// Why the service would not go there.
    pub async fn look(&self, text: &str) -> Result<Url, Refused> {
        let url = self.read(text)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if literal(&host).is_some() {
            return Ok(url);
        }
        let secure = url.scheme() == "https";
        let found = tokio::time::timeout(PATIENCE, tokio::net::lookup_host((host.as_str(), 0))).await;
        match found {
            Ok(Ok(found)) => self.pick(&host, found.collect(), secure).map(|_| url),
            _ if secure || self.is_allowed_host(&host) => Ok(url),
            _ => Err(Refused::NotSecure),
        }
    }

    /// The addresses of a host, where every one of them may be connected to: one closed door among them, and none is knocked at.
    fn pick(&self, host: &str, found: Vec<SocketAddr>, secure: bool) -> Result<Vec<SocketAddr>, Refused> {
        if self.is_allowed_host(host) || found.iter().all(|address| self.is_allowed(address.ip())) {
            return Ok(found);
        }
        if !found.iter().all(|address| self.is_allowed(address.ip()) || is_public(address.ip())) {
            return Err(Refused::Closed);
        }
        if secure { Ok(found) } else { Err(Refused::NotSecure) }
    }

    /// What looks up names for a client that goes to `https` addresses, or to `http` ones, which are allowed alone.
    #[must_use]
    pub fn resolver(&self, secure: bool) -> Arc<Resolver> {
        Arc::new(Resolver { guard: self.clone(), secure })
    }
}

/// The address that a host is, where it is no name.
fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Looks up names, and gives only addresses that the guard lets pass.
pub struct Resolver {
    guard: Guard,
    secure: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, secure) = (self.guard.clone(), self.secure);
        Box::pin(async move {
            let host = name.as_str();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            let picked = guard.pick(host, found, secure)?;
            Ok(Box::new(picked.into_iter()) as Addrs)
        })
    }
}

/// Whether an error is that the guard did not let the connection be made.
#[must_use]
pub fn was_refused(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<Refused>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::{Guard, Refused};

    fn guard(allowed: &[&str]) -> Guard {
        let allowed: Vec<_> = allowed.iter().map(|text| text.parse().unwrap()).collect();
        Guard::new(&allowed)
    }

    #[test]
    fn nothing_but_https_to_where_everybody_can_go() {
        let none = guard(&[]);
        for (text, wanted) in [
            ("https://crm.example.org/redress?token=x", None),
            ("https://8.8.8.8:8443/", None),
            ("http://crm.example.org/", Some(Refused::NotSecure)),
            ("http://8.8.8.8/", Some(Refused::NotSecure)),
            ("ftp://crm.example.org/", Some(Refused::NotSecure)),
            ("file:///etc/passwd", Some(Refused::NotAUrl)),
            ("crm.example.org", Some(Refused::NotAUrl)),
            ("https://", Some(Refused::NotAUrl)),
            ("https://user@crm.example.org/", Some(Refused::NotPlain)),
            ("https://crm.example.org/#a", Some(Refused::NotPlain)),
            ("https://127.0.0.1/", Some(Refused::Closed)),
            ("http://127.0.0.1/", Some(Refused::Closed)),
            ("https://2130706433/", Some(Refused::Closed)),
            ("https://0x7f.1/", Some(Refused::Closed)),
            ("https://[::ffff:7f00:1]/", Some(Refused::Closed)),
            ("https://[::1]:8443/", Some(Refused::Closed)),
            ("https://169.254.169.254/latest/meta-data", Some(Refused::Closed)),
        ] {
            assert_eq!(none.read(text).err(), wanted, "{text}");
        }
    }

    #[test]
    fn the_operator_may_allow_more() {
        let some = guard(&["127.0.0.1/32", "crm.internal"]);
        assert!(some.read("http://127.0.0.1:8080/").is_ok() && some.read("https://127.0.0.1/").is_ok());
        assert_eq!(some.read("http://127.0.0.2/"), Err(Refused::Closed));
        assert_eq!(some.read("http://8.8.8.8/"), Err(Refused::NotSecure));
        let (inside, outside): (SocketAddr, SocketAddr) =
            ("10.0.0.1:0".parse().unwrap(), "8.8.8.8:0".parse().unwrap());
        let own: SocketAddr = "127.0.0.1:0".parse().unwrap();
        assert!(some.pick("crm.internal", vec![inside], false).is_ok());
        assert_eq!(some.pick("other.internal", vec![inside], true), Err(Refused::Closed));
        assert!(some.pick("localhost", vec![own], false).is_ok());
        assert!(some.pick("crm.example.org", vec![outside], true).is_ok());
        assert_eq!(some.pick("crm.example.org", vec![outside], false), Err(Refused::NotSecure));
        // One address that is not to be gone to spoils the name.
        assert_eq!(some.pick("crm.example.org", vec![outside, inside], true), Err(Refused::Closed));
    }

    #[actix_web::test]
    async fn a_name_is_looked_up() {
        assert_eq!(guard(&[]).look("https://localhost/").await, Err(Refused::Closed));
        assert!(guard(&["127.0.0.0/8", "::1"]).look("http://localhost/").await.is_ok());
        assert!(guard(&["localhost"]).look("http://localhost/").await.is_ok());
        assert!(guard(&[]).look("https://name.invalid/").await.is_ok());
        assert_eq!(guard(&["10.0.0.1"]).look("http://name.invalid/").await, Err(Refused::NotSecure));
    }
}

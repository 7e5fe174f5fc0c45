//! Which addresses an issuer may have.

use reqwest::Url;

/// Why an address will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum AddressProblem {
    /// Not a URL.
    #[error("is not a URL")]
    NotAUrl,
    /// Something other than HTTPS; HTTP would let anybody on the way put their own keys in.
    #[error("must begin with https://, because keys read over anything else could be anybody's")]
    NotSecure,
    /// A name or password inside, which would go to the log.
    #[error("must not contain a user name or password")]
    HasCredentials,
}

/// Reads an address that keys may be fetched from: over HTTPS, or over HTTP from this very machine.
pub(super) fn parse(text: &str) -> Result<Url, AddressProblem> {
    let url = Url::parse(text).map_err(|_| AddressProblem::NotAUrl)?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(AddressProblem::NotSecure);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressProblem::HasCredentials);
    }
    Ok(url)
}

/// Whether the address is this machine. Names other than `localhost` are not looked up: what they mean can change.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Where an issuer describes itself (OpenID Connect Discovery 1.0, section 4).
pub(super) fn discovery(issuer: &str) -> Result<Url, AddressProblem> {
    parse(&format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))
}

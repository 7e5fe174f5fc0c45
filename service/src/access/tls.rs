//! The cryptography behind every connection that the service opens to somewhere else.

/// Makes *ring* what TLS is done with in this process. To be called before the first HTTP client is built, which would otherwise
/// have nothing to encrypt with and panic; calling it again changes nothing, so that whatever builds a client can call it.
pub fn install() {
    // It fails where a provider is installed already: by an earlier call, or by a program that chose its own.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

#[cfg(test)]
mod tests {
    #[test]
    fn can_be_installed_twice() {
        super::install();
        super::install();
        assert!(rustls::crypto::CryptoProvider::get_default().is_some());
        assert!(reqwest::Client::builder().build().is_ok());
    }
}

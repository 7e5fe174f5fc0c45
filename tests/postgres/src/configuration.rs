//! Where a cluster is, and how it is set up.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Care;

/// The longest name that the system allows a socket, with the byte that ends it.
const LONGEST_SOCKET: usize = 107;

/// The folder for temporary files, unless the name of a socket in it would be too long.
pub fn short_folder() -> PathBuf {
    let folder = std::env::temp_dir();
    let socket = folder.join("redress-123456/.s.PGSQL.5432");
    if socket.as_os_str().len() < LONGEST_SOCKET { folder } else { PathBuf::from("/tmp") }
}

/// What is set otherwise than PostgreSQL sets it by itself.
pub fn configuration(folder: &Path, care: Care) -> String {
    let mut text = elsewhere(folder);
    text.push_str("listen_addresses = ''\nmax_connections = 200\nlog_line_prefix = '%m [%p] %d '\n");
    let careless = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nwal_level = minimal\n\
                    max_wal_senders = 0\nautovacuum = off\njit = off\nshared_buffers = 32MB\n";
    if care == Care::None {
        text.push_str(careless);
    }
    if cfg!(target_os = "linux") {
        // A recovery has to bring everything to the disk first: at once, instead of file by file.
        text.push_str("recovery_init_sync_method = syncfs\n");
    }
    text
}

/// What is set otherwise for a copy than for what it was copied from.
pub fn elsewhere(folder: &Path) -> String {
    format!("unix_socket_directories = '{}'\n", folder.display())
}

/// Text as a part of an address.
pub fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::percent_encoded;

    #[test]
    fn a_folder_in_an_address_is_percent_encoded() {
        assert_eq!(percent_encoded("/tmp/a b-é?&"), "%2Ftmp%2Fa%20b-%C3%A9%3F%26");
    }
}

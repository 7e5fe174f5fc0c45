//! Where documents are kept, as the setting `documents.store` gives it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// The address of a store of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreAddress {
    /// `file:documents`, `file:///var/lib/redress/documents`: a folder, made where there is none.
    Folder(PathBuf),
    /// `s3://bucket/prefix`: a bucket of S3 or of anything that speaks as it does.
    S3 {
        /// The bucket.
        bucket: String,
        /// What every key in it begins with; may be empty.
        prefix: String,
    },
}

/// Why an address is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoStoreAddress {
    /// It names no kind of store that there is.
    #[error(
        "it begins with neither `file:` nor `s3://`; write for instance file:///var/lib/redress/documents or s3://bucket/redress"
    )]
    Scheme,
    /// A folder without a name.
    #[error("it names no folder")]
    NoFolder,
    /// A bucket without a name, or a prefix with empty or dotted steps.
    #[error("it names no bucket, or its prefix has an empty step or one that is only dots")]
    NoBucket,
}

impl FromStr for StoreAddress {
    type Err = NoStoreAddress;

    fn from_str(text: &str) -> Result<Self, NoStoreAddress> {
        if let Some(rest) = text.strip_prefix("s3://") {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let prefix = prefix.trim_end_matches('/');
            let step = |step: &str| !step.is_empty() && step != "." && step != "..";
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
            let named = !bucket.is_empty() && bucket.bytes().all(plain);
            if !named || !(prefix.is_empty() || prefix.split('/').all(step)) {
                return Err(NoStoreAddress::NoBucket);
            }
            return Ok(Self::S3 { bucket: bucket.to_owned(), prefix: prefix.to_owned() });
        }
        let folder = text.strip_prefix("file:").ok_or(NoStoreAddress::Scheme)?;
        let folder = folder.strip_prefix("//").unwrap_or(folder);
        if folder.is_empty() { Err(NoStoreAddress::NoFolder) } else { Ok(Self::Folder(folder.into())) }
    }
}

impl fmt::Display for StoreAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(formatter, "file:{}", folder.display()),
            Self::S3 { bucket, prefix } if prefix.is_empty() => write!(formatter, "s3://{bucket}"),
            Self::S3 { bucket, prefix } => write!(formatter, "s3://{bucket}/{prefix}"),
        }
    }
}

impl StoreAddress {
    /// Why it cannot be used, where that can be told without using it.
    #[must_use]
    pub fn unusable(&self) -> Option<String> {
        let Self::Folder(folder) = self else { return None };
        if folder.exists() {
            return (!folder.is_dir()).then(|| format!("{} is no folder", folder.display()));
        }
        let above = folder.parent().filter(|above| !above.as_os_str().is_empty() && !above.is_dir())?;
        Some(format!("the folder {} does not exist; make it first", above.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::{NoStoreAddress, StoreAddress};

    #[test]
    fn an_address_reads_as_it_is_written() {
        for (text, shown) in [
            ("file:documents", Ok("file:documents")),
            ("file:///var/lib/redress/documents", Ok("file:/var/lib/redress/documents")),
            ("s3://complaints", Ok("s3://complaints")),
            ("s3://complaints/", Ok("s3://complaints")),
            ("s3://complaints/redress/live/", Ok("s3://complaints/redress/live")),
            ("file:", Err(NoStoreAddress::NoFolder)),
            ("s3://", Err(NoStoreAddress::NoBucket)),
            ("s3://a b/c", Err(NoStoreAddress::NoBucket)),
            ("s3://bucket/../other", Err(NoStoreAddress::NoBucket)),
            ("s3://bucket//x", Err(NoStoreAddress::NoBucket)),
            ("documents", Err(NoStoreAddress::Scheme)),
            ("gs://bucket", Err(NoStoreAddress::Scheme)),
        ] {
            let read = text.parse::<StoreAddress>();
            assert_eq!(read.clone().map(|address| address.to_string()), shown.map(str::to_owned), "{text}");
            if let Ok(address) = read {
                assert_eq!(address.to_string().parse(), Ok(address));
            }
        }
    }

    #[test]
    fn a_folder_is_made_only_in_one_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str| StoreAddress::Folder(folder.path().join(name)).unusable();
        assert_eq!(of("documents"), None);
        assert!(of("no/documents").unwrap().contains("does not exist"));
        std::fs::write(folder.path().join("file"), "").unwrap();
        assert!(of("file").unwrap().contains("is no folder"));
    }
}

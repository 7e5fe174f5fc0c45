//! The policies that a command knows: those built in, and a landlord's own.

use std::path::{Path, PathBuf};

use clap::Args;
use redress_shared::policy::{Library, Profile};

use crate::{Error, Result};

/// Where policies are found.
#[derive(Debug, Args)]
pub(super) struct Policies {
    /// A folder of policy profiles to add to the built-in ones, as for the service.
    #[arg(long, env = "REDRESS_POLICIES")]
    policies: Option<PathBuf>,
}

impl Policies {
    /// The folder, where one is named.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.policies.as_deref()
    }

    /// Every policy, those of the folder included.
    ///
    /// # Errors
    /// When a file of the folder cannot be read, or any of them is wrong: every error is named.
    pub(super) fn library(&self) -> Result<Library> {
        let Some(folder) = &self.policies else {
            return Library::embedded().cloned().map_err(|errors| Error::Code(errors.to_string()));
        };
        let unreadable = |path: &Path, error: std::io::Error| given(path, error.to_string());
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
            let path = entry.map_err(|error| unreadable(folder, error))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
                files.push((file_name(&path), text));
            }
        }
        files.sort();
        Library::embedded_and(files).map_err(|errors| given(folder, errors.to_string()))
    }
}

/// A policy by its id, or from a file.
///
/// # Errors
/// When there is no such policy, or the file cannot be read or is wrong.
pub(super) fn profile(library: &Library, policy: &str) -> Result<Profile> {
    let path = Path::new(policy);
    if path.extension().is_some_and(|extension| extension == "toml") {
        let text = std::fs::read_to_string(path).map_err(|error| given(path, error.to_string()))?;
        let read = Profile::from_toml(&file_name(path), &text);
        return read.map_err(|errors| given(path, errors.to_string()));
    }
    library.by_id(policy).cloned().map_err(|error| Error::Request(error.to_string()))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn given(path: &Path, reason: String) -> Error {
    Error::Given(format!("{}: {reason}", path.display()))
}

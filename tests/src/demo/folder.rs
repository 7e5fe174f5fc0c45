//! The demo's folder. It empties what an earlier demo made, and touches nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The file that says that a folder is a demo's.
const MARKER: &str = ".redress-demo";
const DATABASE: [&str; 3] = ["redress.db", "redress.db-wal", "redress.db-shm"];

/// Makes the folder, or empties it of an earlier demo's files.
///
/// # Errors
/// When there is anything else in it; nothing is deleted then.
pub fn fresh(folder: &Path) -> anyhow::Result<PathBuf> {
    let make =
        || fs::create_dir_all(folder.join("reports")).with_context(|| format!("making {}", folder.display()));
    if folder.exists() {
        let known = files(folder)?;
        for file in known {
            fs::remove_file(&file).with_context(|| format!("deleting {}", file.display()))?;
        }
    }
    make()?;
    fs::write(folder.join(MARKER), "The demo made this folder, and empties it when it runs again.\n")
        .with_context(|| format!("writing into {}", folder.display()))?;
    Ok(folder.to_owned())
}

/// The files of an earlier demo.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let marked = folder.join(MARKER).is_file();
    let mut found = Vec::new();
    for path in entries(folder)? {
        let name = name(&path);
        let ours = marked && (name == MARKER || DATABASE.contains(&name.as_str()));
        if ours && path.is_file() {
            found.push(path);
        } else if marked && name == "reports" && path.is_dir() {
            found.extend(reports(&path)?);
        } else {
            return Err(foreign(&path));
        }
    }
    Ok(found)
}

fn reports(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let all = entries(folder)?;
    let made = |path: &PathBuf| {
        let name = name(path);
        let name = name.trim_start_matches('.').trim_end_matches(".partial");
        let kind = ["-annual-", "-committee-"].iter().any(|part| name.contains(part));
        path.is_file() && (name == "index.html" || kind && name.ends_with(".html"))
    };
    match all.iter().find(|path| !made(path)) {
        Some(other) => Err(foreign(other)),
        None => Ok(all),
    }
}

fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let reading = || format!("reading {}", folder.display());
    let entries = fs::read_dir(folder).with_context(reading)?;
    entries.map(|entry| Ok(entry.with_context(reading)?.path())).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn foreign(path: &Path) -> anyhow::Error {
    anyhow::anyhow!(
        "{} was not made by the demo, which deletes nothing of yours; give another folder with --folder",
        path.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_demo_is_emptied() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("demo");
        fresh(&folder).unwrap();
        for file in ["redress.db", "reports/index.html", "reports/hartlepool-annual-2025-26.html"] {
            fs::write(folder.join(file), "x").unwrap();
        }
        fresh(&folder).unwrap();
        assert!(!folder.join("redress.db").exists());
        assert_eq!(entries(&folder.join("reports")).unwrap(), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_database_that_is_not_the_demos_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("redress.db"), "a landlord's own").unwrap();
        let error = fresh(folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("redress.db was not made by the demo") && error.contains("--folder"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(folder.path().join("redress.db")).unwrap(), "a landlord's own");
    }

    #[test]
    fn one_file_too_many_keeps_all_the_others() {
        let folder = tempfile::tempdir().unwrap();
        fresh(folder.path()).unwrap();
        for file in ["redress.db", "reports/my-notes.html"] {
            fs::write(folder.path().join(file), "x").unwrap();
        }
        assert!(fresh(folder.path()).unwrap_err().to_string().contains("my-notes.html"));
        assert!(folder.path().join("redress.db").exists());
    }
}

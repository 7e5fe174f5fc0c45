//! Where templates come from: this program, and a folder with a folder for each landlord.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use redress_stationery::{TemplateProblem, entries, folders};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../templates");

/// The reports, by the names of their templates.
pub(super) const DOCUMENTS: [&str; 7] =
    ["annual", "committee", "self-assessment", "tsm", "what-if", "code-check", "check"];

/// What is no landlord's: pages over all of them.
pub(super) const PAGES: [&str; 2] = ["index", "site"];

/// The text of a template, and where it is from.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// The file.
    pub(super) file: PathBuf,
    /// What it says.
    pub(super) text: String,
    /// Whether it is the landlord's own.
    pub(super) own: bool,
}

/// Templates by name.
pub(super) type Sources = BTreeMap<String, Source>;

/// The templates of this program.
pub(super) fn built_in() -> Sources {
    let folders = ["reports", "pages", "partials"].into_iter().filter_map(|folder| BUILT_IN.get_dir(folder));
    let source = |file: &include_dir::File<'_>| {
        let text = String::from_utf8_lossy(file.contents()).into_owned();
        Some((name_of(file.path())?, Source { file: file.path().to_owned(), text, own: false }))
    };
    folders.flat_map(Dir::files).filter_map(source).collect()
}

/// The name of a template's file, without its ending.
fn name_of(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.strip_suffix(".hbs")?.to_owned())
}

/// Each landlord's own templates.
pub(super) fn overrides(
    folder: &Path,
    landlords: &[&str],
    problems: &mut BTreeSet<TemplateProblem>,
) -> BTreeMap<String, Sources> {
    let mut all = BTreeMap::new();
    for (landlord, path) in folders(folder, Some(landlords), problems) {
        let mut sources = Sources::new();
        own(&path, false, &mut sources, problems);
        own(&path.join("partials"), true, &mut sources, problems);
        all.insert(landlord, sources);
    }
    all
}

/// The templates in one folder of a landlord's.
fn own(folder: &Path, partials: bool, sources: &mut Sources, problems: &mut BTreeSet<TemplateProblem>) {
    if partials && !folder.exists() {
        return;
    }
    for path in entries(folder, problems) {
        let Some(name) = name_of(&path) else { continue };
        let mut wrong = |reason: String| {
            problems.insert(TemplateProblem { file: path.clone(), line: None, reason });
        };
        match (DOCUMENTS.contains(&name.as_str()), partials) {
            (true, true) => wrong(format!("`{name}` is a report, and this is the folder of partials")),
            (false, false) => {
                wrong(format!("there is no report `{name}`; there are {}", DOCUMENTS.join(", ")))
            }
            _ => match std::fs::read_to_string(&path) {
                Ok(text) => {
                    sources.insert(name, Source { file: path, text, own: true });
                }
                Err(error) => wrong(error.to_string()),
            },
        }
    }
}

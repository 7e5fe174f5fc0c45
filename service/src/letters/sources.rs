//! Where templates come from: this program, and a folder with a folder for each landlord.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use redress_shared::letter::LetterKind;
use redress_stationery::{TemplateProblem, entries, folders};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../templates/letters");

/// The template of every letter that has none of its own.
pub const ANY: &str = "letter";

/// What a letter is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A page, to be printed or read in a browser.
    Html,
    /// Plain text, for an email.
    Text,
}

impl Form {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Html, Self::Text];

    /// How the file of a template ends.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => ".html.hbs",
            Self::Text => ".txt.hbs",
        }
    }
}

/// The text of a template, and where it is from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file.
    pub file: PathBuf,
    /// What it says.
    pub text: String,
    /// Whether it is the landlord's own.
    pub own: bool,
}

/// Templates by form and name.
pub type Sources = BTreeMap<(Form, String), Source>;

/// The form and name of a template's file.
fn named(file: &str) -> Option<(Form, String)> {
    Form::BOTH.into_iter().find_map(|form| Some((form, file.strip_suffix(form.ending())?.to_owned())))
}

/// The templates of this program.
pub fn built_in() -> Sources {
    let partials = BUILT_IN.get_dir("partials").map(Dir::files).into_iter().flatten();
    let mut sources = Sources::new();
    for file in BUILT_IN.files().chain(partials) {
        let name = file.path().file_name().unwrap_or_default().to_string_lossy();
        if let Some(key) = named(&name) {
            let text = String::from_utf8_lossy(file.contents()).into_owned();
            sources.insert(key, Source { file: file.path().to_owned(), text, own: false });
        }
    }
    sources
}

/// Each landlord's own templates; those of a folder that is no landlord's are wrong where the landlords are known.
pub fn overrides(
    folder: &Path,
    landlords: Option<&[&str]>,
    problems: &mut BTreeSet<TemplateProblem>,
) -> BTreeMap<String, Sources> {
    let mut all = BTreeMap::new();
    for (landlord, path) in folders(folder, landlords, problems) {
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
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".hbs") {
            continue;
        }
        let mut wrong = |reason: String| {
            problems.insert(TemplateProblem { file: path.clone(), line: None, reason });
        };
        let Some((form, kind)) = named(&name) else {
            wrong("a template's name ends in .html.hbs or .txt.hbs".to_owned());
            continue;
        };
        let is_letter = kind == ANY || kind.parse::<LetterKind>().is_ok();
        if is_letter == partials {
            let kinds: Vec<&str> = LetterKind::ALL.iter().map(|kind| kind.as_str()).collect();
            wrong(if partials {
                format!("`{kind}` is a letter, and this is the folder of partials")
            } else {
                format!("there is no letter `{kind}`; there are {ANY}, {}", kinds.join(", "))
            });
            continue;
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                sources.insert((form, kind), Source { file: path.clone(), text, own: true });
            }
            Err(error) => wrong(error.to_string()),
        }
    }
}

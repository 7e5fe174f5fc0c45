//! Reading templates, and trying them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use handlebars::Handlebars;
use handlebars::template::Template;
use serde::Serialize;

use super::check::Parsed;
use super::problem::TemplateProblem;

/// Reads a template.
///
/// # Errors
/// Where and why it cannot be read.
pub fn compile(name: &str, file: &Path, text: &str) -> Result<Parsed, TemplateProblem> {
    let file = file.to_owned();
    match Template::compile_with_name(text, name.to_owned()) {
        Ok(template) => Ok(Parsed { file, template }),
        Err(error) => {
            let reason = error.reason().to_string().split_whitespace().collect::<Vec<_>>().join(" ");
            Err(TemplateProblem { file, line: error.pos().map(|(line, _)| line), reason })
        }
    }
}

/// Prints a template and says what went wrong: what looking through it cannot find is found here.
pub fn tried(
    handlebars: &Handlebars<'_>,
    parsed: &BTreeMap<String, Parsed>,
    name: &str,
    given: &impl Serialize,
) -> Option<TemplateProblem> {
    let error = handlebars.render(name, given).err()?;
    let where_it_is = error.template_name.as_deref().and_then(|name| parsed.get(name));
    let file = where_it_is.or_else(|| parsed.get(name)).map(|parsed| parsed.file.clone());
    Some(TemplateProblem {
        file: file.unwrap_or_default(),
        line: error.line_no,
        reason: error.reason().to_string(),
    })
}

/// What stands in a folder, in the order of the names.
pub fn entries(folder: &Path, problems: &mut BTreeSet<TemplateProblem>) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
    });
    match read {
        Ok(mut paths) => {
            paths.sort();
            paths
        }
        Err(error) => {
            problems.insert(TemplateProblem {
                file: folder.to_owned(),
                line: None,
                reason: error.to_string(),
            });
            Vec::new()
        }
    }
}

/// The landlords' own folders in a folder of templates, each with the landlord that it is named after. What stands there besides, and
/// would go unread, is a problem.
pub fn folders(
    folder: &Path,
    landlords: Option<&[&str]>,
    problems: &mut BTreeSet<TemplateProblem>,
) -> Vec<(String, PathBuf)> {
    let mut all = Vec::new();
    for path in entries(folder, problems) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let wrong = |reason: String| TemplateProblem { file: path.clone(), line: None, reason };
        if !path.is_dir() {
            if name.ends_with(".hbs") {
                problems.insert(wrong("it stands in no landlord's folder".to_owned()));
            }
            continue;
        }
        match landlords.filter(|landlords| !landlords.contains(&name.as_str())) {
            None => all.push((name, path)),
            Some(landlords) => {
                let others = landlords.join(", ");
                problems.insert(wrong(format!("there is no such landlord; there are {others}")));
            }
        }
    }
    all
}

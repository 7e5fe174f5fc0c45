//! The templates: those of this program, and over them each landlord's own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use handlebars::{Handlebars, html_escape, no_escape};
use redress_shared::letter::LetterKind;
use redress_stationery::{Check, Parsed, TemplateProblem, TemplateProblems, compile, tried};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::hidden::hiding;
use super::sample;
use super::sources::{ANY, Form, Source, Sources, built_in, overrides};
use super::view::View;

/// A set of templates that go together.
#[derive(Debug)]
struct Set {
    html: Handlebars<'static>,
    text: Handlebars<'static>,
    version: String,
}

/// Every landlord's templates.
#[derive(Debug)]
pub struct Templates {
    built_in: Arc<Set>,
    own: BTreeMap<String, Arc<Set>>,
}

/// A letter as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// As a page.
    pub html: String,
    /// As plain text.
    pub text: String,
    /// Which templates it was made with: whose they are, and a digest of them all.
    pub version: String,
}

impl Templates {
    /// The program's templates, and those in a folder that has a folder for each landlord. Where the landlords are not known, as with a
    /// policy that cannot be read, a folder may have any name.
    ///
    /// # Errors
    /// Everything that is wrong with any of them.
    pub fn load(folder: Option<&Path>, landlords: Option<&[&str]>) -> Result<Self, TemplateProblems> {
        let mut problems = BTreeSet::new();
        let base = built_in();
        let built_in = Arc::new(Set::new("built-in", &base, &mut problems));
        let mut own = BTreeMap::new();
        if let Some(folder) = folder {
            for (landlord, sources) in overrides(folder, landlords, &mut problems) {
                let mut all = base.clone();
                all.extend(sources);
                let set = Set::new(&landlord, &all, &mut problems);
                own.insert(landlord, Arc::new(set));
            }
        }
        if problems.is_empty() {
            Ok(Self { built_in, own })
        } else {
            Err(TemplateProblems(problems.into_iter().collect()))
        }
    }

    /// Prints a letter of a landlord's.
    ///
    /// # Errors
    /// When a template fails, which those that were loaded do not.
    pub fn print(&self, landlord: &str, view: &View) -> Result<Printed, handlebars::RenderError> {
        let set = self.own.get(landlord).unwrap_or(&self.built_in);
        Ok(Printed {
            html: render(&set.html, view)?,
            text: tidy(&render(&set.text, view)?),
            version: set.version.clone(),
        })
    }
}

fn render(handlebars: &Handlebars<'_>, view: &View) -> Result<String, handlebars::RenderError> {
    let own = handlebars.has_template(view.kind);
    handlebars.render(if own { view.kind } else { ANY }, view)
}

/// Text without white space at the ends of its lines, without more than one empty line at a time, and with one line end at its end.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut empty = 1;
    for line in text.lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidied.push_str(line);
            tidied.push('\n');
        }
    }
    tidied.truncate(tidied.trim_end().len());
    tidied.push('\n');
    tidied
}

impl Set {
    fn new(whose: &str, sources: &Sources, problems: &mut BTreeSet<TemplateProblem>) -> Self {
        let mut digest = Sha256::new();
        for ((form, name), source) in sources {
            for part in [form.ending(), name, &source.text] {
                digest.update(part.as_bytes());
                digest.update([0]);
            }
        }
        let digest: String = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let [html, text] = Form::BOTH.map(|form| registry(form, sources, problems));
        Self { html, text, version: format!("{whose}-{digest}") }
    }
}

/// The templates of a form, read and held against the letters that there can be.
fn registry(form: Form, sources: &Sources, problems: &mut BTreeSet<TemplateProblem>) -> Handlebars<'static> {
    let mut handlebars = Handlebars::new();
    handlebars.set_strict_mode(true);
    match form {
        Form::Html => handlebars.register_escape_fn(html_escape),
        Form::Text => handlebars.register_escape_fn(no_escape),
    }
    let mut found = BTreeSet::new();
    let mut parsed = BTreeMap::new();
    let of_form = sources.iter().filter(|((of, _), _)| *of == form);
    for ((_, name), source) in of_form {
        if form == Form::Html {
            found.extend(hidden_in(source));
        }
        match compile(name, &source.file, &source.text) {
            Ok(read) => {
                handlebars.register_template(name, read.template.clone());
                parsed.insert(name.clone(), read);
            }
            Err(problem) => {
                found.insert(problem);
            }
        }
    }
    // What could not be read has been named; whatever includes it would be named for nothing.
    if found.is_empty() {
        held_against_letters(form, sources, &parsed, &mut found);
    }
    if found.is_empty() {
        // A letter with everything, and one with as little as can be.
        let views = [sample::full(), sample::bare()];
        let each = letters(&parsed).flat_map(|name| views.iter().map(move |view| (name, view)));
        found.extend(each.filter_map(|(name, view)| tried(&handlebars, &parsed, name, view)));
    }
    problems.extend(found);
    handlebars
}

/// What in a template hides something of the letter.
fn hidden_in(source: &Source) -> impl Iterator<Item = TemplateProblem> {
    let problem = |(line, reason)| TemplateProblem { file: source.file.clone(), line: Some(line), reason };
    hiding(&source.text).into_iter().map(problem)
}

/// The templates that are letters, and no parts of such.
fn letters(parsed: &BTreeMap<String, Parsed>) -> impl Iterator<Item = &str> {
    parsed.keys().map(String::as_str).filter(|name| *name == ANY || name.parse::<LetterKind>().is_ok())
}

fn held_against_letters(
    form: Form,
    sources: &Sources,
    parsed: &BTreeMap<String, Parsed>,
    problems: &mut BTreeSet<TemplateProblem>,
) {
    let full = serde_json::to_value(sample::full()).unwrap_or(Value::Null);
    let mut check = Check::new(parsed, form == Form::Html);
    for name in letters(parsed) {
        check.look(name, &full);
    }
    let idle = sources
        .iter()
        .filter(|((of, name), source)| *of == form && source.own && !check.reached.contains(name.as_str()));
    let known: Vec<&str> = check.reached.iter().copied().collect();
    let idle: Vec<TemplateProblem> = idle
        .map(|(_, source)| TemplateProblem {
            file: source.file.clone(),
            line: None,
            reason: format!("no letter includes it; those that are included are {}", known.join(", ")),
        })
        .collect();
    problems.extend(check.problems);
    problems.extend(idle);
}

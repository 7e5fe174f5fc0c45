//! Holds templates against what they are given. Strict mode finds a wrong name only where it is printed: `{{#if decison}}` would be
//! false for ever, and nobody would see it. So every name in a template is looked up here, before there is anything to print.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use handlebars::Path;
use handlebars::template::{
    BlockParam, DecoratorTemplate, HelperTemplate, Parameter, Template, TemplateElement,
};
use serde_json::Value;

use super::problem::TemplateProblem;
use super::scope::{Meaning, Scope};

/// What can be asked in a condition.
const QUESTIONS: [&str; 10] = ["eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "len"];

/// A template that could be read.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Where it is from.
    pub file: PathBuf,
    /// What it says.
    pub template: Template,
}

/// Looks through a template and all that it includes.
#[derive(Debug)]
pub struct Check<'a> {
    templates: &'a BTreeMap<String, Parsed>,
    /// Whether it is a page, in which everything printed must be escaped.
    page: bool,
    /// The templates that are being looked through, the outermost first.
    within: Vec<&'a str>,
    /// Every template that was looked through.
    pub reached: BTreeSet<&'a str>,
    /// Everything wrong.
    pub problems: BTreeSet<TemplateProblem>,
}

impl<'a> Check<'a> {
    /// Begins to look.
    #[must_use]
    pub const fn new(templates: &'a BTreeMap<String, Parsed>, page: bool) -> Self {
        Self { templates, page, within: Vec::new(), reached: BTreeSet::new(), problems: BTreeSet::new() }
    }

    /// Looks through the template of that name, which is given this: an example in which no list and no field is empty.
    pub fn look(&mut self, name: &str, given: &Value) {
        self.enter(name, 0, &Scope::top(given));
    }

    fn enter(&mut self, name: &str, line: usize, scope: &Scope<'_>) {
        let Some((name, parsed)) = self.templates.get_key_value(name) else {
            let known: Vec<&str> = self.templates.keys().map(String::as_str).collect();
            return self.wrong(line, format!("there is no partial `{name}`; there are {}", known.join(", ")));
        };
        if self.within.contains(&name.as_str()) {
            return self.wrong(line, format!("`{name}` includes itself"));
        }
        self.reached.insert(name);
        self.within.push(name);
        self.all(&parsed.template, scope);
        self.within.pop();
    }

    fn wrong(&mut self, line: usize, reason: String) {
        let file = self.within.last().and_then(|name| self.templates.get(*name));
        let file = file.map(|parsed| parsed.file.clone()).unwrap_or_default();
        self.problems.insert(TemplateProblem { file, line: Some(line), reason });
    }

    fn all(&mut self, template: &Template, scope: &Scope<'_>) {
        let lines = template.mapping.iter().map(|place| place.0).chain(std::iter::repeat(1));
        for (element, line) in template.elements.iter().zip(lines) {
            match element {
                TemplateElement::RawString(text) => self.raw(text, line),
                TemplateElement::Comment(_) => {}
                TemplateElement::Expression(printed) => self.printed(printed, line, scope),
                TemplateElement::HtmlExpression(printed) => {
                    if self.page {
                        self.wrong(
                            line,
                            "what is printed with three braces or `&` is not escaped: use two braces".into(),
                        );
                    }
                    self.printed(printed, line, scope);
                }
                TemplateElement::HelperBlock(block) => self.block(block, line, scope),
                TemplateElement::PartialExpression(partial) => self.partial(partial, line, scope),
                _ => self.wrong(
                    line,
                    "inline partials, partial blocks and decorators are not taken: use partials".into(),
                ),
            }
        }
    }

    fn raw(&mut self, text: &str, line: usize) {
        let small = text.to_ascii_lowercase();
        if let Some(at) = small.find("<script").filter(|_| self.page) {
            let line = line + small[..at].matches('\n').count();
            self.wrong(line, "a page has no script".into());
        }
    }

    /// Something that is printed: a field, or the answer to a question.
    fn printed(&mut self, printed: &HelperTemplate, line: usize, scope: &Scope<'_>) {
        if !printed.params.is_empty() || !printed.hash.is_empty() {
            return self.question(printed, line, scope);
        }
        let Some(path) = path_of(&printed.name) else { return };
        if let Some(Meaning::Part(Value::Array(_) | Value::Object(_))) = self.find(path, line, scope) {
            self.wrong(
                line,
                format!("`{path}` has parts: go through them with `#each` or `#with`, or name one"),
            );
        }
    }

    fn question(&mut self, asked: &HelperTemplate, line: usize, scope: &Scope<'_>) {
        let name = path_of(&asked.name).unwrap_or_default();
        if !QUESTIONS.contains(&name) {
            self.wrong(line, format!("there is no helper `{name}`; there are {}", QUESTIONS.join(", ")));
        }
        for parameter in asked.params.iter().chain(asked.hash.values()) {
            self.parameter(parameter, line, scope);
        }
    }

    /// What a parameter means; nothing where that is wrong, and has been said.
    fn parameter<'s>(
        &mut self,
        parameter: &Parameter,
        line: usize,
        scope: &Scope<'s>,
    ) -> Option<Meaning<'s>> {
        match parameter {
            Parameter::Literal(_) => Some(Meaning::Plain),
            Parameter::Subexpression(asked) => {
                if let TemplateElement::Expression(helper) = asked.as_element() {
                    self.question(helper, line, scope);
                }
                Some(Meaning::Plain)
            }
            named => self.find(path_of(named)?, line, scope),
        }
    }

    fn find<'s>(&mut self, path: &str, line: usize, scope: &Scope<'s>) -> Option<Meaning<'s>> {
        match scope.find(path) {
            Ok(meaning) => Some(meaning),
            Err(reason) => {
                self.wrong(line, reason);
                None
            }
        }
    }

    fn block(&mut self, block: &HelperTemplate, line: usize, scope: &Scope<'_>) {
        let name = path_of(&block.name).unwrap_or_default();
        let Some(subject) = block.params.first().filter(|_| block.params.len() == 1) else {
            return self.wrong(line, format!("`#{name}` takes one thing to look at"));
        };
        let meaning = self.parameter(subject, line, scope);
        let what = path_of(subject).unwrap_or_default();
        match (name, meaning) {
            ("if" | "unless", _) => self.within_block(block, scope),
            ("each", Some(Meaning::Part(Value::Array(items)))) => {
                let turn = items.first().unwrap_or(&Value::Null);
                self.within_block(block, &scope.inside(turn, names(block, turn), true));
            }
            ("with", Some(Meaning::Part(node @ Value::Object(_)))) => {
                self.within_block(block, &scope.inside(node, names(block, node), false));
            }
            ("each" | "with", None) => {}
            ("each", _) => self.wrong(line, format!("`{what}` is no list")),
            ("with", _) => self.wrong(line, format!("`{what}` has no parts")),
            _ => {
                self.wrong(line, format!("there is no block `#{name}`; there are #if, #unless, #each, #with"))
            }
        }
        if let Some(otherwise) = &block.inverse {
            self.all(otherwise, scope);
        }
    }

    fn within_block(&mut self, block: &HelperTemplate, scope: &Scope<'_>) {
        if let Some(template) = &block.template {
            self.all(template, scope);
        }
    }

    fn partial(&mut self, partial: &DecoratorTemplate, line: usize, scope: &Scope<'_>) {
        let Some(name) = path_of(&partial.name) else {
            return self.wrong(line, "which partial is included must be written out".into());
        };
        let mut node = scope.node();
        if let Some(given) = partial.params.first() {
            match self.parameter(given, line, scope) {
                Some(Meaning::Part(part)) => node = part,
                Some(Meaning::Plain) => {
                    return self.wrong(line, format!("`{name}` can look at a part of what is given alone"));
                }
                None => return,
            }
        }
        let mut named = Vec::new();
        for (key, value) in &partial.hash {
            if let Some(meaning) = self.parameter(value, line, scope) {
                named.push((key.clone(), meaning));
            }
        }
        self.enter(name, line, &scope.partial(node, named));
    }
}

/// The names that a block gives: the part, and its place or key.
fn names<'s>(block: &HelperTemplate, node: &'s Value) -> Vec<(String, Meaning<'s>)> {
    let name = |parameter: &Parameter| path_of(parameter).unwrap_or_default().to_owned();
    match &block.block_param {
        Some(BlockParam::Single(one)) => vec![(name(one), Meaning::Part(node))],
        Some(BlockParam::Pair((one, place))) => {
            vec![(name(one), Meaning::Part(node)), (name(place), Meaning::Plain)]
        }
        _ => Vec::new(),
    }
}

/// A name or path as it is written.
fn path_of(parameter: &Parameter) -> Option<&str> {
    match parameter {
        Parameter::Name(name) => Some(name),
        Parameter::Path(Path::Relative((_, raw)) | Path::Local((_, _, raw))) => Some(raw),
        _ => None,
    }
}

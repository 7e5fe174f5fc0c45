//! Where in what it is given a template stands, and what a name means there.

use serde_json::Value;

/// The names that a loop gives its turns.
const OF_A_LOOP: [&str; 4] = ["@index", "@first", "@last", "@key"];

/// What a template sees at a place: a part of what is given, the names that were given on the way there, and what is round it.
#[derive(Clone)]
pub struct Scope<'a> {
    /// All that is given.
    root: &'a Value,
    /// The part that is being looked at.
    node: &'a Value,
    /// Names that a block or a partial's caller gave to parts.
    named: Vec<(String, Meaning<'a>)>,
    /// Whether it is within a loop.
    looped: bool,
    /// What is round it; nothing at the top, and nothing within a partial, which does not know who calls it.
    outside: Option<&'a Scope<'a>>,
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Meaning<'a> {
    /// A part of what is given.
    Part(&'a Value),
    /// A number, a truth or a text of the template's own.
    Plain,
}

impl<'a> Scope<'a> {
    /// The top of what is given.
    pub const fn top(given: &'a Value) -> Self {
        Self { root: given, node: given, named: Vec::new(), looped: false, outside: None }
    }

    /// Within a block that looks at a part; in a loop, at one of its turns.
    pub fn inside(&'a self, node: &'a Value, named: Vec<(String, Meaning<'a>)>, looped: bool) -> Self {
        Self { root: self.root, node, named, looped, outside: Some(self) }
    }

    /// Within a partial that looks at a part.
    pub const fn partial(&self, node: &'a Value, named: Vec<(String, Meaning<'a>)>) -> Self {
        Self { root: self.root, node, named, looped: false, outside: None }
    }

    /// The part that is being looked at.
    pub const fn node(&self) -> &'a Value {
        self.node
    }

    /// What a path means here.
    ///
    /// # Errors
    /// Why it means nothing.
    pub fn find(&self, path: &str) -> Result<Meaning<'a>, String> {
        if OF_A_LOOP.contains(&path) {
            return if self.looped {
                Ok(Meaning::Plain)
            } else {
                Err(format!("`{path}` means nothing outside `#each`"))
            };
        }
        if let Some(rest) = path.strip_prefix("../") {
            let outside =
                self.outside.ok_or_else(|| format!("`{path}` leads out of what the template can see"))?;
            return outside.find(rest);
        }
        if let Some(rest) = path.strip_prefix("@root") {
            return descend(self.root, rest.trim_start_matches('.'), path);
        }
        let own = path.strip_prefix("this.").or_else(|| path.strip_prefix("./"));
        match (path, own) {
            ("this" | "." | "" | "..", _) => self.itself(path),
            (_, Some(rest)) => descend(self.node, rest, path),
            _ => self.by_name(path),
        }
    }

    fn itself(&self, path: &str) -> Result<Meaning<'a>, String> {
        match (path, self.outside) {
            ("..", Some(outside)) => Ok(Meaning::Part(outside.node)),
            ("..", None) => Err("`..` leads out of what the template can see".to_owned()),
            _ => Ok(Meaning::Part(self.node)),
        }
    }

    fn by_name(&self, path: &str) -> Result<Meaning<'a>, String> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let mut scope = Some(self);
        while let Some(here) = scope {
            match here.named.iter().find(|(name, _)| name == first) {
                Some((_, Meaning::Part(node))) => return descend(node, rest, path),
                Some((_, Meaning::Plain)) if rest.is_empty() => return Ok(Meaning::Plain),
                Some(_) => return Err(format!("`{path}`: `{first}` has no parts")),
                None => scope = here.outside,
            }
        }
        descend(self.node, path, path)
    }
}

/// Goes down a path by names alone.
fn descend<'a>(from: &'a Value, path: &str, whole: &str) -> Result<Meaning<'a>, String> {
    let mut node = from;
    for name in path.split('.').filter(|name| !name.is_empty()) {
        let fields = node
            .as_object()
            .ok_or_else(|| format!("there is no `{whole}`: `{name}` is a field of nothing"))?;
        node = fields.get(name).ok_or_else(|| {
            let mut known: Vec<&str> = fields.keys().map(String::as_str).collect();
            known.sort_unstable();
            format!("there is no `{whole}` here; there are {}", known.join(", "))
        })?;
    }
    Ok(Meaning::Part(node))
}

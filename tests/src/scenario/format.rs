//! How a scenario is written. `tests/scenarios/README.md` explains it to a policy officer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use redress_shared::case::command::Command;
use redress_shared::policy::nearest;
use serde::Deserialize;
use serde_json::Value;

/// One case file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it shows, in a line.
    pub title: String,
    /// Whose policy.
    pub landlord: String,
    /// The clauses that it shows at work.
    pub clauses: Vec<String>,
    /// Provisions of the Code that it shows at work.
    #[serde(default)]
    pub code: Vec<String>,
    /// Who complained of what, and what the policy makes happen.
    pub story: String,
    /// What happened, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// One thing that somebody did, or a look at the case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When, in London: `2025-04-10 09:30`.
    pub on: String,
    /// The command's verb, or `look`.
    #[serde(rename = "do")]
    pub verb: String,
    /// Which case, by its label.
    #[serde(default = "first")]
    pub case: String,
    /// The command's fields.
    #[serde(default)]
    pub with: Value,
    /// What should come of it.
    #[serde(default)]
    pub expect: Expect,
}

fn first() -> String {
    "A".to_owned()
}

/// What should come of a step. What is not named is not checked, but a refusal always needs naming.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Where the case stands afterwards.
    pub phase: Option<String>,
    /// That it is refused.
    pub refused: Option<Refused>,
    /// Due dates, by clock and deadline: `"policy respond-1" = "2025-05-06"`.
    #[serde(default)]
    pub due: BTreeMap<String, String>,
    /// How deadlines stand at the time of the step.
    #[serde(default)]
    pub clock: BTreeMap<String, String>,
    /// Words of the sentence that explains a deadline.
    #[serde(default)]
    pub explained: BTreeMap<String, Vec<String>>,
    /// What the letter says.
    pub letter: Option<LetterExpect>,
    /// Provisions of the Code from which an allowed step departs: all of them.
    pub cautions: Option<Vec<String>>,
    /// Values in the case as the API shows it, by JSON pointer.
    #[serde(default)]
    pub shows: BTreeMap<String, Value>,
    /// The label for the complaint that came of it.
    pub spawned: Option<String>,
}

/// A refusal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// The stable word.
    pub code: String,
    /// Part of the citation.
    #[serde(default)]
    pub clause: String,
}

/// A letter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterExpect {
    /// Its kind.
    pub kind: String,
    /// Words that it has.
    #[serde(default)]
    pub has: Vec<String>,
    /// Words that it does not have.
    #[serde(default)]
    pub lacks: Vec<String>,
}

impl Expect {
    /// The keys that are given, `refused` apart.
    fn keys(&self) -> Vec<&'static str> {
        let given = [
            ("phase", self.phase.is_some()),
            ("due", !self.due.is_empty()),
            ("clock", !self.clock.is_empty()),
            ("explained", !self.explained.is_empty()),
            ("letter", self.letter.is_some()),
            ("cautions", self.cautions.is_some()),
            ("shows", !self.shows.is_empty()),
            ("spawned", self.spawned.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}

impl Step {
    /// What makes no sense of a step: a command that is none, or an expectation that nothing would ever check.
    fn wrong(&self) -> Option<String> {
        let given = self.expect.keys();
        let of_answer = given.iter().find(|key| matches!(**key, "cautions" | "spawned"));
        let refused = self.expect.refused.is_some();
        if self.verb == "look" {
            let key = if refused { Some(&"refused") } else { of_answer };
            return key.map(|key| format!("`{key}` cannot be expected of a look, only of a command"));
        }
        let known: Vec<String> =
            ["receive", "look"].iter().chain(Command::VERBS).map(|verb| (*verb).to_owned()).collect();
        if !known.contains(&self.verb) {
            return Some(format!("that is not a command; {}", nearest(&self.verb, &known)));
        }
        if !refused {
            return None;
        }
        match (self.verb.as_str(), given.first(), of_answer) {
            ("receive", Some(key), _) => {
                Some(format!("`{key}` cannot be expected: a refused receipt opens no case"))
            }
            (_, _, Some(key)) => Some(format!("`{key}` cannot be expected of a command that is refused")),
            _ => None,
        }
    }
}

/// Reads one scenario.
///
/// # Errors
/// When it cannot be read, is not a scenario, or expects what cannot be checked; the error names the file and the step.
pub fn load(path: &Path) -> anyhow::Result<Scenario> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    parse(&text).with_context(|| format!("reading {}", path.display()))
}

/// Makes a scenario of its text.
///
/// # Errors
/// When it is not a scenario, or a step expects what cannot be checked.
pub fn parse(text: &str) -> anyhow::Result<Scenario> {
    let scenario: Scenario = toml::from_str(text)?;
    for (number, step) in (1_u32..).zip(&scenario.steps) {
        if let Some(wrong) = step.wrong() {
            anyhow::bail!("step {number}, {} {}: {wrong}", step.on, step.verb);
        }
    }
    Ok(scenario)
}

/// Reads every scenario below a folder, in order of their paths. Each goes with its path below the folder, without `.toml`,
/// and one that cannot be read with its error, so that the others can still be run.
///
/// # Errors
/// When a folder cannot be read.
pub fn load_folder(folder: &Path) -> anyhow::Result<Vec<(String, anyhow::Result<Scenario>)>> {
    let mut paths = Vec::new();
    gather(folder, &mut paths)?;
    paths.sort();
    let named = |path: &PathBuf| {
        let below = path.strip_prefix(folder).unwrap_or(path).with_extension("");
        (below.to_string_lossy().replace('\\', "/"), load(path))
    };
    Ok(paths.iter().map(named).collect())
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{load_folder, parse};

    fn step(verb: &str, expect: &str) -> String {
        format!(
            "title = 'T'\nlandlord = 'hartlepool'\nclauses = []\nstory = 'S'\n\
             [[step]]\non = '2025-04-10 09:30'\ndo = '{verb}'\nexpect = {{ {expect} }}\n"
        )
    }

    #[test]
    fn what_could_never_be_checked_is_refused_when_it_is_read() {
        let refused = "refused = { code = 'x' }";
        for (verb, expect, key) in [
            ("look", refused.to_owned(), "`refused`"),
            ("look", "cautions = []".to_owned(), "`cautions`"),
            ("look", "spawned = 'B'".to_owned(), "`spawned`"),
            ("receive", format!("{refused}, phase = 'received'"), "`phase`"),
            ("receive", format!("{refused}, due = {{ 'policy respond-1' = '2025-05-06' }}"), "`due`"),
            ("receive", format!("{refused}, clock = {{ 'policy respond-1' = 'open' }}"), "`clock`"),
            ("receive", format!("{refused}, explained = {{ 'policy respond-1' = [] }}"), "`explained`"),
            ("receive", format!("{refused}, letter = {{ kind = 'refusal' }}"), "`letter`"),
            ("receive", format!("{refused}, shows = {{ '/kind' = 'complaint' }}"), "`shows`"),
            ("receive", format!("{refused}, cautions = []"), "`cautions`"),
            ("respond", format!("{refused}, cautions = []"), "`cautions`"),
            ("respond", format!("{refused}, spawned = 'B'"), "`spawned`"),
        ] {
            let error = parse(&step(verb, &expect)).unwrap_err().to_string();
            assert!(error.starts_with(&format!("step 1, 2025-04-10 09:30 {verb}: {key}")), "{error}");
        }
        let error = parse(&step("acknowlege", "")).unwrap_err().to_string();
        assert!(error.contains("did you mean `acknowledge`?"), "{error}");
        for (verb, expect) in [("receive", refused), ("look", "phase = 'open'"), ("respond", "cautions = []")]
        {
            parse(&step(verb, expect)).unwrap();
        }
        parse(&step("respond", &format!("{refused}, phase = 'stage-1'"))).unwrap();
    }

    #[test]
    fn a_file_that_cannot_be_read_leaves_the_others() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("1.toml"), "title = ").unwrap();
        std::fs::write(folder.path().join("2.toml"), step("look", "")).unwrap();
        let read: Vec<bool> =
            load_folder(folder.path()).unwrap().iter().map(|(_, scenario)| scenario.is_ok()).collect();
        assert_eq!(read, [false, true]);
    }
}

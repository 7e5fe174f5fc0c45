//! How a scenario is written. `tests/scenarios/README.md` explains it to a policy officer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
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

/// Reads one scenario.
///
/// # Errors
/// When it cannot be read, or is not a scenario; the error names the file.
pub fn load(path: &Path) -> anyhow::Result<Scenario> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("reading {}", path.display()))
}

/// Reads every scenario below a folder, in order of their paths. Each goes with its path below the folder, without `.toml`.
///
/// # Errors
/// When a folder or file cannot be read, or a file is not a scenario.
pub fn load_folder(folder: &Path) -> anyhow::Result<Vec<(String, Scenario)>> {
    let mut paths = Vec::new();
    gather(folder, &mut paths)?;
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let below = path.strip_prefix(folder).unwrap_or(path).with_extension("");
            Ok((below.to_string_lossy().replace('\\', "/"), load(path)?))
        })
        .collect()
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

//! The file, the environment over it, and flags over both.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use config::{Config, ConfigError, File, FileFormat, Map, Source, Value};

use super::check::check;
use super::keys::ENVIRONMENT;
use super::problem::{Problem, WrongSettings};
use super::reader::{Reader, nearest};
use super::{LogFormat, Settings};

/// What can be set on the command line.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Arguments {
    /// The file with the settings; `redress.example.toml` has all of them, with what they mean.
    #[arg(long, env = "REDRESS_CONFIG")]
    pub config: Option<PathBuf>,
    /// The database, over the file and REDRESS_DATABASE_URL: `sqlite:redress.db`, or `postgres://user@host/database`.
    #[arg(long)]
    pub database: Option<String>,
    /// The address to listen on, over the file and REDRESS_LISTEN; port 0 takes a free one.
    #[arg(long)]
    pub listen: Option<String>,
    /// A folder of policy profiles to add to the built-in ones, over the file and REDRESS_POLICIES.
    #[arg(long)]
    pub policies: Option<String>,
}

impl Arguments {
    fn layer(&self) -> Layer {
        let flags = [
            ("--database", "database.url", &self.database),
            ("--listen", "http.listen", &self.listen),
            ("--policies", "rules.policies", &self.policies),
        ];
        let given = flags.into_iter().filter_map(|(flag, key, value)| Some((flag, key, value.clone()?)));
        Layer(given.collect())
    }
}

/// The variables that look like settings and are none, each with the nearest that is one: most often a slip of the pen, whose setting
/// then does not hold.
pub fn strays(names: impl Iterator<Item = String>) -> Vec<(String, &'static str)> {
    let known: BTreeSet<&'static str> =
        ENVIRONMENT.iter().map(|(name, _)| *name).chain(["REDRESS_CONFIG"]).collect();
    let stray = |name: &String| name.starts_with("REDRESS_") && !known.contains(name.as_str());
    names.filter(stray).map(|name| (name.clone(), nearest(&name, &known))).collect()
}

/// What holds, and how it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// What holds.
    pub settings: Settings,
    /// The same as a file would have it, without secrets.
    pub shown: String,
}

/// Reads all that is set. `environment` gives the value of a variable, where it is set.
///
/// # Errors
/// With everything that is wrong with it, policies, templates and issuers included.
pub fn load(
    arguments: &Arguments,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Loaded, WrongSettings> {
    let variables = ENVIRONMENT.iter().filter_map(|&(name, key)| Some((name, key, environment(name)?)));
    let mut layers = Config::builder();
    if let Some(file) = &arguments.config {
        layers = layers.add_source(File::from(file.as_path()).format(FileFormat::Toml));
    }
    let layers = layers.add_source(Layer(variables.collect())).add_source(arguments.layer());
    let set = layers.build().map_err(|error| unreadable(arguments.config.as_deref(), &error))?;
    let mut reader = Reader::new(set.cache);
    let settings = Settings::read(&mut reader);
    check(&settings, &mut reader);
    let (problems, lines) = reader.finish();
    if problems.is_empty() {
        let shown = shown(&settings, &lines);
        Ok(Loaded { settings, shown })
    } else {
        Err(WrongSettings(problems))
    }
}

fn unreadable(file: Option<&Path>, error: &ConfigError) -> WrongSettings {
    let key = file.map_or_else(|| "the configuration".to_owned(), |file| file.display().to_string());
    // A line of TOML is said back with where it breaks off, and may hold a password.
    let problem = match error {
        ConfigError::FileParse { .. } => syntax(file).unwrap_or_else(|| "is no TOML".to_owned()),
        _ => "cannot be read; name a file that is there".to_owned(),
    };
    WrongSettings(vec![Problem { key, origin: None, problem }])
}

/// Where a file stops being TOML, and why.
fn syntax(file: Option<&Path>) -> Option<String> {
    let text = std::fs::read_to_string(file?).ok()?;
    let error = toml::from_str::<toml::Table>(&text).err()?;
    let before = text.get(..error.span()?.start)?;
    Some(format!("is no TOML in line {}: {}", before.matches('\n').count() + 1, error.message()))
}

/// What holds as a file would have it. A database's address is shown without user, password and parameters.
fn shown(settings: &Settings, lines: &[(&'static str, String)]) -> String {
    let mut text = String::new();
    let mut concern = "";
    for (key, value) in lines {
        let (of, name) = key.split_once('.').unwrap_or(("", key));
        if of != concern {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}[{of}]");
            concern = of;
        }
        let _ = writeln!(text, "{name} = {value}");
    }
    for issuer in &settings.oidc.issuers {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let _ = writeln!(text, "\n[[oidc.issuers]]\nissuer = {}", quoted(&issuer.issuer));
        let _ = writeln!(text, "audience = {}", quoted(&issuer.audience));
        let _ = writeln!(text, "# and {} grants", issuer.grants.len());
    }
    text
}

impl Settings {
    /// The filter of the log, which has been looked at before.
    #[must_use]
    pub fn log_filter(&self) -> tracing_subscriber::EnvFilter {
        tracing_subscriber::EnvFilter::new(&self.log.filter)
    }

    /// Whether the log is for machines.
    #[must_use]
    pub fn logs_json(&self) -> bool {
        self.log.format == LogFormat::Json
    }
}

/// Settings that are each a string: the variable or flag, the key, the value.
#[derive(Debug, Clone)]
struct Layer(Vec<(&'static str, &'static str, String)>);

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        let set = self.0.iter().map(|(origin, key, value)| {
            ((*key).to_owned(), Value::new(Some(&(*origin).to_owned()), value.as_str()))
        });
        Ok(set.collect())
    }
}

//! `verify`: reports made again from their manifests and held against what is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::cases::From;
use super::each::{Console, Product};
use super::policies::Policies;
use crate::look::Looks;
use crate::source::{Snapshot, Source};
use crate::trust::{Known, Manifest, Verified, manifests, verify};
use crate::{Error, Result};

/// Makes every report of a folder again from its manifest and compares it byte for byte: the first difference in each file is named.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The folder; those below it are looked at as well.
    folder: PathBuf,
    #[command(flatten)]
    from: From,
    /// A file that reports were made with: answers, wording, a survey; may be given again. It is known by its contents.
    #[arg(long)]
    given: Vec<PathBuf>,
    /// The landlords' own templates, as for the reports.
    #[arg(long)]
    templates: Option<PathBuf>,
    #[command(flatten)]
    policies: Policies,
}

impl Verify {
    /// Says what differs, and gives the exit code.
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        match self.all(console) {
            Ok(code) => code,
            Err(error) => console.failed("", &error),
        }
    }

    fn all(&self, console: &mut Console<'_>) -> Result<u8> {
        let paths = manifests(&self.folder)?;
        if paths.is_empty() {
            return Err(Error::Given(format!("{}: no manifest is there", self.folder.display())));
        }
        let library = self.policies.library()?;
        let looks = Looks::load(&library, self.templates.as_deref(), self.policies.folder())?;
        let known = Known { library: &library, looks: &looks, files: &self.given };
        let origin = self.from.origin(None, &library, console)?;
        let mut snapshot = Snapshot::open(&origin)?;
        let mut sources: BTreeMap<String, Source> = BTreeMap::new();
        let (mut code, mut same) = (0, 0);
        for path in &paths {
            let name = path.strip_prefix(&self.folder).unwrap_or(path).display().to_string();
            let verified = Manifest::read(path).and_then(|manifest| {
                let landlord = &manifest.request.landlord;
                if !sources.contains_key(landlord) {
                    sources.insert(landlord.clone(), snapshot.source(landlord)?);
                }
                let source = &sources[landlord];
                let folder = path.parent().unwrap_or(Path::new(""));
                verify((folder, &manifest), source, &known)
            });
            let failed = match verified {
                Ok(verified) => {
                    same += verified.same;
                    console.differs(&name, &verified)
                }
                Err(error) => console.failed(&format!("{name}: "), &error),
            };
            code = if code == 0 { failed } else { code };
        }
        let said = format!("{same} files of {} reports are what their manifests say\n", paths.len());
        console.show(&Product::Text(said))?;
        Ok(code)
    }
}

impl Console<'_> {
    /// Says what is not as it was, and gives the exit code of the first.
    fn differs(&mut self, name: &str, verified: &Verified) -> u8 {
        for finding in &verified.findings {
            self.say(&format!("{name}: {}", finding.says));
        }
        verified.findings.first().map_or(0, |finding| finding.cause.exit_code())
    }
}

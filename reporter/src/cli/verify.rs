//! `verify`: reports made again from their manifests and held against what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;

use super::cases::From;
use super::each::{Console, Product};
use super::policies::Policies;
use crate::look::Looks;
use crate::make::Made;
use crate::publish::{list_that_differs, pages_that_differ, site_of, strangers_in, strangers_on};
use crate::source::{Snapshot, Source};
use crate::trust::{Again, Cause, Known, Manifest, Verified, manifests, verify};
use crate::{Error, Result};

/// Makes every report of a folder again from its manifest and compares it byte for byte: the first difference in each file is named.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The folder; those below it are looked at as well, and of a published site also the pages that lead to the years.
    folder: PathBuf,
    #[command(flatten)]
    from: From,
    /// A file that reports were made with: answers, wording, a survey, another policy's profile; may be given again. It is known by its contents.
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
        let snapshot = Snapshot::open(&origin)?;
        let mut by_folder: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
        for path in &paths {
            by_folder.entry(path.parent().unwrap_or(Path::new(""))).or_default().push(path);
        }
        let mut work =
            Work { root: &self.folder, known, snapshot, sources: BTreeMap::new(), code: 0, same: 0 };
        for (folder, paths) in &by_folder {
            work.folder(folder, paths, console)?;
        }
        let years: BTreeSet<&Path> =
            by_folder.keys().copied().filter(|folder| site_of(folder).is_some()).collect();
        let sites: BTreeSet<&Path> = years.iter().filter_map(|year| site_of(year)).collect();
        for site in sites.into_iter().filter(|site| site.starts_with(&self.folder)) {
            work.told(site, pages_that_differ(site)?, console);
            work.told(site, strangers_on(site, &years)?, console);
        }
        let said = format!("{} files of {} reports are what their manifests say\n", work.same, paths.len());
        console.show(&Product::Text(said))?;
        Ok(work.code)
    }
}

/// What is verified, and what came of it so far.
struct Work<'a> {
    root: &'a Path,
    known: Known<'a>,
    snapshot: Snapshot,
    /// The landlords' rows, each read once.
    sources: BTreeMap<String, Source>,
    code: u8,
    same: usize,
}

impl Work<'_> {
    /// The reports of a folder; and where it is a published year, what its list says of them.
    fn folder(&mut self, folder: &Path, paths: &[&Path], console: &mut Console<'_>) -> Result<()> {
        let mut reports: Vec<Again> = Vec::new();
        for path in paths {
            let name = self.name(path);
            let failed = match self.report(path) {
                Ok(again) => {
                    self.same += again.verified.same;
                    let failed = console.differs(&name, &again.verified);
                    reports.push(again);
                    failed
                }
                Err(error) => console.failed(&format!("{name}: "), &error),
            };
            self.failed(failed);
        }
        // Where a report cannot be made again that has been told, and it would only be missed in the list.
        let (true, Some(first), Some(_)) = (reports.len() == paths.len(), reports.first(), site_of(folder))
        else {
            return Ok(());
        };
        let made: Vec<&Made> = reports.iter().map(|again| &again.made).collect();
        let source = &self.sources[&first.request.landlord_id];
        let differs = list_that_differs(folder, source, (&first.request, &made))?;
        self.told(folder, differs, console);
        self.told(folder, strangers_in(folder, &made)?, console);
        Ok(())
    }

    fn report(&mut self, path: &Path) -> Result<Again> {
        let manifest = Manifest::read(path)?;
        let landlord = &manifest.request.landlord;
        if !self.sources.contains_key(landlord) {
            self.sources.insert(landlord.clone(), self.snapshot.source(landlord)?);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        verify((folder, &manifest), (&mut self.snapshot, &self.sources[landlord]), &self.known)
    }

    /// Says what is not as it was of the files of a folder that no manifest names.
    fn told(&mut self, folder: &Path, says: impl IntoIterator<Item = String>, console: &mut Console<'_>) {
        for says in says {
            console.say(&self.name(&folder.join(says)));
            self.failed(Cause::File.exit_code());
        }
    }

    /// A path as it is told.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(self.root).unwrap_or(path).display().to_string()
    }

    /// Keeps the exit code of the first that is not as it was.
    fn failed(&mut self, code: u8) {
        if self.code == 0 {
            self.code = code;
        }
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

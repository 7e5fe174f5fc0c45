//! One report after the other, landlord by landlord. That one landlord's fails does not keep the others' from being written.

use std::cell::RefCell;
use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use redress_shared::policy::{Library, Profile};

use super::common::Common;
use super::steps::Steps;
use crate::form::Assessment;
use crate::look::Look;
use crate::scan::Screen;
use crate::source::{Landlord, Origin, Snapshot, Source};
use crate::{Error, Request, Result, Span, Variant};

/// What is said of cases without the people in them.
pub(super) const NAMELESS: &str =
    "there are no names here to look for in what is published: give a file of them with --known";

/// A command that makes something of one landlord's cases.
pub(super) trait Report {
    /// Which landlords, and how.
    fn common(&self) -> &Common;

    /// Makes it of one landlord's.
    ///
    /// # Errors
    /// When it cannot be made or written; what an earlier run wrote then stays as it was.
    fn make(&self, about: &About<'_>) -> Result<Product>;
}

/// What a command has made.
pub(super) enum Product {
    /// Files, already written.
    Files(Vec<PathBuf>),
    /// Files, already written, that tell of so many faults in the data.
    Faulty(Vec<PathBuf>, usize),
    /// Text for standard output.
    Text(String),
}

impl Product {
    /// How many faults of the data it tells of.
    const fn faults(&self) -> usize {
        match self {
            Self::Faulty(_, faults) => *faults,
            Self::Files(_) | Self::Text(_) => 0,
        }
    }
}

/// One landlord, as a command is told of it.
pub(super) struct About<'a> {
    /// What the call says.
    pub(super) common: &'a Common,
    /// Where they are from.
    origin: &'a Origin,
    /// The same, for what is not among the landlord's rows.
    pub(super) snapshot: RefCell<&'a mut Snapshot>,
    /// The policies that are known.
    pub(super) library: &'a Library,
    /// The landlord's rows.
    pub(super) source: &'a Source,
    /// The profile of its policy, where the policy is known.
    pub(super) profile: Option<&'a Profile>,
    /// How its reports look.
    look: Look,
    /// What is said beside the report, on standard error.
    aside: RefCell<Vec<String>>,
}

/// The version of a landlord's policy that was in force on the last day of a period, or on the report's date while it runs. Where no version
/// that is known covers the day it is the one that the landlord goes by now, and what is said of that comes with it.
///
/// # Errors
/// When the period lies outside the calendar.
pub(super) fn policy_of<'a>(
    library: &'a Library,
    present: Option<&'a Profile>,
    (span, as_of): (&Span, NaiveDate),
) -> Result<(Option<&'a Profile>, Option<String>)> {
    let windows = span.windows()?;
    let (Some(present), Some(window)) = (present, windows.first()) else { return Ok((None, None)) };
    Ok(match library.in_force(&present.landlord.id, window.period.last.min(as_of)) {
        Ok(in_force) => (Some(in_force), None),
        Err(error) => {
            let said = format!("{error}; the report goes by the present one, {}", present.policy.id);
            (Some(present), Some(said))
        }
    })
}

/// What is said where nobody knows the policy.
pub(super) fn unknown_policy(landlord: &Landlord) -> String {
    format!("its policy, {}, is not known: the report says nothing of it", landlord.policy_id)
}

/// What lies beside a report under its name, in formats that this run did not write: it is of an earlier run, and no longer the same.
fn left_standing(written: &[PathBuf]) -> Vec<PathBuf> {
    let Some(first) = written.first() else { return Vec::new() };
    let bare = first.with_extension("");
    let formats = [bare.with_extension("html"), bare.with_extension("json"), bare];
    formats.into_iter().filter(|path| path.exists() && !written.contains(path)).collect()
}

impl About<'_> {
    /// Says something beside the report.
    pub(super) fn warn(&self, what: String) {
        self.aside.borrow_mut().push(what);
    }

    /// What is looked for in what is published: whoever is on record as well, where the cases are from a database.
    fn screen(&self) -> Result<Screen> {
        let shown = &self.common.shown;
        if self.common.variant() != Variant::Published {
            return shown.screen(Some(Vec::new()), Vec::new());
        }
        let (mut snapshot, landlord) = (self.snapshot.borrow_mut(), &self.source.landlord.landlord_id);
        let screen = shown.screen(snapshot.people(landlord)?, snapshot.references(landlord)?)?;
        if screen.is_nameless {
            self.warn(NAMELESS.to_owned());
        }
        Ok(screen)
    }

    /// A request for a report on a period, with everything that the call says.
    ///
    /// # Errors
    /// When the period lies outside the calendar.
    pub(super) fn request(&self, span: Span) -> Result<Request> {
        let Common { writing, as_of, .. } = self.common;
        let (profile, said) = policy_of(self.library, self.profile, (&span, *as_of))?;
        self.aside.borrow_mut().extend(said);
        let assessment = Assessment::of(&span, profile, self.library)?;
        Ok(Request {
            variant: self.common.variant(),
            choices: self.common.choices(),
            formats: writing.formats(),
            look: self.look.clone(),
            evidence: self.common.evidence,
            screen: self.screen()?,
            assessment,
            policy: profile.cloned(),
            demonstration: self.common.shown.demonstration,
            ..Request::new(self.origin, &writing.out, &self.source.landlord.landlord_id, span, *as_of)?
        })
    }
}

/// Where a run says what it has to say.
pub(super) struct Console<'a> {
    /// Paths, and texts that were asked for.
    pub(super) out: &'a mut dyn Write,
    /// Everything else.
    pub(super) errors: &'a mut dyn Write,
    /// What is being done.
    pub(super) steps: &'a Steps,
}

impl Console<'_> {
    /// Says what went wrong, and gives the exit code.
    pub(super) fn failed(&mut self, whose: &str, error: &Error) -> u8 {
        self.say(&format!("error: {whose}{error}"));
        error.exit_code()
    }

    /// Says something that is no path.
    pub(super) fn say(&mut self, what: &str) {
        // Where not even that can be said, the code has to do.
        let _ = self.steps.aside(|| writeln!(self.errors, "{what}"));
    }

    /// Says how many faults were found in the data, and gives the exit code: that of rows that do not add up.
    fn faulty(&mut self, whose: &str, faults: usize) -> u8 {
        self.say(&format!("error: {whose}faults in the case data: {faults}"));
        Error::Unreconciled(Vec::new()).exit_code()
    }

    /// Prints what was made: a text, or the paths of what was written.
    pub(super) fn show(&mut self, product: &Product) -> Result<()> {
        let shown = self.steps.aside(|| match product {
            Product::Files(paths) | Product::Faulty(paths, _) => {
                paths.iter().try_for_each(|path| writeln!(self.out, "{}", path.display()))
            }
            Product::Text(text) => self.out.write_all(text.as_bytes()),
        });
        shown.map_err(Error::Output)
    }
}

/// Makes a command's reports, and gives the exit code. The landlords that have none are named once more at the end.
pub(super) fn run(report: &dyn Report, console: &mut Console<'_>) -> u8 {
    let code = all(report, console);
    console.steps.end();
    code.unwrap_or_else(|error| console.failed("", &error))
}

fn all(report: &dyn Report, console: &mut Console<'_>) -> Result<u8> {
    let common = report.common();
    let library = common.policies.library()?;
    let looks = common.writing.looks(&library, &common.policies)?;
    let origin = common.cases.origin(&library, console)?;
    console.steps.doing("opening the cases");
    let mut snapshot = Snapshot::open(&origin)?;
    let landlords = common.cases.landlords(&mut snapshot)?;
    console.steps.begin(landlords.len());
    let (mut code, mut without) = (0, Vec::new());
    for landlord in &landlords {
        let id = &landlord.landlord_id;
        console.steps.doing(&format!("{id}: reading the cases"));
        let made = snapshot.source(id).and_then(|source| {
            console.steps.doing(&format!("{id}: measuring {} cases", source.cases.len()));
            let profile = library.by_id(&landlord.policy_id);
            let unknown = profile.is_err().then(|| unknown_policy(landlord));
            let (library, origin, profile) = (&library, &origin, profile.ok());
            let aside = RefCell::new(unknown.into_iter().collect());
            let snapshot = RefCell::new(&mut snapshot);
            let look = looks.on(common.as_of, landlord, library);
            let about = About { common, origin, snapshot, library, source: &source, profile, look, aside };
            let made = report.make(&about);
            if let Ok(Product::Files(written)) = &made {
                for stale in left_standing(written) {
                    about.warn(format!(
                        "{} is of an earlier run, and this one did not write it",
                        stale.display()
                    ));
                }
            }
            for said in about.aside.take() {
                // Where not even that can be said, the report itself has to do.
                let _ = console.steps.aside(|| writeln!(console.errors, "warning: {id}: {said}"));
            }
            made
        });
        let whose = if landlords.len() > 1 { format!("{id}: ") } else { String::new() };
        let found = match made.and_then(|product| console.show(&product).map(|()| product.faults())) {
            Ok(0) => 0,
            Ok(faults) => console.faulty(&whose, faults),
            Err(error) => {
                without.push(id.as_str());
                console.failed(&whose, &error)
            }
        };
        code = if code == 0 { found } else { code };
        console.steps.one_done();
    }
    if landlords.len() > 1 && !without.is_empty() {
        let (missing, all) = (without.len(), landlords.len());
        let named = without.join(", ");
        let _ = writeln!(console.errors, "error: {missing} of {all} landlords have no new report: {named}");
    }
    Ok(code)
}

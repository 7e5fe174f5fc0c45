//! `all`: every landlord's reports that are due, on every core.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use chrono::NaiveDate;
use clap::Args;
use redress_shared::policy::Library;

use super::cases::From;
use super::each::{Console, NAMELESS, Product, policy_of, unknown_policy};
use super::policies::Policies;
use super::shown::Shown;
use super::writing::Writing;
use crate::cores;
use crate::due::due;
use crate::form::Assessment;
use crate::look::Looks;
use crate::make;
use crate::measured::Counted;
use crate::output::Hold;
use crate::source::{Landlord, Origin, Snapshot, Source};
use crate::{Beside, Error, Request, Result};

/// Writes every report that is due on a date, of every landlord: annual reports and the regulator's measures of the last year that is
/// over, committees' reports of the last quarter. One landlord whose reports fail does not keep the others' from being written.
#[derive(Debug, Args)]
pub(super) struct All {
    /// The reports' date.
    #[arg(long)]
    as_of: NaiveDate,
    #[command(flatten)]
    from: From,
    #[command(flatten)]
    policies: Policies,
    #[command(flatten)]
    writing: Writing,
    #[command(flatten)]
    shown: Shown,
}

/// What all threads work on.
struct Work<'a> {
    call: &'a All,
    origin: &'a Origin,
    library: &'a Library,
    looks: Looks,
    hold: Hold<'a>,
    snapshot: Mutex<Snapshot>,
}

impl All {
    /// Writes the reports, and gives the exit code.
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let code = self.every(console);
        console.steps.end();
        code.unwrap_or_else(|error| console.failed("", &error))
    }

    fn every(&self, console: &mut Console<'_>) -> Result<u8> {
        let library = self.policies.library()?;
        let origin = self.from.origin(None, &library, console)?;
        let began = Instant::now();
        let mut snapshot = Snapshot::open(&origin)?;
        let landlords = snapshot.landlords()?;
        let work = Work {
            call: self,
            origin: &origin,
            library: &library,
            looks: self.writing.looks(&library, &self.policies)?,
            // Held by all threads together: their reports have names of their own, and do not wait for each other.
            hold: Hold::of(&self.writing.out)?,
            snapshot: Mutex::new(snapshot),
        };
        // What is read is read one after the other, all as it stood at one moment.
        let made = cores::each(&landlords, |landlord| work.landlord(landlord));
        let (mut code, mut reports, mut without) = (0, 0, Vec::new());
        for (landlord, made) in landlords.iter().zip(made) {
            let id = landlord.landlord_id.as_str();
            reports += made.reports;
            console.show(&Product::Files(made.paths))?;
            for said in &made.said {
                console.say(&format!("warning: {id}: {said}"));
            }
            if let Some(error) = made.failed {
                let failed = console.failed(&format!("{id}: "), &error);
                code = if code == 0 { failed } else { code };
                without.push(id);
            }
        }
        self.sum_up(console, (landlords.len(), reports, &without), began);
        Ok(code)
    }

    fn sum_up(
        &self,
        console: &mut Console<'_>,
        (landlords, reports, without): (usize, usize, &[&str]),
        began: Instant,
    ) {
        let milliseconds = began.elapsed().as_millis().max(1);
        let tenths = u128::try_from(reports).unwrap_or(0) * 10_000 / milliseconds;
        console.say(&format!(
            "{reports} reports of {landlords} landlords, {}.{} a second",
            tenths / 10,
            tenths % 10
        ));
        if !without.is_empty() {
            let (missing, named) = (without.len(), without.join(", "));
            console.say(&format!("error: {missing} of {landlords} landlords lack reports: {named}"));
        }
    }
}

/// What came of one landlord.
#[derive(Default)]
struct OfLandlord {
    reports: usize,
    paths: Vec<PathBuf>,
    /// What is said beside them.
    said: Vec<String>,
    failed: Option<Error>,
}

impl Work<'_> {
    fn landlord(&self, landlord: &Landlord) -> OfLandlord {
        let mut made = OfLandlord::default();
        made.failed = self.reports(landlord, &mut made).err();
        made
    }

    fn reports(&self, landlord: &Landlord, made: &mut OfLandlord) -> Result<()> {
        let source = self.read(&landlord.landlord_id)?;
        let profile = self.library.by_id(&landlord.policy_id).ok();
        made.said.extend(profile.is_none().then(|| unknown_policy(landlord)));
        let people = self.locked().people(&landlord.landlord_id)?;
        let references = self.locked().references(&landlord.landlord_id)?;
        let All { as_of, writing, shown, .. } = self.call;
        let screen = shown.screen(people, references)?;
        made.said.extend(screen.is_nameless.then(|| NAMELESS.to_owned()));
        let mut requests = Vec::new();
        for due in due(profile, *as_of)? {
            let (policy, said) = policy_of(self.library, profile, (&due.span, *as_of))?;
            made.said.extend(said.filter(|said| !made.said.contains(said)));
            let assessment = Assessment::of(&due.span, policy, self.library)?;
            let request = Request {
                assessment,
                variant: due.variant,
                demonstration: shown.demonstration,
                screen: screen.clone(),
                formats: writing.formats(),
                policy: policy.cloned(),
                look: self.looks.on(*as_of, landlord, self.library),
                ..Request::new(self.origin, &writing.out, &landlord.landlord_id, due.span, *as_of)?
            };
            requests.push((due.kind, request));
        }
        let all: Vec<&Request> = requests.iter().map(|(_, request)| request).collect();
        let counted = Counted::ready(&source, &all)?;
        let draw = |(kind, request): &(make::Kind, Request)| {
            make::of_counted(*kind, &counted, request, Beside::default())
        };
        for report in cores::each(&requests, draw) {
            made.paths.extend(make::put(report?, &self.hold)?);
            made.reports += 1;
        }
        Ok(())
    }

    fn read(&self, landlord_id: &str) -> Result<Source> {
        self.locked().source(landlord_id)
    }

    fn locked(&self) -> MutexGuard<'_, Snapshot> {
        // A thread that stopped while it read has left nothing half done: nothing is ever written.
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

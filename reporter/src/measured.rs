//! What reports are drawn from: a landlord's rows, placed and counted once for all its reports of a date, and counted together with
//! those of other landlords.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use redress_shared::measure::InTime;

use crate::cores;
use crate::error::{Error, Result};
use crate::frames::{self, Frames, Ledger, NOW, Scope, Slots};
use crate::request::{Request, Variant};
use crate::scan::Needles;
use crate::source::Source;
use crate::tables::Tables;
use crate::trust::Inputs;

/// A landlord's rows, placed in time and not yet counted.
#[derive(Debug)]
pub struct Placed<'a> {
    given: &'a Source,
    source: Cow<'a, Source>,
    joined: Scope,
    ledger: Ledger,
    frames: Frames,
}

impl<'a> Placed<'a> {
    /// The rows for these reports, which have one date and one reading.
    ///
    /// # Errors
    /// When they have not, or there is no report. Faults of the data show with the report.
    pub fn of(source: &'a Source, requests: &[&Request]) -> Result<Self> {
        let scopes: Vec<Scope> =
            requests.iter().map(|request| request.scope(&source.calendar)).collect::<Result<_>>()?;
        let none = || Error::Request("there is no report to place the rows for".to_owned());
        let joined = Scope::joined(&scopes)?.ok_or_else(none)?;
        let is_named = requests.iter().any(|request| request.evidence);
        let mut ledger = if is_named { Ledger::naming() } else { Ledger::default() };
        let (given, source) = (source, source.as_known_on(joined.as_of));
        let frames = frames::build(&source, &joined, &mut ledger)?;
        Ok(Self { given, source, joined, ledger, frames })
    }
}

/// A landlord's rows, placed and counted: any of the reports that they were placed for can be made of them.
#[derive(Debug)]
pub struct Counted<'a> {
    placed: Placed<'a>,
    tables: Tables,
    inputs: OnceLock<Inputs>,
    called: OnceLock<Needles>,
}

impl<'a> Counted<'a> {
    /// Counts the rows of some landlords, each table in one query.
    ///
    /// # Errors
    /// When the counting fails.
    pub fn of_each(placed: Vec<Placed<'a>>) -> Result<Vec<Self>> {
        let frames: Vec<&Frames> = placed.iter().map(|placed| &placed.frames).collect();
        let tables = Tables::of_each(&frames)?;
        Ok(placed
            .into_iter()
            .zip(tables)
            .map(|(placed, tables)| Self { placed, tables, inputs: OnceLock::new(), called: OnceLock::new() })
            .collect())
    }

    /// Counts the rows of one landlord.
    ///
    /// # Errors
    /// As [`Placed::of`] and [`Counted::of_each`].
    pub fn of(source: &'a Source, requests: &[&Request]) -> Result<Self> {
        let none = || Error::Request("there is no report to count the rows for".to_owned());
        Self::of_each(vec![Placed::of(source, requests)?])?.pop().ok_or_else(none)
    }

    /// As [`Counted::of`], on every core that is free: beside it, what manifests tell of the rows is worked out, and what nothing
    /// published may hold is gathered.
    ///
    /// # Errors
    /// As [`Counted::of`] and [`Counted::inputs`].
    pub fn ready(source: &'a Source, requests: &[&Request]) -> Result<Self> {
        let is_published = requests.iter().any(|request| request.variant == Variant::Published);
        let gather = || is_published.then(|| Needles::of_source(source));
        let (counted, (inputs, called)) =
            cores::both(|| Self::of(source, requests), || (Inputs::of(source), gather()));
        let counted = counted?;
        let called = called.map_or_else(OnceLock::new, OnceLock::from);
        Ok(Self { inputs: OnceLock::from(inputs?), called, ..counted })
    }

    /// The rows as they were given.
    #[must_use]
    pub fn given(&self) -> &'a Source {
        self.placed.given
    }

    /// What tells these rows from all others, worked out once for all reports.
    ///
    /// # Errors
    /// As [`Inputs::of`].
    pub fn inputs(&self) -> Result<&Inputs> {
        if let Some(known) = self.inputs.get() {
            return Ok(known);
        }
        let inputs = Inputs::of(self.placed.given)?;
        Ok(self.inputs.get_or_init(|| inputs))
    }

    /// What the rows call cases and staff, gathered once for all reports: none of it is published.
    pub(crate) fn called(&self) -> &Needles {
        self.called.get_or_init(|| Needles::of_source(self.placed.given))
    }

    /// The rows as they were known on the reports' date.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.placed.source
    }

    /// What one of the reports is drawn from, once every row is accounted for.
    ///
    /// # Errors
    /// [`Error::Unreconciled`] when the rows do not add up.
    pub fn measured(&self, request: &Request) -> Result<Measured> {
        let Placed { source, joined, ledger, frames, .. } = &self.placed;
        let scope = request.scope(&source.calendar)?;
        let slots = Arc::new(Slots::of(joined, &scope));
        let mut ledger = ledger.of_report(&slots);
        frames::place_stock(source, &scope, &mut ledger);
        let tables = self.tables.of_report(&slots)?;
        tables.reconcile(&scope, &mut ledger);
        let now = |by_slot: &BTreeMap<&'static str, u64>| {
            let own = slots.iter().filter(|slot| slot.window == Some(NOW));
            own.filter_map(|slot| by_slot.get(slot.name)).sum()
        };
        let (complainants, residents) = (now(&frames.complainants), now(&frames.residents));
        refuse_more_than(complainants, &tables, &mut ledger);
        ledger.settle()?;
        let still = [("window", NOW), ("in_time", InTime::OpenWithinTime.word())];
        let within_time = tables.clocks.rows(&still);
        Ok(Measured { scope, tables, ledger, within_time, complainants, residents })
    }
}

/// What a report is drawn from, besides the rows.
#[derive(Debug)]
pub struct Measured {
    /// Periods, date, choices.
    pub scope: Scope,
    /// The counts.
    pub tables: Tables,
    /// Where each row went.
    pub ledger: Ledger,
    /// Stages of the period that can still be answered in time.
    pub within_time: u64,
    /// Residents behind the complaints received in the period.
    pub complainants: u64,
    /// Residents behind the stage 1 complaints.
    pub residents: u64,
}

/// More answers than residents are a fault of the data: what is left for those who told nothing would be below nothing.
fn refuse_more_than(complainants: u64, tables: &Tables, ledger: &mut Ledger) {
    let table = &tables.equality;
    for characteristic in table.words("characteristic", &[("window", NOW)]) {
        let told = table.sum(&[("window", NOW), ("characteristic", &characteristic)]);
        if told > complainants {
            let fault = format!("{told} residents told it, of {complainants} who complained");
            ledger.fault("report_equality", &characteristic, &fault);
        }
    }
}

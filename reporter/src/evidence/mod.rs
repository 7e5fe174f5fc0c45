//! The cases behind every figure.
//!
//! Some cases are chosen that between them have every row of every table: the witnesses. The report is drawn of them, and once more with
//! a twin of each case of the landlord's beside them. What a figure then is more than of the witnesses alone is the case's part in it.
//! So every figure has its evidence, however it is worked out, and the evidence is proved by adding up: all parts, and what is there
//! without any case, are the figure that is printed. A figure that is ranked and not added up, as a median is, has for its parts what it
//! would be of each case alone.

mod amount;
mod files;

use std::collections::{BTreeMap, BTreeSet};

use crate::cores;
use crate::error::{Error, Result};
use crate::frames::LeftOut;
use crate::make::{self, Kind};
use crate::request::{Request, Variant};
use crate::source::{Case, Source};
use crate::views::{Beside, Document};
use amount::{Amount, Amounts, amount, amounts, over, tables};
use files::named_apart;

/// A case's part in a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    case_id: String,
    reference: String,
    amount: Amount,
}

/// A figure, with all that stands behind it.
#[derive(Debug, Clone)]
struct Figure {
    id: String,
    file: String,
    table: String,
    row: String,
    column: String,
    printed: String,
    definition: String,
    is_ranked: bool,
    whole: Amount,
    without_cases: Amount,
    parts: Vec<Part>,
}

/// The cases behind the figures of a report.
#[derive(Debug, Clone)]
pub struct Evidence {
    figures: Vec<Figure>,
    left_out: Vec<LeftOut>,
}

/// Finds the cases behind every figure of a document.
///
/// # Errors
/// When the report cannot be drawn of a case alone, or the cases behind a figure do not add up to it.
pub(crate) fn gather(
    (kind, source, request, beside): (Kind, &Source, &Request, Beside<'_>),
    document: &Document,
    left_out: &[LeftOut],
) -> Result<Evidence> {
    // What people answered says nothing of single cases, and would be held against their figures.
    let alone = Request {
        variant: Variant::Committee,
        assessment: None,
        policy: None,
        evidence: false,
        with_rare: true,
        ..request.clone()
    };
    let apart = source.by_case();
    let drawn =
        |source: &Source| make::document(kind, source, &alone, beside).map(|document| amounts(&document));
    let without_cases = drawn(&apart.others)?;
    let cases: Vec<&Source> = apart.cases.values().collect();
    let of_each = |rows: &(dyn Fn(&Source) -> Source + Sync), over_what: &Amounts| {
        let amounts = cores::each(&cases, |case| Ok(over(drawn(&rows(case))?, over_what)));
        amounts.into_iter().collect::<Result<Vec<Amounts>>>()
    };
    let alone = of_each(&|case| apart.others.with(case), &without_cases)?;
    let witnesses = witnesses(&cases, &alone).fold(apart.others.clone(), |rows, case| rows.with(case));
    let with_witnesses = drawn(&witnesses)?;
    let parts = of_each(&|case| witnesses.with(&case.twin()), &with_witnesses)?;
    let mut figures = figures(document, &without_cases);
    add_parts(&mut figures, &cases, &parts);
    let ranked = figures.values().filter(|figure| figure.is_ranked);
    let mut anew: BTreeMap<String, Figure> =
        ranked.map(|figure| (figure.id.clone(), figure.bare())).collect();
    add_parts(&mut anew, &cases, &alone);
    figures.extend(anew);
    proved(&figures)?;
    let name = |part: &Part| (part.reference.clone(), part.case_id.clone());
    figures.values_mut().for_each(|figure| figure.parts.sort_by_key(name));
    let mut left_out = left_out.to_vec();
    left_out.sort();
    Ok(Evidence { figures: named_apart(figures.into_values().collect()), left_out })
}

/// Evidence that does not add up is none: the report fails as one does whose rows are in no figure.
fn proved(figures: &BTreeMap<String, Figure>) -> Result<()> {
    let unproved = figures.values().filter(|figure| !figure.is_ranked && !figure.adds_up());
    let faults: Vec<String> = unproved
        .map(|figure| format!("{} is {}, and its cases come to something else", figure.id, figure.printed))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Unreconciled(faults)) }
}

/// The cases, one after the other, that have a figure which none before them had.
fn witnesses<'a>(cases: &'a [&'a Source], alone: &'a [Amounts]) -> impl Iterator<Item = &'a Source> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    cases.iter().zip(alone).filter_map(move |(case, figures)| {
        let before = seen.len();
        seen.extend(figures.keys().map(String::as_str));
        (seen.len() > before).then_some(*case)
    })
}

fn add_parts(figures: &mut BTreeMap<String, Figure>, cases: &[&Source], amounts: &[Amounts]) {
    for (case, amounts) in cases.iter().zip(amounts) {
        let (case_id, reference) = named(&case.cases);
        for (id, amount) in amounts {
            if let Some(figure) = figures.get_mut(id) {
                let (case_id, reference) = (case_id.clone(), reference.clone());
                figure.parts.push(Part { case_id, reference, amount: *amount });
            }
        }
    }
}

fn named(cases: &[Case]) -> (String, String) {
    let name = |case: &Case| (case.case_id.clone(), case.reference.clone().unwrap_or_default());
    cases.first().map(name).unwrap_or_default()
}

fn figures(document: &Document, without_cases: &Amounts) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    for table in tables(document) {
        for row in &table.rows {
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                let Some(whole) = amount(cell) else { continue };
                let figure = Figure {
                    id: cell.figure.clone(),
                    file: String::new(),
                    table: table.caption.clone(),
                    row: row.heading.clone(),
                    column: column.heading.clone(),
                    printed: cell.text.clone(),
                    definition: cell.definition.clone(),
                    is_ranked: cell.is_ranked,
                    whole,
                    without_cases: without_cases.get(&cell.figure).copied().unwrap_or_default(),
                    parts: Vec::new(),
                };
                figures.insert(cell.figure.clone(), figure);
            }
        }
    }
    figures
}

impl Figure {
    /// Whether the parts of the cases, with what is there without any, are what is printed.
    fn adds_up(&self) -> bool {
        let counted: i128 = self.parts.iter().map(|part| part.amount.counted).sum();
        let out_of: i128 = self.parts.iter().filter_map(|part| part.amount.out_of).sum();
        self.without_cases.counted + counted == self.whole.counted
            && self.without_cases.out_of.unwrap_or_default() + out_of == self.whole.out_of.unwrap_or_default()
    }

    /// The same without its parts.
    fn bare(&self) -> Self {
        Self { parts: Vec::new(), ..self.clone() }
    }
}

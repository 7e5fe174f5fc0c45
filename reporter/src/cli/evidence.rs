//! `evidence`: the cases behind one figure, on standard output.

use chrono::NaiveDate;
use clap::{ArgGroup, Args};
use redress_shared::measure::{Period, Quarter, ReportingYear};

use super::common::Common;
use super::each::{About, Product, Report};
use crate::make::Kind;
use crate::{Error, Request, Result, Span, Variant};

/// Prints the cases behind one figure of a report as CSV, or the names of its figures.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("period").required(true).multiple(false))]
pub(super) struct Evidence {
    /// The report that the figure is in.
    #[arg(long, value_enum)]
    report: Kind,
    /// The figure's name, as `data-figure` has it on the page: tsm.ch01-1.lcra. Without it, the names of all that have cases.
    #[arg(long)]
    figure: Option<String>,
    /// The year from 1 April, as 2025-26.
    #[arg(long, value_parser = ReportingYear::parse, group = "period")]
    year: Option<ReportingYear>,
    /// The quarter of the financial year, as 2025-Q3.
    #[arg(long, value_parser = Quarter::parse, group = "period")]
    quarter: Option<Quarter>,
    /// The first day of any other range.
    #[arg(long, requires = "to", group = "period")]
    from: Option<NaiveDate>,
    /// Its last day.
    #[arg(long, requires = "from")]
    to: Option<NaiveDate>,
    #[command(flatten)]
    common: Common,
}

impl Evidence {
    fn span(&self) -> Result<Span> {
        match (self.year, self.quarter, self.from, self.to) {
            (Some(year), ..) => Ok(Span::Year(year)),
            (None, Some(quarter), ..) => Ok(Span::Quarter(quarter)),
            (None, None, Some(from), Some(to)) => Ok(Span::Range(Period::range(from, to)?)),
            _ => Err(Error::Request("give a year, a quarter, or a first and a last day".to_owned())),
        }
    }
}

impl Report for Evidence {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        // What is asked for is references: so it is the committee's variant, whatever is said of the report.
        let request = Request { variant: Variant::Committee, ..about.request(self.span()?)? };
        let evidence = crate::evidence_of(self.report, about.source, &request)?;
        let Some(figure) = &self.figure else {
            return Ok(Product::Text(evidence.ids().map(|id| format!("{id}\n")).collect()));
        };
        let none = || Error::Request(format!("the report has no figure \"{figure}\""));
        let csv = evidence.of(figure).ok_or_else(none)??;
        Ok(Product::Text(String::from_utf8_lossy(&csv).into_owned()))
    }
}

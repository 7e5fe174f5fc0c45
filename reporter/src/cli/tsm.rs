//! `tsm`: the regulator's measures on complaints.

use std::path::PathBuf;

use clap::Args;
use redress_shared::measure::ReportingYear;

use super::annual::left_out;
use super::common::Common;
use super::each::{About, Product, Report};
use super::files::by_contents;
use crate::trust::GivenKind;
use crate::{Beside, Excluded, Request, Result, Span, given};

/// The Tenant Satisfaction Measures on complaints (CH01, CH02, TP09), as the regulator's return wants them, beside the sector's.
#[derive(Debug, Args)]
pub(super) struct Tsm {
    /// The year from 1 April, as 2025-26.
    #[arg(long, value_parser = ReportingYear::parse)]
    year: ReportingYear,
    /// A figure the regulator left out, as CH02(1):lcra; may be given again.
    #[arg(long, value_parser = left_out)]
    left_out: Vec<Excluded>,
    /// The perception survey, a CSV file of `stock,answer,count`: lcra or lcho; very-satisfied, fairly-satisfied, neither,
    /// fairly-dissatisfied, very-dissatisfied; a count, which may be weighted. Without it TP09 is worked out from the answers that were
    /// given after a stage was closed.
    #[arg(long, conflicts_with = "all")]
    survey: Option<PathBuf>,
    /// The regulator's published data, for peers of like size: a CSV file with the columns
    /// `landlord,stock,homes,ch01_1_pub,ch02_1_pub,ch01_2_pub,ch02_2_pub`.
    #[arg(long)]
    sector: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

impl Report for Tsm {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let survey = self.survey.as_deref().map(given::survey).transpose()?;
        let published = self.sector.as_deref().map(given::published).transpose()?;
        let beside = Beside { survey: survey.as_ref(), published: published.as_deref() };
        let request = Request { excluded: self.left_out.clone(), ..about.request(Span::Year(self.year))? };
        let files = [(GivenKind::Survey, &self.survey), (GivenKind::Sector, &self.sector)];
        let given =
            files.iter().filter_map(|(kind, path)| path.as_ref().map(|path| by_contents(*kind, path)));
        let request = Request { given: given.collect::<Result<_>>()?, ..request };
        crate::tsm_of(about.source, &request, beside).map(Product::Files)
    }
}

//! `publish`: a year as a folder for the landlord's website.

use std::path::PathBuf;

use clap::Args;

use super::common::Common;
use super::each::{About, Product, Report};
use super::files::{Files, by_contents};
use super::in_year::InYear;
use crate::trust::GivenKind;
use crate::{Beside, Request, Result, given};

/// Publishes a year: annual report, self-assessment and the regulator's measures in a folder fit to go on a website, with pages that
/// lead to all years. What is still wanted is told all at once, and then nothing is written.
#[derive(Debug, Args)]
pub(super) struct Publish {
    #[command(flatten)]
    year: InYear,
    #[command(flatten)]
    files: Files,
    /// The perception survey, as for `tsm`.
    #[arg(long, conflicts_with = "all")]
    survey: Option<PathBuf>,
    /// Why it is published before all answers can be in; the pages say so.
    #[arg(long)]
    provisional_reason: Option<String>,
    /// Publish although nobody's name or home can be looked for: the cases of an extract or a service have none, and no file of them is
    /// given with --known.
    #[arg(long)]
    without_names: bool,
    #[command(flatten)]
    common: Common,
}

impl Publish {
    /// The reason, where it says something.
    fn provisional_reason(&self) -> Option<String> {
        self.provisional_reason.clone().filter(|reason| !reason.trim().is_empty())
    }
}

impl Report for Publish {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let survey = self.survey.as_deref().map(given::survey).transpose()?;
        let beside = Beside { survey: survey.as_ref(), published: None };
        let mut request =
            self.files.read_into(about, about.request(self.year.span(&about.source.landlord)?)?)?;
        request
            .given
            .extend(self.survey.as_ref().map(|path| by_contents(GivenKind::Survey, path)).transpose()?);
        request.screen.is_nameless &= !self.without_names;
        let request = Request { provisional_reason: self.provisional_reason(), ..request };
        crate::publish(about.source, &request, beside).map(Product::Files)
    }
}

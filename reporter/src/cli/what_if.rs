//! `what-if`: the same cases under another policy or another edition of the Code.

use clap::{ArgGroup, Args};
use redress_shared::code::Code;
use redress_shared::measure::ReportingYear;

use super::common::Common;
use super::each::{About, Product, Report};
use super::over::Over;
use super::policies::profile;
use crate::{Error, Instead, Result, Span};

/// Measure the same cases under another policy, or another edition of the Code, beside what they were: a policy under consultation, say.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("instead").required(true).multiple(true))]
pub(super) struct WhatIf {
    /// The policy for all cases: its id, or the path of a profile.
    #[arg(long, group = "instead")]
    policy: Option<String>,
    /// The edition of the Code for all cases: 2022 or 2024.
    #[arg(long, group = "instead")]
    code: Option<String>,
    /// The year from 1 April, as 2025-26.
    #[arg(long, value_parser = ReportingYear::parse, group = "period")]
    year: Option<ReportingYear>,
    #[command(flatten)]
    over: Over,
    #[command(flatten)]
    common: Common,
}

impl Report for WhatIf {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let span = self.year.map_or_else(|| self.over.span(), |year| Ok(Span::Year(year)))?;
        let policy = self.policy.as_ref().map(|policy| profile(about.library, policy)).transpose()?;
        let code = self.code.as_ref().map(|id| Code::embedded(id)).transpose();
        let code = code.map_err(|error| Error::Request(error.to_string()))?;
        let instead = Instead { library: about.library, policy: policy.as_ref(), code };
        let request = about.request(span)?;
        let snapshot = &mut *about.snapshot.borrow_mut();
        crate::what_if_of(snapshot, about.source, &request, instead).map(Product::Files)
    }
}

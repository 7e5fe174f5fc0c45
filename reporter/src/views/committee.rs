//! The periodic report to those who answer for complaints: what the Code wants them to see (9.7), a page of summary first.

use std::collections::BTreeMap;

use redress_shared::policy::Profile;
use redress_shared::policy::vocabulary::ReportKind;

use super::document::{Document, document};
use super::explained::explain;
use super::{ChartView, Report, TableView, charts, policy};
use crate::basis::basis;
use crate::request::Request;

/// The report to a committee.
#[must_use]
pub fn committee(report: &Report<'_>, request: &Request) -> Document {
    let mut document = document(report, request, "Complaints report to committee");
    document.readers = request.policy.as_ref().map(readers).unwrap_or_default();
    document.attention = report.attention();
    document.changes = report.changes();
    document.tables.extend([
        ("per_thousand", report.per_thousand_homes()),
        ("areas", report.areas()),
        ("services", report.services()),
        ("remarks", report.remarks()),
        ("recorded", report.recorded()),
        ("equality", report.equality()),
        ("risks", report.risks()),
        ("trend_groups", report.trends_of_groups()),
        ("open", report.open_cases()),
        ("days", report.days_taken()),
        ("trends", report.trends()),
        ("causes", report.root_causes()),
        ("satisfaction", report.satisfaction()),
    ]);
    let (charts, tables) = control_charts(report);
    document.tables.extend(tables);
    document.charts.extend(charts);
    document.charts.extend([
        (
            "categories",
            strips_of("categories", "Stage 1 complaints by category", &document.tables["categories"]),
        ),
        ("ages", report.ages_chart()),
    ]);
    document.lists = BTreeMap::from([
        ("time", report.late_answers()),
        ("overdue", report.overdue_answers()),
        ("refusals", report.refused_cases()),
        ("determinations", report.determinations_listed()),
        ("orders", report.outstanding_orders()),
        ("actions", report.overdue_actions()),
    ]);
    explain(&mut document, report);
    document
}

type Charts = Vec<(&'static str, Vec<ChartView>)>;
type Tables = Vec<(&'static str, TableView)>;

/// Each chart beside the table of the same name.
fn control_charts(report: &Report<'_>) -> (Charts, Tables) {
    [
        ("control_volume", report.charted_volume()),
        ("control_answered_1", report.charted_answers("1")),
        ("control_answered_2", report.charted_answers("2")),
        ("control_days", report.charted_days()),
    ]
    .into_iter()
    .map(|(name, (chart, table))| ((name, chart), (name, table)))
    .unzip()
}

/// A lying bar for each row's last figure, as the table prints it: a masked total has none.
fn strips_of(id: &str, title: &str, table: &TableView) -> Vec<ChartView> {
    let last = |row: &super::RowView| {
        let count = row.cells.last().and_then(|cell| cell.plain.parse().ok());
        (row.heading.clone(), count)
    };
    let bars: Vec<(String, Option<u64>)> = table.rows.iter().filter(|row| !row.is_total).map(last).collect();
    if bars.is_empty() {
        return Vec::new();
    }
    let description = "One bar for each row of the table below, as long as its last figure.";
    vec![charts::strips(&format!("chart-{id}"), title, description, &bars)]
}

/// Who gets the report, with the clause that says so.
fn readers(profile: &Profile) -> Vec<String> {
    let bodies = profile.reporting.bodies.iter().filter(|body| body.report == ReportKind::Committee);
    bodies.map(|body| basis!(body).line(&policy::body(body))).collect()
}

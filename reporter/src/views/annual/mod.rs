//! The annual complaints performance and service improvement report: what the Code wants in it, part by part (8.1), whom it goes to,
//! and the governing body's response (8.2).

use std::collections::BTreeMap;

use redress_shared::assessment::answers::{Answers, Part, ReportOn};
use redress_shared::calendar::words::long_date;
use redress_shared::code::Code;
use redress_shared::policy::Profile;
use redress_shared::policy::vocabulary::ReportKind;
use serde::Serialize;

mod tables;

use super::Report;
use super::assessment::Filling;
use super::document::{Document, document};
use super::explained::explain;
use super::policy::{body, facts};
use crate::basis::basis;
use crate::error::{Error, Result};
use crate::request::Request;
use tables::{improvements, ombudsman_reports};

/// Where each part of the Code's list is in the report, by the item's name there.
const PLACES: [(&str, &str, &str); 6] = [
    ("self-assessment", "assessment", "Self-assessment"),
    ("analysis", "analysis", "What the year's complaints say"),
    ("non-compliance", "non-compliance-heading", "Where the Code was not complied with"),
    ("improvements", "learnt", "Learning and improvement"),
    ("landlord-report", "reports-heading", "The Ombudsman's reports"),
    ("other-reports", "reports-heading", "The Ombudsman's reports"),
];

/// What the annual report has beyond its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnnualView {
    /// The parts that the Code wants, in its order; none for an edition that lists none.
    pub parts: Vec<PartView>,
    /// Who reads it, by the policy, a line each with its clause.
    pub readers: Vec<String>,
    /// The office that answers for complaint handling.
    pub accountable_officer: String,
    /// The Member Responsible for Complaints, by office.
    pub member_responsible: String,
    /// What the year's figures mean, in the landlord's own words; may be empty.
    pub analysis: Vec<String>,
    /// What the figures say, a sentence each.
    pub points: Vec<String>,
    /// The governing body's response, once it is given.
    pub response: Option<ResponseView>,
    /// What is still wanted before the report is complete, a line each.
    pub wanted: Vec<String>,
}

/// A part of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// Its letter, as "8.1(a)".
    pub citation: String,
    /// What it is.
    pub text: String,
    /// Its place on the page.
    pub place: &'static str,
    /// The heading there.
    pub heading: &'static str,
}

/// The governing body's response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseView {
    /// The body.
    pub name: String,
    /// When it responded, in words.
    pub on: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Where the response is published; may be empty.
    pub web_address: String,
}

/// The annual report.
///
/// # Errors
/// When an answer overrules what is proposed without a reason.
pub fn annual(report: &Report<'_>, request: &Request) -> Result<Document> {
    let mut document =
        document(report, request, "Annual complaints performance and service improvement report");
    let given = request.assessment.as_ref().and_then(|assessment| assessment.given.answers.as_ref());
    document.tables.extend([
        ("tsm", report.tsm()),
        ("populations", report.populations()),
        ("quarters", report.by_quarter()),
        ("remarks", report.remarks()),
        ("satisfaction", report.satisfaction()),
        ("non_compliance", report.non_compliance(given)),
        ("improvements", improvements(given)),
        ("ombudsman_reports", ombudsman_reports(given)),
    ]);
    document.lists = BTreeMap::from([
        ("time", report.late_answers()),
        ("refusals", report.refused_cases()),
        ("determinations", report.determinations_listed()),
        ("orders", report.outstanding_orders()),
        ("actions", report.overdue_actions()),
    ]);
    explain(&mut document, report);
    assess(&mut document, report, request)?;
    document.policy = request.policy.as_ref().map(|profile| facts(report, profile)).unwrap_or_default();
    let view = view(report, request, given, &document)?;
    document.draft(request, &view.wanted);
    document.annual = Some(view);
    Ok(document)
}

/// The self-assessment alone.
///
/// # Errors
/// As [`annual`].
pub fn self_assessment(report: &Report<'_>, request: &Request) -> Result<Document> {
    let mut document = document(report, request, "Self-assessment against the Complaint Handling Code");
    document.tables.clear();
    document.cards.clear();
    assess(&mut document, report, request)?;
    let wanted: Vec<String> = document.assessment.iter().flat_map(|form| form.wanted()).collect();
    document.draft(request, &wanted);
    Ok(document)
}

fn assess(document: &mut Document, report: &Report<'_>, request: &Request) -> Result<()> {
    let Some(assessment) = &request.assessment else { return Ok(()) };
    let form = Filling::new(report, assessment)?.view()?;
    document.tables.extend(form.changes.clone().map(|changes| ("changes", changes)));
    document.assessment = Some(form);
    Ok(())
}

fn view(
    report: &Report<'_>,
    request: &Request,
    given: Option<&Answers>,
    document: &Document,
) -> Result<AnnualView> {
    let edition = request.assessment.as_ref().map(|assessment| assessment.form.code.as_str());
    let profile = request.policy.as_ref();
    let reporting = profile.map(|profile| &profile.reporting);
    let office = |given: Option<&String>, policy: Option<String>| {
        given.cloned().or(policy).unwrap_or_else(|| "Not named yet.".to_owned())
    };
    let officer = reporting.and_then(|reporting| reporting.accountable_officer.as_ref());
    let member = reporting.and_then(|reporting| reporting.member_responsible.as_ref());
    Ok(AnnualView {
        parts: parts(edition)?,
        readers: profile.map(readers).unwrap_or_default(),
        accountable_officer: office(
            given.and_then(|given| given.accountable_officer.as_ref()),
            officer.map(|office| basis!(office).line(&office.value)),
        ),
        member_responsible: office(
            given.and_then(|given| given.member_responsible.as_ref()),
            member.map(|office| basis!(office).line(&office.value)),
        ),
        analysis: given.map(|given| given.analysis.clone()).unwrap_or_default(),
        points: report.in_sentences(),
        response: given.and_then(|given| response(report, given)),
        wanted: wanted(report, given, document),
    })
}

/// The parts that an edition of the Code lists; the current one's, where no form is asked for.
fn parts(edition: Option<&str>) -> Result<Vec<PartView>> {
    let code = Code::embedded(edition.unwrap_or("2024")).map_err(|error| Error::Code(error.to_string()))?;
    let part = |item: &redress_shared::code::Item| {
        let (_, place, heading) = PLACES.iter().find(|(id, ..)| *id == item.id)?;
        Some(PartView { citation: item.citation(), text: item.text.clone(), place, heading })
    };
    Ok(code.contents.annual_report.iter().filter_map(part).collect())
}

/// Whoever reads the annual report or the self-assessment by the policy; where it names nobody, those who read its reports.
fn readers(profile: &Profile) -> Vec<String> {
    let bodies = &profile.reporting.bodies;
    let yearly = |report| matches!(report, ReportKind::Annual | ReportKind::SelfAssessment);
    let names_some = bodies.iter().any(|rule| yearly(rule.report));
    let read = bodies
        .iter()
        .filter(|rule| if names_some { yearly(rule.report) } else { rule.report != ReportKind::Dashboard });
    read.map(|rule| basis!(rule).line(&body(rule))).collect()
}

/// The response, on a day that has come.
fn response(report: &Report<'_>, given: &Answers) -> Option<ResponseView> {
    let body = given.governing_body.as_ref().filter(|body| body.responded_on <= report.scope.as_of)?;
    Some(ResponseView {
        name: body.name.clone(),
        on: long_date(body.responded_on),
        paragraphs: body.response.clone(),
        web_address: body.web_address.clone().unwrap_or_default(),
    })
}

/// What the report lacks.
fn wanted(report: &Report<'_>, given: Option<&Answers>, document: &Document) -> Vec<String> {
    let said = |part: Part, listed: bool| listed || given.is_some_and(|given| given.has_nothing_on(part));
    let reports = |on| given.is_some_and(|given| given.reports_on(on).next().is_some());
    let mut wanted: Vec<String> = match &document.assessment {
        Some(form) => form.wanted().collect(),
        None => vec!["The self-assessment is not in it (8.1 a).".to_owned()],
    };
    let lacking = [
        (
            given.is_some_and(|given| !given.analysis.is_empty()),
            "The landlord has not said yet what the year's complaints mean (8.1 b).",
        ),
        (
            said(Part::NonCompliance, given.is_some_and(|given| !given.non_compliance.is_empty())),
            "Whether the Ombudsman found non-compliance with the Code beyond what the cases hold is not said (8.1 c).",
        ),
        (
            said(Part::LandlordReport, reports(ReportOn::Landlord)),
            "Whether there is an annual report of the Ombudsman's on the landlord is not said (8.1 e).",
        ),
        (
            said(Part::OtherReports, reports(ReportOn::Other)),
            "Whether other reports of the Ombudsman's concern the landlord's work is not said (8.1 f).",
        ),
        (
            given.is_some_and(|given| response(report, given).is_some()),
            "The governing body has not responded to it yet (8.2).",
        ),
    ];
    wanted.extend(lacking.into_iter().filter(|(is_there, _)| !is_there).map(|(_, what)| what.to_owned()));
    wanted
}

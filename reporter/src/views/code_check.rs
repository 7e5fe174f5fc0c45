//! A landlord's policy held against the Ombudsman's Code: where it departs from it, with both clauses and what the Code allows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use redress_shared::calendar::Count;
use redress_shared::calendar::words::long_date;
use redress_shared::code::{Allowance, Code, Limit, StageClocks};
use redress_shared::policy::profile::StageRules;
use redress_shared::policy::{Point, PointKind, Profile, check};

use super::words::counted;
use super::{CellView, Document, TableView, label};
use crate::form::start;

/// What is printed where one of the two sets no time.
const NONE: &str = "No time set";

/// The check of one version of a policy against one edition of the Code.
#[must_use]
pub fn code_check(profile: &Profile, code: &Code, as_of: NaiveDate) -> Document {
    let points = check(profile, code);
    let departures = points.iter().filter(|point| point.kind == PointKind::Departure).count();
    Document {
        title: "Code check".to_owned(),
        landlord: profile.landlord.name.clone(),
        period: format!("{} against the Code of {}", profile.policy.id, code.id),
        dates: format!(
            "{}, held against {} of the {}",
            profile.policy.title.trim_end_matches('.'),
            code.title,
            code.publisher
        ),
        as_of: long_date(as_of),
        attention: vec![standing(departures, points.len())],
        tables: BTreeMap::from([
            ("kinds", kinds(&points)),
            ("limits", limits(profile, code)),
            ("points", points_found(&points, code)),
        ]),
        ..Document::default()
    }
}

fn standing(departures: usize, points: usize) -> String {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    if points == 0 {
        return "Nothing was found in which the policy's text and the Code differ.".to_owned();
    }
    format!(
        "{} of the policy's text from the Code, among {} to look at.",
        counted(number(departures), "departure"),
        counted(number(points), "point")
    )
}

const fn meaning(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Departure => "what the text says breaks the provision",
        PointKind::Gap => "the text is silent where the Code wants something said",
        PointKind::Ambiguity => {
            "the text is unclear, or says what the Code leaves open, where the Code has a rule"
        }
        PointKind::Stricter => "the text is better for residents than the Code asks",
    }
}

fn kinds(points: &[Point]) -> TableView {
    let columns = [("points", "Points"), ("meaning", "What it means")];
    let mut table = TableView::new("kinds", "What was found", "Kind", &columns);
    let count = |kind: Option<PointKind>| {
        let found = points.iter().filter(|point| kind.is_none_or(|kind| point.kind == kind)).count();
        CellView::count(u64::try_from(found).unwrap_or(u64::MAX))
    };
    for kind in PointKind::ALL {
        let word = kind.as_str();
        table.row(word, &label(word), vec![count(Some(*kind)), CellView::words(meaning(*kind))]);
    }
    table.total("all", "All", vec![count(None), CellView::none()]);
    table
}

fn points_found(points: &[Point], code: &Code) -> TableView {
    let columns = [
        ("kind", "Kind"),
        ("clause", "Policy's clause"),
        ("found", "What was found"),
        ("asks", "What the Code asks"),
    ];
    let mut table = TableView::new("points", "Point by point", "Provision of the Code", &columns);
    for (number, point) in (1_u32..).zip(points) {
        let asks =
            code.provision_numbered(point.provision).map_or("", |provision| provision.summary.as_str());
        let clause = if point.clause == "silent" { "The policy is silent" } else { point.clause.as_str() };
        let cells = vec![
            CellView::words(&label(point.kind.as_str())),
            CellView::words(clause),
            CellView::words(&point.sentence),
            CellView::words(asks),
        ];
        table.row(&number.to_string(), &point.provision.to_string(), cells);
    }
    table
}

/// Every limit of time of the two, side by side.
fn limits(profile: &Profile, code: &Code) -> TableView {
    let columns = [
        ("policy", "The policy"),
        ("clause", "Clause"),
        ("code", "The Code allows"),
        ("provision", "Provision"),
    ];
    let mut table = TableView::new("limits", "Limits of time, side by side", "What is limited", &columns);
    let accept = &profile.intake.time_limit;
    let within = &code.clocks.accept_within;
    row(
        &mut table,
        ("accept", "A complaint is taken on within"),
        Some((Count::months(accept.months).to_string(), accept.clause.as_deref())),
        Some((allowed(within), within.provision.to_string())),
    );
    for (number, rules, clocks) in
        [(1, &profile.stage_1, &code.clocks.stage_1), (2, &profile.stage_2, &code.clocks.stage_2)]
    {
        stage(&mut table, number, rules, clocks);
    }
    table
}

fn stage(table: &mut TableView, number: u8, rules: &StageRules, clocks: &StageClocks) {
    let codes = |limit: &Limit| {
        let amount = Count { count: limit.count, unit: limit.unit };
        (format!("{amount} of {}", start(limit.from)), limit.provision.to_string())
    };
    let own = |limit: &redress_shared::policy::cited::Limit| {
        (format!("{} of {}", limit.amount(), start(limit.from)), limit.clause.clone())
    };
    let acknowledge = rules.acknowledge.as_ref().map(own);
    row(
        table,
        (&format!("acknowledge-{number}"), &format!("Stage {number} is acknowledged within")),
        acknowledge.as_ref().map(|(text, clause)| (text.clone(), clause.as_deref())),
        clocks.acknowledge.as_ref().map(codes),
    );
    let (text, clause) = own(&rules.respond);
    row(
        table,
        (&format!("respond-{number}"), &format!("Stage {number} is answered within")),
        Some((text, clause.as_deref())),
        Some(codes(&clocks.respond)),
    );
    let cap = rules.extend.cap.as_ref().map(|cap| (cap.amount().to_string(), cap.clause.as_deref()));
    row(
        table,
        (&format!("extend-{number}"), &format!("Stage {number} is extended by at most")),
        cap,
        Some((allowed(&clocks.extend), clocks.extend.provision.to_string())),
    );
}

fn allowed(allowance: &Allowance) -> String {
    Count { count: allowance.count, unit: allowance.unit }.to_string()
}

fn row(
    table: &mut TableView,
    (key, heading): (&str, &str),
    policy: Option<(String, Option<&str>)>,
    code: Option<(String, String)>,
) {
    let (own, clause) = policy.unwrap_or_else(|| (NONE.to_owned(), Some("–")));
    let (codes, provision) = code.unwrap_or_else(|| (NONE.to_owned(), "–".to_owned()));
    let cells = [own.as_str(), clause.unwrap_or("As read here"), &codes, &provision].map(CellView::words);
    table.row(key, heading, cells.to_vec());
}

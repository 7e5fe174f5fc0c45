//! Two documents of each kind about a landlord that is none: one in which nothing is empty, one in which hardly anything is. Templates are
//! held against the first, and tried on both, before any real report is.

use chrono::NaiveDate;
use redress_shared::calendar::Calendar;
use redress_shared::measure::{Quarter, ReportingYear};
use redress_shared::policy::Library;
use serde_json::Value;

use super::Brand;
use crate::error::{Error, Result};
use crate::form::Assessment;
use crate::recount::Instead;
use crate::request::{Request, Span, Variant};
use crate::source::{Address, Landlord, Source};
use crate::views::policy::Fact;
use crate::views::{
    self, AnnualView, AssessmentRow, AssessmentView, BarView, Beside, CardView, CellView, ChangesView,
    ChartView, ColumnView, Document, GroupView, LineView, PartView, ResponseView, RowView, SectionView,
    TableView, TextView,
};

/// Both documents of one kind.
pub(super) struct Sample {
    pub(super) full: Value,
    pub(super) bare: Value,
}

/// The documents of the report of that name.
pub(super) fn of(name: &str) -> Result<Sample> {
    let value = |document: Document| {
        serde_json::to_value(document.on_paper()).map_err(|error| Error::Template(error.to_string()))
    };
    let bare = document(name, Variant::Published)?;
    Ok(Sample { full: value(filled(document(name, Variant::Committee)?))?, bare: value(bare)? })
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Code(error.to_string())
}

fn document(name: &str, variant: Variant) -> Result<Document> {
    let library = Library::embedded().map_err(damaged)?;
    let as_of = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default();
    if name == "code-check" {
        let profile = library.all().next().ok_or_else(|| damaged("it has no policy"))?;
        let code = redress_shared::code::code_in_force(as_of).map_err(damaged)?;
        return Ok(views::code_check(profile, code, as_of));
    }
    if name == "check" {
        return Ok(crate::quality::document(&nobodys()?, as_of, &[]));
    }
    let span = match name {
        "committee" => Span::Quarter(Quarter { year: 2025, number: 4 }),
        _ => Span::Year(ReportingYear::regulatory(2025)),
    };
    let wants_form = variant == Variant::Committee || name == "self-assessment";
    let assessment = if wants_form { Assessment::of(&span, None, library)? } else { None };
    let nowhere = Address::Sqlite(String::new());
    let request = Request { variant, assessment, ..Request::new(nowhere, "".as_ref(), "a", span, as_of)? };
    crate::reported(&nobodys()?, &request, |report| match name {
        "annual" => views::annual(report, &request),
        "committee" => Ok(views::committee(report, &request)),
        "self-assessment" => views::self_assessment(report, &request),
        "tsm" => views::tsm(report, &request, Beside { published: Some(&[]), survey: None }),
        _ => {
            let instead = Instead { library, policy: None, code: None };
            Ok(views::what_if(report, report, &request, instead))
        }
    })
}

/// The rows of a landlord that has none.
fn nobodys() -> Result<Source> {
    Ok(Source {
        landlord: Landlord {
            landlord_id: "a".to_owned(),
            name: "A landlord".to_owned(),
            policy_id: String::new(),
            year_end_month: 3,
            year_end_day: 31,
        },
        stock: Vec::new(),
        cases: Vec::new(),
        stages: Vec::new(),
        categories: Vec::new(),
        refusals: Vec::new(),
        escalations: Vec::new(),
        remedies: Vec::new(),
        actions: Vec::new(),
        findings: Vec::new(),
        orders: Vec::new(),
        failure_orders: Vec::new(),
        learning: Vec::new(),
        surveys: Vec::new(),
        risks: Vec::new(),
        extensions: Vec::new(),
        restrictions: Vec::new(),
        equality: Vec::new(),
        calendar: Calendar::england_and_wales().map_err(damaged)?,
    })
}

fn words() -> String {
    "Words".to_owned()
}

/// The same document with something wherever it can have something.
fn filled(document: Document) -> Document {
    let card = CardView {
        figure: words(),
        label: words(),
        value: words(),
        of: words(),
        comparisons: vec![words()],
        definition: words(),
        meaning: words(),
    };
    Document {
        badges: vec![words()],
        states: vec![words()],
        cards: vec![card],
        readers: vec![words()],
        attention: vec![words()],
        changes: ChangesView {
            beyond: vec![words()],
            within: words(),
            too_few: words(),
            not_yet: words(),
            made: words(),
        },
        charts: document.charts.keys().map(|name| (*name, vec![chart()])).collect(),
        tables: document.tables.keys().map(|name| (*name, table(name))).collect(),
        lists: document.lists.keys().map(|name| (*name, vec![table(name)])).collect(),
        is_draft: true,
        assessment: document.assessment.map(assessment),
        annual: document.annual.map(annual),
        policy: vec![Fact { label: "Words", lines: vec![words()] }],
        brand: Brand {
            logo: Some("data:image/png;base64,AA==".to_owned()),
            colour: "#134b5f".to_owned(),
            tint: "#f2f5f8".to_owned(),
        },
        ..document
    }
}

fn chart() -> ChartView {
    let one = || "1".to_owned();
    ChartView {
        is_wide: true,
        is_full: true,
        id: "chart".to_owned(),
        title: words(),
        description: words(),
        width: one(),
        height: one(),
        bars: vec![BarView { x: one(), y: one(), width: one(), height: one() }],
        lines: vec![LineView { class: "path", path: "M0 0".to_owned() }],
        texts: vec![TextView { class: "middle", x: one(), y: one(), text: words() }],
    }
}

fn table(name: &str) -> TableView {
    let cell = CellView {
        figure: words(),
        text: words(),
        of: words(),
        definition: words(),
        meaning: "#words".to_owned(),
        evidence: words(),
        is_words: true,
        plain: words(),
        // Not every cell has them, so that no template may name them.
        numerator: None,
        denominator: None,
        is_ranked: false,
    };
    TableView {
        id: name.to_owned(),
        caption: words(),
        corner: words(),
        columns: vec![ColumnView { key: words(), heading: words(), is_words: true }],
        rows: vec![RowView {
            key: words(),
            heading: words(),
            anchor: words(),
            is_total: true,
            cells: vec![cell],
        }],
        notes: vec![words()],
        meaning: words(),
    }
}

fn annual(view: AnnualView) -> AnnualView {
    let response =
        ResponseView { name: words(), on: words(), paragraphs: vec![words()], web_address: words() };
    AnnualView {
        parts: vec![PartView { citation: words(), text: words(), place: "analysis", heading: "Words" }],
        readers: vec![words()],
        analysis: vec![words()],
        points: vec![words()],
        response: Some(response),
        wanted: vec![words()],
        ..view
    }
}

fn assessment(view: AssessmentView) -> AssessmentView {
    let row = AssessmentRow {
        number: words(),
        requirement: words(),
        comply: words(),
        evidence: vec![words()],
        exceptions: vec![words()],
        commentary: vec![words()],
        proposal: vec![words()],
    };
    let group = GroupView { id: "group".to_owned(), caption: words(), rows: vec![row] };
    AssessmentView {
        separate_commentary: true,
        sections: vec![SectionView { id: "section".to_owned(), title: words(), groups: vec![group] }],
        unanswered: words(),
        shows_proposals: true,
        changes: Some(table("changes")),
        ..view
    }
}

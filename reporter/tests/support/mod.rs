//! Case rows made to order, and a reader of the figures on a finished page.

#![allow(dead_code, clippy::expect_used, reason = "shared by several test programs")]

pub mod attack;
pub mod contract;
pub mod small;
pub mod twin;

use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use redress_reporter::source::{Address, Snapshot};
use redress_reporter::{Beside, Request, Span, tsm_of};
use redress_shared::calendar::Calendar;
use redress_shared::measure::{Quarter, ReportingYear};

/// A database under construction.
pub struct Fixture {
    folder: tempfile::TempDir,
    sql: String,
    cases: usize,
}

/// How a stage ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    InTime,
    Extended,
    Late,
    Open,
}

/// A stage to be made.
#[derive(Debug, Clone, Copy)]
pub struct StageOf<'a> {
    pub stage: u8,
    pub requested_on: &'a str,
    pub ending: Ending,
    pub outcome: &'a str,
}

impl Fixture {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), sql: String::new(), cases: 0 }
    }

    pub fn landlord(&mut self, id: &str, name: &str) {
        let name = name.replace('\'', "''");
        self.insert("report_landlords", &format!("'{id}','{name}','policy',3,31"));
        let calendar = Calendar::england_and_wales().expect("the calendar");
        let body =
            calendar.to_json().expect("JSON").replace(calendar.version(), "of the test").replace('\'', "''");
        self.insert("report_calendar", &format!("'{id}',1,'of the test','{body}'"));
    }

    pub fn stock(&mut self, id: &str, year: i32, stock: &str, homes: u64) {
        self.insert("report_stock", &format!("'{id}','{year}-04-01','{stock}',{homes}"));
    }

    /// A case of the kind, received on the day; gives its id.
    pub fn case(
        &mut self,
        landlord: &str,
        kind: &str,
        stock: &str,
        received_on: &str,
        contractor: &str,
    ) -> String {
        self.cases += 1;
        let id = format!("case-{}", self.cases);
        let third_party = u8::from(!contractor.is_empty());
        let contractor = if contractor.is_empty() { "NULL".to_owned() } else { format!("'{contractor}'") };
        self.insert(
            "report_cases",
            &format!(
                "'{landlord}','{id}',NULL,'{kind}','{received_on}','{received_on}','email','{stock}',NULL,1,0,0,NULL,\
                 {contractor},NULL,'stage-1','accepted',NULL,NULL,NULL,NULL,0,{third_party},0,0,0,0,0,'policy','2024'"
            ),
        );
        id
    }

    /// A stage that is answered as asked: 14 days to the first date, 14 more to the extended one.
    pub fn stage(&mut self, landlord: &str, case: &str, stage: StageOf<'_>) {
        let requested: NaiveDate = stage.requested_on.parse().expect("a date");
        let after = |days: u64| (requested + chrono::Days::new(days)).to_string();
        let quoted = |date: String| format!("'{date}'");
        let responded = match stage.ending {
            Ending::InTime => quoted(after(14)),
            Ending::Extended => quoted(after(28)),
            Ending::Late => quoted(after(60)),
            Ending::Open => "NULL".to_owned(),
        };
        let (extended, extensions) =
            if stage.ending == Ending::Extended { (quoted(after(28)), 1) } else { ("NULL".to_owned(), 0) };
        let outcome =
            if stage.ending == Ending::Open { "NULL".to_owned() } else { format!("'{}'", stage.outcome) };
        let (acknowledged, due) = (after(3), after(14));
        self.insert(
            "report_stages",
            &format!(
                "'{landlord}','{case}',{},'{requested}','{requested}','{acknowledged}',{responded},{outcome},\
                 '{acknowledged}','{due}',{extended},'{acknowledged}','{due}','{due}',{extended},{extensions},0,0,0",
                stage.stage
            ),
        );
        if stage.ending == Ending::Extended {
            let notice = format!("'{landlord}','{case}',{},1,'{}',{extended},1", stage.stage, after(10));
            self.insert("report_extensions", &notice);
        }
    }

    /// Any row.
    pub fn insert(&mut self, view: &str, values: &str) {
        self.run(&format!("INSERT INTO {view} VALUES ({values})"));
    }

    /// Any statement.
    pub fn run(&mut self, statement: &str) {
        self.sql.push_str(&contract::with_columns(statement));
        self.sql.push_str(";\n");
    }

    /// The database file, written.
    pub fn database(&self) -> Address {
        Address::file(&self.file())
    }

    /// The same, as a path.
    pub fn file(&self) -> PathBuf {
        let path = self.folder.path().join("cases.sqlite");
        let _ = fs::remove_file(&path);
        let mut connection = SqliteConnection::establish(&path.to_string_lossy()).expect("a database");
        connection.batch_execute(&contract::tables(contract::Dialect::Sqlite)).expect("the contract");
        connection.batch_execute(&format!("BEGIN;\n{}COMMIT;", self.sql)).expect("the rows");
        twin::note(&path, &self.sql);
        path
    }

    /// Where reports go.
    pub fn out(&self) -> PathBuf {
        self.folder.path().join("reports")
    }

    /// A request for a year's report.
    pub fn year(&self, landlord: &str, year: i32, as_of: &str) -> Request {
        self.request(landlord, Span::Year(ReportingYear::regulatory(year)), as_of)
    }

    /// A request for a quarter's report.
    pub fn quarter(&self, landlord: &str, year: i32, number: u32, as_of: &str) -> Request {
        self.request(landlord, Span::Quarter(Quarter { year, number }), as_of)
    }

    fn request(&self, landlord: &str, span: Span, as_of: &str) -> Request {
        let as_of = as_of.parse().expect("a date");
        Request::new(self.database(), &self.out(), landlord, span, as_of).expect("a request")
    }
}

/// Writes the regulator's measures of a request's rows.
pub fn tsm(request: &Request, beside: Beside<'_>) -> redress_reporter::Result<Vec<PathBuf>> {
    tsm_of(&Snapshot::open(&request.origin)?.source(&request.landlord_id)?, request, beside)
}

/// A finished page.
pub struct Page(pub String);

impl Page {
    pub fn read(path: &std::path::Path) -> Self {
        Self(fs::read_to_string(path).expect("the report"))
    }

    /// The annual report, which is the same from both databases.
    pub fn annual(request: &Request) -> Self {
        Self::from_both(redress_reporter::annual, request)
    }

    /// The committee's report, which is the same from both databases.
    pub fn committee(request: &Request) -> Self {
        Self::from_both(redress_reporter::committee, request)
    }

    /// The regulator's measures, which are the same from both databases.
    pub fn tsm(request: &Request) -> Self {
        Self::from_both(|request| tsm(request, Beside::default()), request)
    }

    fn from_both(make: fn(&Request) -> redress_reporter::Result<Vec<PathBuf>>, request: &Request) -> Self {
        let made = |request: &Request| Self::read(&make(request).expect("a report")[0]);
        let page = made(request);
        if let Some(twin) = twin::of(request) {
            assert!(page.0 == made(&twin).0, "PostgreSQL gives another page");
        }
        page
    }

    /// The printed figure of this name.
    pub fn figure(&self, name: &str) -> String {
        between(self.cell(name), "<span class=\"value\">", "</span>").expect("a value").to_owned()
    }

    /// What the figure was worked out from.
    pub fn of(&self, name: &str) -> String {
        between(self.cell(name), "<span class=\"of\">", "</span>").unwrap_or_default().to_owned()
    }

    /// The headline figure of this name.
    pub fn headline(&self, name: &str) -> &str {
        between(&self.0, &format!("data-figure=\"headline.{name}\">"), "</span>").expect("a headline figure")
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains(&format!("data-figure=\"{name}\""))
    }

    fn cell(&self, name: &str) -> &str {
        between(&self.0, &format!("data-figure=\"{name}\""), "</td>")
            .unwrap_or_else(|| panic!("no figure {name}"))
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let from = text.find(start)? + start.len();
    let rest = &text[from..];
    Some(&rest[..rest.find(end)?])
}

//! Cases in the sector's size and shape, written as an extract: a landlord at a time, the same with every run.

use std::path::Path;

use chrono::NaiveDate;
use redress_reporter::source::extract::{Writing, received};
use redress_reporter::source::{
    Case, Category, Escalation, Extension, Landlord, Refusal, Remedy, Stage, Stock, Survey,
};

use super::landlords::{LANDLORDS, Member, landlords};
use super::life::Making;

/// The last day that the cases are known on, which is also that of the reports.
pub fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).expect("a date")
}

/// Complaints of the whole sector in a year.
const COMPLAINTS_A_YEAR: u64 = 340_000;
/// Stages to a hundred complaints: each has its first, a fifth a second.
const STAGES_TO_A_HUNDRED: u64 = 120;
/// How many days' complaints of the sector a million stages are.
pub const DAYS: u64 = 1_000_000 * 100 / STAGES_TO_A_HUNDRED * 365 / COMPLAINTS_A_YEAR;

/// Writes the rows of about so many stages of the whole sector into a folder.
pub fn sector(folder: &Path, stages: u64) {
    extract(folder, &landlords(stages * 100 / STAGES_TO_A_HUNDRED), DAYS);
}

/// Writes the rows of some landlords, whose complaints came within so many days.
pub fn extract(folder: &Path, members: &[Member], days: u64) {
    let mut writing = Writing::into(folder);
    for member in members {
        let rows = Rows::over(member, days);
        let id = member.id.as_str();
        let by_case = received(&rows.cases);
        writing.add(id, &by_case, vec![rows.landlord]).expect("a landlord");
        writing.add(id, &by_case, rows.stock).expect("homes");
        writing.add(id, &by_case, rows.cases).expect("cases");
        writing.add(id, &by_case, rows.stages).expect("stages");
        writing.add(id, &by_case, rows.categories).expect("categories");
        writing.add(id, &by_case, rows.refusals).expect("refusals");
        writing.add(id, &by_case, rows.escalations).expect("escalations");
        writing.add(id, &by_case, rows.remedies).expect("remedies");
        writing.add(id, &by_case, rows.surveys).expect("survey answers");
        writing.add(id, &by_case, rows.extensions).expect("extensions");
    }
    writing.finish().expect("the list of the files");
}

/// A landlord's rows.
pub struct Rows {
    pub landlord: Landlord,
    pub stock: Vec<Stock>,
    pub cases: Vec<Case>,
    pub stages: Vec<Stage>,
    pub categories: Vec<Category>,
    pub refusals: Vec<Refusal>,
    pub escalations: Vec<Escalation>,
    pub remedies: Vec<Remedy>,
    pub surveys: Vec<Survey>,
    pub extensions: Vec<Extension>,
}

impl Rows {
    /// The rows of one landlord, over so many days.
    fn over(member: &Member, days: u64) -> Self {
        Making::of(Self::empty(member), member, days).rows()
    }

    fn empty(member: &Member) -> Self {
        let homes = |year: i32, stock_type: &str, of_a_hundred: u64| Stock {
            landlord_id: member.id.clone(),
            year_start: NaiveDate::from_ymd_opt(year, 4, 1).expect("a date"),
            stock_type: stock_type.to_owned(),
            homes: i64::try_from(member.homes * of_a_hundred / 100).expect("homes"),
        };
        let of_year = |year| {
            [("lcra", 80), ("lcho", 8), ("leasehold", 12)].map(|(kind, share)| homes(year, kind, share))
        };
        Self {
            landlord: Landlord {
                landlord_id: member.id.clone(),
                name: format!("Landlord {} of {LANDLORDS}", member.rank),
                policy_id: "model-2024".to_owned(),
                year_end_month: 3,
                year_end_day: 31,
            },
            stock: [2023, 2024, 2025].into_iter().flat_map(of_year).collect(),
            cases: Vec::new(),
            stages: Vec::new(),
            categories: Vec::new(),
            refusals: Vec::new(),
            escalations: Vec::new(),
            remedies: Vec::new(),
            surveys: Vec::new(),
            extensions: Vec::new(),
        }
    }
}

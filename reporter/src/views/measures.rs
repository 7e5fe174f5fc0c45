//! The regulator's measures, and how tenants' totals sit within all residents'.

use chrono::Datelike;
use redress_shared::measure::{
    ANSWER, CH01_STAGE_1, CH01_STAGE_2, CH02_STAGE_1, CH02_STAGE_2, Definition, InTime,
    LCHO_SEPARATE_FROM_HOMES, Marker, RESPONDED, Rate, ReportingYear, SATISFIED, Satisfaction, StockType,
    Weighted, thousands,
};

use super::{CellView, Report, TableView, label};
use crate::frames::NOW;

/// Made and answered in time, of one type of home at one stage.
pub(super) struct Made {
    pub(super) made: u64,
    pub(super) without: u64,
    pub(super) within: u64,
}

impl Made {
    /// Answered within the Code's time, extended or not.
    pub(super) const fn answered(&self) -> u64 {
        self.without + self.within
    }
}

/// What of a type of home's complaints is counted.
pub(super) type Numerator = fn(&Made) -> u64;

impl Report<'_> {
    /// Homes of a type at the year's end, if they were entered.
    pub(super) fn homes(&self, stock: StockType) -> Option<u64> {
        let year = self.scope.period().first;
        let row =
            self.source.stock.iter().find(|row| row.year_start == year && row.stock_type == stock.word())?;
        u64::try_from(row.homes).ok()
    }

    pub(super) fn made(&self, stage: &str, stock: StockType) -> Made {
        let key = [("window", NOW), ("stage", stage), ("stock", stock.word())];
        let in_time =
            |standing: InTime| self.tables.stock.sum(&[&key[..], &[("in_time", standing.word())]].concat());
        Made {
            made: self.tables.stock.sum(&key),
            without: in_time(InTime::WithoutExtension),
            within: in_time(InTime::WithinExtension),
        }
    }

    /// The marker in place of the figures of a type of home that are not returned; none of what is. Where its homes were not entered
    /// nobody knows, unless no case at all is of that type.
    pub(super) fn not_returned(&self, stock: StockType) -> Option<(Marker, &'static str)> {
        let has_cases = || self.source.cases.iter().any(|case| case.stock_type == stock.word());
        match (stock, self.homes(stock)) {
            (StockType::Lcho, Some(homes)) if homes < LCHO_SEPARATE_FROM_HOMES => {
                Some((Marker::NotRequired, ""))
            }
            (StockType::Lcho, None) if has_cases() => Some((Marker::Blank, "homes not entered")),
            (StockType::Lcho, None) => Some((Marker::NotRequired, "")),
            _ => None,
        }
    }

    /// Whether the regulator left the figure out.
    pub(super) fn is_left_out(&self, measure: &Definition, stock: StockType) -> bool {
        self.excluded.iter().any(|left_out| left_out.measure == measure.id && left_out.stock == stock)
    }

    /// One figure of the return: marked where the type is not returned separately or the regulator left it out.
    pub(super) fn returned(&self, measure: &Definition, stock: StockType, rate: Option<Rate>) -> CellView {
        let cell = match (self.not_returned(stock), rate) {
            (Some((marker, why)), _) => CellView::marked(marker, why),
            _ if self.is_left_out(measure, stock) => CellView::marked(Marker::Excluded, ""),
            (None, None) => CellView::marked(Marker::Blank, "homes not entered"),
            (None, Some(rate)) => CellView::rate(measure, rate),
        };
        cell.defined_as(measure)
    }

    /// Whether the period is a year of the regulator's, of which alone it takes measures.
    pub(crate) fn is_regulators_year(&self) -> bool {
        let period = self.scope.period();
        let year = ReportingYear::regulatory(period.first.year()).period();
        year.is_ok_and(|year| (year.first, year.last) == (period.first, period.last))
    }

    /// CH01 and CH02; empty over a year of the landlord's own.
    #[must_use]
    pub fn tsm(&self) -> TableView {
        let columns = [("lcra", "Low cost rental (LCRA)"), ("lcho", "Low cost home ownership (LCHO)")];
        let mut table =
            TableView::new("tsm", "Tenant Satisfaction Measures on complaints", "Measure", &columns);
        if !self.is_regulators_year() {
            return table.note(
                "None: the regulator's measures are taken of its own year, from 1 April to 31 March, and this report is on another.",
            );
        }
        let measured = [StockType::Lcra, StockType::Lcho];
        for (stage, measure) in [("1", &CH01_STAGE_1), ("2", &CH01_STAGE_2)] {
            let rate = |stock| self.homes(stock).map(|homes| Rate::new(self.made(stage, stock).made, homes));
            let cells = measured.map(|stock| self.returned(measure, stock, rate(stock)));
            let heading = format!("{}: stage {stage} complaints per 1,000 homes", measure.id);
            table.row(&format!("ch01-{stage}"), &heading, cells.to_vec());
        }
        for (stage, measure) in [("1", &CH02_STAGE_1), ("2", &CH02_STAGE_2)] {
            self.answered_in_time(&mut table, (stage, measure), measured);
        }
        let minimum = thousands(LCHO_SEPARATE_FROM_HOMES);
        table
            .note("Under each figure: what was counted, and out of how many.")
            .note(format!("[Z]: low cost home ownership is returned separately only from {minimum} homes."))
    }

    fn answered_in_time(
        &self,
        table: &mut TableView,
        (stage, measure): (&str, &Definition),
        measured: [StockType; 2],
    ) {
        let heading = format!("{}: stage {stage} complaints answered within the Code's time", measure.id);
        let parts: [(&str, String, Numerator); 3] = [
            ("", heading, Made::answered),
            ("-without-extension", format!("of which stage {stage} without an extension"), |m| m.without),
            ("-within-extension", format!("of which stage {stage} within a permitted extension"), |m| {
                m.within
            }),
        ];
        for (suffix, heading, numerator) in parts {
            let cells = measured.map(|stock| {
                let made = self.made(stage, stock);
                let rate = Rate::new(numerator(&made), made.made);
                self.returned(measure, stock, Some(rate))
            });
            table.row(&format!("ch02-{stage}{suffix}"), &heading, cells.to_vec());
        }
    }

    /// Tenants' totals beside all residents'.
    #[must_use]
    pub fn populations(&self) -> TableView {
        let columns = [
            ("stage-1", "Stage 1"),
            ("stage-1-in-time", "in time"),
            ("stage-2", "Stage 2"),
            ("stage-2-in-time", "in time"),
        ];
        let mut table =
            TableView::new("populations", "From tenants to all residents", "Type of home", &columns);
        let cells = |stocks: &[StockType]| {
            let of_stage = |stage: &str| {
                let all: Vec<Made> = stocks.iter().map(|stock| self.made(stage, *stock)).collect();
                let made = all.iter().map(|m| m.made).sum();
                let rate = Rate::new(all.iter().map(Made::answered).sum(), made);
                [CellView::count(made), CellView::rate(&RESPONDED, rate)]
            };
            [of_stage("1"), of_stage("2")].concat()
        };
        // What is returned, and not all tenants: two totals that are mixed up easily.
        let is_returned = |stock: &StockType| stock.is_measured() && self.not_returned(*stock).is_none();
        let (returned, others): (Vec<_>, Vec<_>) = StockType::ALL.into_iter().partition(is_returned);
        for stock in &returned {
            table.row(stock.word(), &label(stock.word()), cells(&[*stock]));
        }
        if self.is_regulators_year() {
            table.total("returned", "Returned to the regulator", cells(&returned));
        }
        for stock in others {
            let heading = match label(stock.word()) {
                tenants if stock.is_measured() => format!("{tenants}, not returned"),
                others => others,
            };
            table.row(stock.word(), &heading, cells(&[stock]));
        }
        table.total("all", "All residents (the rest of this report)", cells(&StockType::ALL));
        table
    }

    /// Satisfaction with the handling of complaints, from the answers after a stage was closed, beside the other periods'.
    #[must_use]
    pub fn satisfaction(&self) -> TableView {
        let headings: Vec<(&str, String)> = self
            .scope
            .windows
            .iter()
            .skip(1)
            .map(|window| (window.key, format!("Share, {}", window.period.label)))
            .collect();
        let others = headings.iter().map(|(key, heading)| (*key, heading.as_str()));
        let columns: Vec<_> =
            [("answers", "Answers"), ("share", "Share")].into_iter().chain(others).collect();
        let caption = "Satisfaction with the handling of the complaint";
        let mut table = TableView::new("satisfaction", caption, "Answer", &columns);
        let periods: Vec<[u64; 5]> =
            self.scope.windows.iter().map(|window| self.answers_in(window.key)).collect();
        let names =
            ["Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied"];
        for (index, name) in names.into_iter().enumerate() {
            let share =
                |answers: &[u64; 5]| CellView::rate(&ANSWER, Rate::new(answers[index], answers.iter().sum()));
            let count = periods.first().map_or(0, |answers| answers[index]);
            let cells = std::iter::once(CellView::count(count)).chain(periods.iter().map(share)).collect();
            table.row(ANSWERS[index], name, cells);
        }
        let count = periods.first().map_or(0, satisfied_of);
        let shares = periods.iter().map(satisfied);
        table.total(
            "satisfied",
            "Very or fairly satisfied",
            std::iter::once(CellView::count(count)).chain(shares).collect(),
        );
        table.note(
            "Answers given after a stage was closed, and not people: one complaint can have several. This is not TP09, which \
             rests on the landlord's perception survey.",
        )
    }

    /// Survey answers of a window, the most satisfied first.
    fn answers_in(&self, window: &str) -> [u64; 5] {
        ANSWERS.map(|answer| self.tables.surveys.sum(&[("window", window), ("answer", answer)]))
    }
}

/// The answers of a survey as the rows have them, the most satisfied first.
const ANSWERS: [&str; 5] = ["1", "2", "3", "4", "5"];

const fn satisfied_of(answers: &[u64; 5]) -> u64 {
    answers[0] + answers[1]
}

fn satisfied(answers: &[u64; 5]) -> CellView {
    let satisfaction = Satisfaction { answers: answers.map(Weighted::whole) };
    let rate = Rate::new(satisfied_of(answers), answers.iter().sum());
    CellView { text: satisfaction.figure().with_sign(), ..CellView::rate(&SATISFIED, rate) }
}

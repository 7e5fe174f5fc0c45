//! How many complaints there are for the homes there are, and where and about which services they are.

use chrono::{Months, NaiveDate};
use redress_shared::calendar::words::long_date;
use redress_shared::measure::{COMPLAINTS_PER_THOUSAND, Marker, Rate, StockType};

use super::outcomes::{fill, key_of, with_masking_note};
use super::words::counted;
use super::{CellView, Report, TableView, label};
use crate::frames::NOW;
use crate::source::Stock;
use crate::tables::Table;

impl Report<'_> {
    /// Complaints for each thousand homes of their type.
    #[must_use]
    pub fn per_thousand_homes(&self) -> TableView {
        let columns = [
            ("homes", "Homes"),
            ("stage-1", "Stage 1"),
            ("stage-1-rate", "per 1,000 homes"),
            ("stage-2", "Stage 2"),
            ("stage-2-rate", "per 1,000 homes"),
        ];
        let mut table =
            TableView::new("per-1000", "Complaints for the homes there are", "Type of home", &columns);
        let cells = |stocks: &[StockType]| {
            let homes = self.homes_of(stocks);
            let made = |stage: &str| -> u64 { stocks.iter().map(|stock| self.made_of(stage, *stock)).sum() };
            let unknown = || CellView::marked(Marker::Blank, "homes not entered");
            let mut cells = vec![homes.map_or_else(unknown, CellView::count)];
            for stage in ["1", "2"] {
                let rate = |homes| CellView::rate(&COMPLAINTS_PER_THOUSAND, Rate::new(made(stage), homes));
                let unknown = || unknown().defined_as(&COMPLAINTS_PER_THOUSAND);
                cells.extend([CellView::count(made(stage)), homes.map_or_else(unknown, rate)]);
            }
            cells
        };
        for stock in [StockType::Lcra, StockType::Lcho] {
            table.row(stock.word(), &label(stock.word()), cells(&[stock]));
        }
        table.total("tenants", "Tenants", cells(&[StockType::Lcra, StockType::Lcho]));
        for stock in [StockType::Leasehold, StockType::Other] {
            table.row(stock.word(), &label(stock.word()), cells(&[stock]));
        }
        let table = self.homes_counted_on().into_iter().fold(table, TableView::note);
        let period = self.scope.period();
        if period.is_of_whole_months() && period.months().len() == 12 {
            return table;
        }
        table.note("A period's rate is not a year's: a quarter has about a fourth of it.")
    }

    fn made_of(&self, stage: &str, stock: StockType) -> u64 {
        self.tables.stock.sum(&[("window", NOW), ("stage", stage), ("stock", stock.word())])
    }

    /// The homes of several types. A type that was not entered and about which nobody complained is taken as one that the
    /// landlord does not have.
    fn homes_of(&self, stocks: &[StockType]) -> Option<u64> {
        let is_missing = |stock: &&StockType| {
            self.latest_homes(**stock).is_none()
                && self.made_of("1", **stock) + self.made_of("2", **stock) > 0
        };
        let known: Vec<u64> = stocks.iter().filter_map(|stock| self.latest_homes(*stock)).collect();
        (!known.is_empty() && !stocks.iter().any(|stock| is_missing(&stock))).then(|| known.iter().sum())
    }

    /// Homes of a type by the latest count of the period's year or the one before.
    fn latest_homes(&self, stock: StockType) -> Option<u64> {
        let latest = self.counted_homes().filter(|row| row.stock_type == stock.word());
        u64::try_from(latest.max_by_key(|row| row.year_start)?.homes).ok()
    }

    fn counted_homes(&self) -> impl Iterator<Item = &Stock> {
        self.source.stock.iter().filter(|row| self.scope.goes_by_homes_of(row.year_start))
    }

    /// Of which day the homes are; by type, where that is not one day for all.
    fn homes_counted_on(&self) -> Vec<String> {
        let of_type = |stock: StockType| -> Option<(StockType, NaiveDate)> {
            let counted = self.counted_homes().filter(|row| row.stock_type == stock.word());
            let year = counted.map(|row| row.year_start).max()?;
            Some((stock, year.checked_add_months(Months::new(12))?.pred_opt()?))
        };
        let days: Vec<(StockType, NaiveDate)> = StockType::ALL.into_iter().filter_map(of_type).collect();
        match days.first() {
            Some((_, first)) if days.iter().all(|(_, day)| day == first) => {
                vec![format!("The homes are those of {}.", long_date(*first))]
            }
            _ => {
                let told = |(stock, day): &(StockType, NaiveDate)| {
                    format!("{}: the homes are those of {}.", label(stock.word()), long_date(*day))
                };
                days.iter().map(told).collect()
            }
        }
    }

    /// Complaints by the area of the home.
    #[must_use]
    pub fn areas(&self) -> TableView {
        self.by_word(("areas", "Complaints by area", "Area"), &self.tables.areas, "area")
    }

    /// Complaints by the service that they are about.
    #[must_use]
    pub fn services(&self) -> TableView {
        self.by_word(("services", "Complaints by service", "Service"), &self.tables.services, "service")
    }

    fn by_word(
        &self,
        (id, caption, corner): (&str, &str, &str),
        table: &Table,
        column: &'static str,
    ) -> TableView {
        let columns = [("stage-1", "Stage 1"), ("stage-2", "Stage 2"), ("all", "Both stages")];
        let mut view = TableView::new(id, caption, corner, &columns);
        let words = table.words(column, &[("window", NOW)]);
        let counts = |word: &String| {
            let count = |stage| table.sum(&[("window", NOW), ("stage", stage), (column, word.as_str())]);
            vec![count("1"), count("2")]
        };
        let masked = self.masked(&words.iter().map(counts).collect::<Vec<_>>());
        let names: Vec<(String, String)> = words.iter().map(|word| (key_of(word), label(word))).collect();
        fill(&mut view, &names, &masked, "All");
        let unnamed = table.sum(&[("window", NOW), (column, "")]);
        let view = with_masking_note(view, &masked);
        if unnamed == 0 || words.len() > 1 {
            return view;
        }
        view.note(format!("None is recorded for the {}.", counted(unnamed, "complaint")))
    }
}

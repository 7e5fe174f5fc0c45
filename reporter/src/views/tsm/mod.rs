//! The regulator's measures as their return wants them, and beside the sector's.

mod others;
mod satisfaction;

use std::collections::BTreeMap;

use redress_shared::measure::{
    CH01_STAGE_1, CH01_STAGE_2, CH02_STAGE_1, CH02_STAGE_2, Definition, Marker, StockType,
};

use super::document::{Document, document};
use super::explained::explain;
use super::measures::{Made, Numerator};
use super::{CellView, Report, TableView};
use crate::error::{Error, Result};
use crate::given::{Published, Survey};
use crate::request::Request;

/// The types of home that are returned, with the headings of their columns.
const RETURNED: [(StockType, &str, &str); 2] = [
    (StockType::Lcra, "lcra", "Low cost rental (LCRA)"),
    (StockType::Lcho, "lcho", "Low cost home ownership (LCHO)"),
];

/// What comes besides the landlord's rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The perception survey.
    pub survey: Option<&'a Survey>,
    /// The regulator's published data, for peers.
    pub published: Option<&'a [Published]>,
}

/// The document.
///
/// # Errors
/// When the sector's figures built into the program are damaged.
pub fn tsm(report: &Report<'_>, request: &Request, beside: Beside<'_>) -> Result<Document> {
    let sector = redress_shared::measure::sector().map_err(Error::Code)?;
    let mut document = document(report, request, "Tenant Satisfaction Measures on complaints");
    document.cards = Vec::new();
    document.charts = BTreeMap::new();
    let kept = ["choices", "markers", "reconciliation", "derived", "left_out"];
    document.tables.retain(|name, _| kept.contains(name));
    document.tables.extend([
        ("tsm", report.tsm()),
        ("return", report.returned_counts()),
        ("tp09", report.tp09(beside.survey)),
        ("populations", report.populations()),
        ("sector", report.beside_sector(sector)),
    ]);
    document.lists = BTreeMap::from([(
        "peers",
        beside.published.map(|published| report.beside_peers(published)).into_iter().collect(),
    )]);
    explain(&mut document, report);
    document.tables.insert("sector_terms", others::terms());
    Ok(document)
}

impl Report<'_> {
    /// The counts that the return asks for.
    fn returned_counts(&self) -> TableView {
        let columns = RETURNED.map(|(_, key, heading)| (key, heading));
        let mut table = TableView::new("return", "The counts of the return", "Asked for", &columns);
        let homes = RETURNED.map(|(stock, ..)| self.asked_for(None, stock, self.homes(stock)));
        table.row("homes", "Homes at the year's end", homes.to_vec());
        let stages = [("1", &CH01_STAGE_1, &CH02_STAGE_1), ("2", &CH01_STAGE_2, &CH02_STAGE_2)];
        for (stage, made, answered) in stages {
            let in_time = format!("Answered in time by the Code ({})", answered.id);
            let asked: [(&str, String, &Definition, Numerator); 4] = [
                ("made", format!("Stage {stage} complaints made"), made, |m| m.made),
                ("answered", in_time, answered, Made::answered),
                ("without-extension", "Answered in time without an extension".to_owned(), answered, |m| {
                    m.without
                }),
                (
                    "within-extension",
                    "Answered in time within a permitted extension".to_owned(),
                    answered,
                    |m| m.within,
                ),
            ];
            for (key, heading, measure, count) in asked {
                let cell = |(stock, ..): (StockType, &str, &str)| {
                    self.asked_for(Some(measure), stock, Some(count(&self.made(stage, stock))))
                };
                table.row(&format!("{key}-{stage}"), &heading, RETURNED.map(cell).to_vec());
            }
        }
        table.note("The two last lines of a stage add up to the one before them, and what was made is the divisor of both measures' figures.")
    }

    /// A count of the return, or the marker that stands in its place.
    fn asked_for(&self, measure: Option<&Definition>, stock: StockType, count: Option<u64>) -> CellView {
        if let Some((marker, why)) = self.not_returned(stock) {
            return CellView::marked(marker, why);
        }
        match count {
            _ if measure.is_some_and(|measure| self.is_left_out(measure, stock)) => {
                CellView::marked(Marker::Excluded, "")
            }
            None => CellView::marked(Marker::Blank, "homes not entered"),
            Some(count) => CellView::count(count),
        }
    }
}

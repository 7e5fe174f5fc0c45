//! The landlord's figures beside those of others: the sector's quartiles, and those of peers of like size.

use std::collections::BTreeSet;

use redress_shared::measure::{
    CH01_STAGE_1, CH01_STAGE_2, CH02_STAGE_1, CH02_STAGE_2, Definition, FEWEST_PEERS, Hundredths, Marker,
    Quartiles, Rate, SECTOR_TERMS, Sector, StockType, is_like_size, thousands,
};

use crate::given::{MEASURES, Published};
use crate::views::{CellView, Report, TableView};

pub(super) fn terms() -> TableView {
    let columns = [("version", "Version"), ("meaning", "Meaning")];
    let mut table = TableView::new("sector-terms", "Words used of the sector", "Word", &columns);
    for term in SECTOR_TERMS {
        let cells = vec![CellView::words(&term.version.to_string()), CellView::words(term.meaning)];
        table.row(term.id, term.name, cells);
    }
    table
}

impl Report<'_> {
    /// The landlord's figures for low cost rental homes, in the order of [`MEASURES`].
    fn rental_figures(&self) -> [(&'static Definition, Option<Rate>); 4] {
        let homes = self.homes(StockType::Lcra);
        let made = |stage| self.made(stage, StockType::Lcra);
        let volume = |stage| homes.map(|homes| Rate::new(made(stage).made, homes));
        let in_time = |stage| Some(Rate::new(made(stage).answered(), made(stage).made));
        [
            (&CH01_STAGE_1, volume("1")),
            (&CH02_STAGE_1, in_time("1")),
            (&CH01_STAGE_2, volume("2")),
            (&CH02_STAGE_2, in_time("2")),
        ]
    }

    pub(super) fn beside_sector(&self, sector: &Sector) -> TableView {
        let mut table =
            compared("sector", &format!("Low cost rental, beside the sector in {}", sector.year), true);
        for (definition, rate) in self.rental_figures() {
            let Some(measure) = sector.measure(definition.id) else { continue };
            let pooled = figure(Some(measure.pooled));
            let cells = [
                self.among(definition, rate, Some(measure.quartiles())),
                vec![pooled, CellView::count(measure.landlords)],
            ];
            table.row(&key(definition), definition_heading(definition).as_str(), cells.concat());
        }
        let table = table.note(format!(
            "{}. The figures of {} are the last that came with this program.",
            sector.source, sector.year
        ));
        table.note("More complaints per 1,000 homes are not bad in themselves, and few are not good: they can mean that people find it hard to complain.")
    }

    pub(super) fn beside_peers(&self, published: &[Published]) -> TableView {
        let own = words_of(&self.source.landlord.name);
        let homes = self.homes(StockType::Lcra).unwrap_or(0);
        let is_peer = |row: &&Published| {
            let like = row.homes.is_some_and(|theirs| is_like_size(homes, theirs));
            like && row.stock == StockType::Lcra && words_of(&row.landlord) != own
        };
        let peers: Vec<&Published> = published.iter().filter(is_peer).collect();
        let mut table = compared("peers", "Low cost rental, beside peers of like size", false);
        for (place, (definition, rate)) in self.rental_figures().into_iter().enumerate() {
            debug_assert_eq!(MEASURES[place], definition.id);
            let figures: Vec<Hundredths> = peers.iter().filter_map(|peer| peer.figures[place]).collect();
            let count = figures.len();
            let quartiles = if count < FEWEST_PEERS { None } else { Quartiles::of(figures) };
            let cells = [
                self.among(definition, rate, quartiles),
                vec![CellView::count(u64::try_from(count).unwrap_or(u64::MAX))],
            ];
            table.row(&key(definition), definition_heading(definition).as_str(), cells.concat());
        }
        let rows = published.iter().filter(|row| words_of(&row.landlord) == own);
        let names: BTreeSet<&str> = rows.map(|row| row.landlord.as_str()).collect();
        let itself = match names.into_iter().collect::<Vec<_>>() {
            names if names.is_empty() => "No line of the file is taken for this landlord itself.".to_owned(),
            names => format!("Taken for this landlord itself, and left out: {}.", names.join("; ")),
        };
        let table = table.note(itself).note(format!(
            "Landlords of the file that was given with {} to {} homes, this one apart. One without a published figure is not among those of that measure.",
            thousands(homes.div_ceil(2)),
            thousands(homes.saturating_mul(2))
        ));
        table.note(format!("[X]: fewer than {FEWEST_PEERS} peers have a figure, or this landlord has none."))
    }

    /// The landlord's figure, the quartiles, and where it stands among them.
    fn among(
        &self,
        definition: &Definition,
        rate: Option<Rate>,
        quartiles: Option<Quartiles>,
    ) -> Vec<CellView> {
        let own = self.returned(definition, StockType::Lcra, rate);
        let published = rate.and_then(|rate| Hundredths::try_from(rate.figure(definition.scale)).ok());
        let shown = published.filter(|_| own.numerator.is_some());
        let stands = match (shown, quartiles) {
            // A part of a year has fewer complaints than a year, and more that can still be answered in time.
            _ if !self.scope.is_over(self.scope.period()) || self.within_time > 0 => {
                CellView::words("Not compared yet")
            }
            (Some(figure), Some(quartiles)) => CellView::words(quartiles.standing(figure)),
            _ => CellView::words(Marker::Blank.symbol()),
        };
        let of = |pick: fn(Quartiles) -> Hundredths| figure(quartiles.map(pick));
        vec![own, of(|q| q.lower), of(|q| q.median), of(|q| q.upper), stands]
    }
}

/// What a landlord's name says, however it is spelt: its words in order, without those that say what kind of body it is.
fn words_of(name: &str) -> BTreeSet<String> {
    const KINDS: [&str; 16] = [
        "the",
        "and",
        "of",
        "limited",
        "ltd",
        "plc",
        "council",
        "city",
        "county",
        "borough",
        "metropolitan",
        "district",
        "housing",
        "association",
        "group",
        "royal",
    ];
    let name = name.to_lowercase();
    let words: BTreeSet<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let telling: BTreeSet<String> =
        words.iter().filter(|word| !KINDS.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

fn figure(figure: Option<Hundredths>) -> CellView {
    figure.map_or_else(
        || CellView::marked(Marker::Blank, ""),
        |figure| CellView::words(&figure.to_string()).number(),
    )
}

fn key(definition: &Definition) -> String {
    definition.id.to_lowercase().replace('(', "-").replace(')', "")
}

fn definition_heading(definition: &Definition) -> String {
    format!("{}: {}", definition.id, definition.name)
}

fn compared(id: &str, caption: &str, with_pooled: bool) -> TableView {
    let mut columns = vec![
        ("own", "This landlord"),
        ("lower", "Lower quartile"),
        ("median", "Median"),
        ("upper", "Upper quartile"),
        ("stands", "It stands"),
    ];
    if with_pooled {
        columns.push(("pooled", "Sector as a whole"));
    }
    columns.push(("landlords", "Landlords"));
    TableView::new(id, caption, "Measure", &columns)
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn a_landlord_is_itself_however_it_is_spelt() {
        for (one, other) in [
            ("Hartlepool Borough Council", "HARTLEPOOL BOROUGH COUNCIL"),
            ("Portsmouth City Council", "Portsmouth"),
            ("Northgate Homes & Co Ltd", "Northgate Homes and Co. Limited"),
        ] {
            assert_eq!(words_of(one), words_of(other));
        }
        assert_ne!(words_of("Cheshire West and Chester"), words_of("Cheshire East"));
        assert_ne!(words_of("Northgate Homes"), words_of("Southgate Homes"));
        // A name of such words alone is all that there is.
        assert_ne!(words_of("The Housing Group"), words_of("The Housing Association"));
    }
}

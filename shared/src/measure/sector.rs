//! The sector's figures, to hold a landlord's against: those that come with the program, and those of peers in the regulator's data.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::Deserialize;

use super::rate::{Figure, divide_half_up};

/// A published figure, held as a whole number of hundredths: 8.35 is 835. A median of two figures with one decimal can have two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Hundredths(pub u64);

/// The text is no figure with at most two decimals.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a figure with at most two decimals")]
pub struct NotAFigure(pub String);

impl FromStr for Hundredths {
    type Err = NotAFigure;

    fn from_str(text: &str) -> Result<Self, NotAFigure> {
        let refuse = || NotAFigure(text.to_owned());
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if decimals.len() > 2 || !digits(whole) || !digits(decimals) {
            return Err(refuse());
        }
        format!("{whole}{decimals:0<2}").parse().map(Self).map_err(|_| refuse())
    }
}

impl TryFrom<String> for Hundredths {
    type Error = NotAFigure;

    fn try_from(text: String) -> Result<Self, NotAFigure> {
        text.parse()
    }
}

impl TryFrom<Figure> for Hundredths {
    type Error = NotAFigure;

    /// The figure as it is published; a marker is none.
    fn try_from(figure: Figure) -> Result<Self, NotAFigure> {
        figure.trimmed().parse()
    }
}

/// Without decimals that are zero, as the regulator prints them.
impl fmt::Display for Hundredths {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.0 / 100, self.0 % 100);
        match decimals {
            0 => write!(formatter, "{whole}"),
            tenths if tenths.is_multiple_of(10) => write!(formatter, "{whole}.{}", tenths / 10),
            hundredths => write!(formatter, "{whole}.{hundredths:02}"),
        }
    }
}

/// The fewest peers that quartiles are taken of ([`super::PEERS`]).
pub const FEWEST_PEERS: usize = 5;

/// Whether another landlord is of like size: at least half and at most twice as many homes ([`super::PEERS`]). None is like one
/// without homes.
#[must_use]
pub const fn is_like_size(homes: u64, theirs: u64) -> bool {
    homes > 0 && theirs.saturating_mul(2) >= homes && theirs <= homes.saturating_mul(2)
}

/// The figures a quarter, half and three quarters of the way up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Quartiles {
    /// The lower quartile.
    pub lower: Hundredths,
    /// The median.
    pub median: Hundredths,
    /// The upper quartile.
    pub upper: Hundredths,
}

impl Quartiles {
    /// Those of some figures; none of none. Where a quartile falls between two figures it lies between them in proportion, rounded
    /// half up to hundredths ([`super::QUARTILES`]).
    ///
    /// ```
    /// use redress_shared::measure::{Hundredths, Quartiles};
    /// // Of 8.2 and 8.5 the median is 8.35, which has a decimal more than either.
    /// let quartiles = Quartiles::of(vec![Hundredths(850), Hundredths(820)]).expect("figures");
    /// assert_eq!(quartiles.median.to_string(), "8.35");
    /// ```
    #[must_use]
    pub fn of(mut figures: Vec<Hundredths>) -> Option<Self> {
        figures.sort_unstable();
        let last = figures.len().checked_sub(1)?;
        let at = |quarters: usize| {
            let place = last * quarters;
            let (below, share) = (figures.get(place / 4)?.0, u128::try_from(place % 4).ok()?);
            let above = figures.get(place / 4 + 1).map_or(below, |figure| figure.0);
            let weighted = u128::from(below) * (4 - share) + u128::from(above) * share;
            u64::try_from(divide_half_up(weighted, 4)).ok().map(Hundredths)
        };
        Some(Self { lower: at(1)?, median: at(2)?, upper: at(3)? })
    }

    /// Where a figure lies among them, in words.
    #[must_use]
    pub fn standing(&self, figure: Hundredths) -> &'static str {
        if figure < self.lower {
            "below the lower quartile"
        } else if figure < self.median {
            "from the lower quartile up to the median"
        } else if figure <= self.upper {
            "from the median up to the upper quartile"
        } else {
            "above the upper quartile"
        }
    }
}

/// One measure over the sector.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorMeasure {
    /// The measure: `CH01(1)`.
    pub measure: String,
    /// How many landlords have a figure.
    pub landlords: u64,
    /// The lower quartile of theirs.
    lower: Hundredths,
    /// Their median: of landlords, large and small alike.
    median: Hundredths,
    /// The upper quartile.
    upper: Hundredths,
    /// The figure of all their complaints and homes together, which the large ones make.
    pub pooled: Hundredths,
}

impl SectorMeasure {
    /// The quartiles.
    #[must_use]
    pub const fn quartiles(&self) -> Quartiles {
        Quartiles { lower: self.lower, median: self.median, upper: self.upper }
    }
}

/// The sector in one year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sector {
    /// The year: `2024-25`.
    pub year: String,
    /// The type of home, `lcra`.
    pub stock: String,
    /// Where the figures are from.
    pub source: String,
    /// The measures.
    pub measures: Vec<SectorMeasure>,
}

impl Sector {
    /// A measure by its id.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&SectorMeasure> {
        self.measures.iter().find(|measure| measure.measure == id)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sectors {
    years: Vec<Sector>,
}

static SECTORS: LazyLock<Result<Sectors, String>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../measures/sector.toml")).map_err(|error| error.to_string())
});

/// The sector in the last year that was published when the program was made.
///
/// # Errors
/// When the file built into the program is damaged, which the tests rule out.
pub fn sector() -> Result<&'static Sector, String> {
    let sectors = SECTORS.as_ref().map_err(Clone::clone)?;
    sectors.years.first().ok_or_else(|| "the sector's figures name no year".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{CH01_STAGE_1, CH01_STAGE_2, CH02_STAGE_1, CH02_STAGE_2, Rate};

    fn figures(texts: &[&str]) -> Vec<Hundredths> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn figures_read_and_print_as_they_are_published() {
        for text in ["0", "100", "8.35", "34.3", "199.9", "0.05"] {
            assert_eq!(text.parse::<Hundredths>().unwrap().to_string(), text);
        }
        assert_eq!("75.0".parse(), Ok(Hundredths(7_500)));
        for text in ["", ".5", "5.", "8.355", "-1", "[E]", "1,000"] {
            assert!(text.parse::<Hundredths>().is_err(), "{text}");
        }
        assert_eq!(Hundredths::try_from(Rate::new(60, 192).per_cent()), Ok(Hundredths(3_130)));
        assert!(Hundredths::try_from(Rate::new(0, 0).per_cent()).is_err());
    }

    #[test]
    fn quartiles_lie_between_two_figures_in_proportion() {
        let quartiles = Quartiles::of(figures(&["40", "10", "20", "30"])).unwrap();
        assert_eq!(
            [quartiles.lower, quartiles.median, quartiles.upper].map(|figure| figure.to_string()),
            ["17.5", "25", "32.5"]
        );
        let one = Quartiles::of(figures(&["7.1"])).unwrap();
        assert_eq!((one.lower, one.upper), (Hundredths(710), Hundredths(710)));
        assert_eq!(Quartiles::of(Vec::new()), None);
        let standing = |text: &str| quartiles.standing(text.parse().unwrap());
        assert_eq!(standing("17.4"), "below the lower quartile");
        assert_eq!(standing("17.5"), "from the lower quartile up to the median");
        assert_eq!(standing("25"), "from the median up to the upper quartile");
        assert_eq!(standing("32.5"), "from the median up to the upper quartile");
        assert_eq!(standing("32.6"), "above the upper quartile");
    }

    #[test]
    fn the_sector_has_every_measure_and_its_quartiles_in_order() {
        let sector = sector().unwrap();
        assert_eq!((sector.year.as_str(), sector.stock.as_str()), ("2024-25", "lcra"));
        for definition in [CH01_STAGE_1, CH02_STAGE_1, CH01_STAGE_2, CH02_STAGE_2] {
            let measure = sector.measure(definition.id).unwrap();
            let Quartiles { lower, median, upper } = measure.quartiles();
            assert!(lower <= median && median <= upper && measure.landlords > 350, "{}", definition.id);
        }
        assert_eq!(sector.measure("CH01(2)").unwrap().quartiles().median, Hundredths(835));
        assert_eq!(sector.measure("CH02(2)").unwrap().pooled.to_string(), "75");
    }
}

//! Charts: their geometry worked out in whole units, so that a template only has to write it down. Beside each stands a table
//! with the same figures, and nothing is told by colour alone.

mod bars;
mod control;

pub use bars::{columns, strips};
pub use control::{Charted, Control, control, side};
use serde::Serialize;

/// What a narrow phone has across for a chart, in the same units as a chart's.
const NARROWEST: u64 = 320;

/// How wide a chart can be beside its table on a page as wide as a desk, with letters that are hardly smaller than drawn.
const BESIDE_A_TABLE: u64 = 720;

/// A chart, in the units of its own box.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChartView {
    /// Its name on the page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it shows, in words, for those who cannot see it.
    pub description: String,
    /// Units across.
    pub width: String,
    /// Units down.
    pub height: String,
    /// Whether it is wider than a phone, where it is pushed sideways to be read: then a keyboard has to reach it.
    pub is_wide: bool,
    /// Whether it needs the page's whole width to be read: then its table stands under it and not beside it.
    pub is_full: bool,
    /// The bars.
    pub bars: Vec<BarView>,
    /// The lines, and the marks on them.
    pub lines: Vec<LineView>,
    /// The words and numbers.
    pub texts: Vec<TextView>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarView {
    /// Its left edge.
    pub x: String,
    /// Its top.
    pub y: String,
    /// Its width.
    pub width: String,
    /// Its height.
    pub height: String,
}

/// A line or a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// How it is drawn: `base`, `path`, `centre`, `limit`, `dot`, `outside`.
    pub class: &'static str,
    /// Where it goes, as SVG writes it.
    pub path: String,
}

/// Words or a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextView {
    /// Which of its ends is at the place: `start` or `middle`.
    pub class: &'static str,
    /// The place, across.
    pub x: String,
    /// The place, down.
    pub y: String,
    /// What is written.
    pub text: String,
}

impl ChartView {
    /// An empty chart.
    fn new(id: &str, title: &str, description: &str, (width, height): (u64, u64)) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            width: width.to_string(),
            height: height.to_string(),
            is_wide: width > NARROWEST,
            is_full: width > BESIDE_A_TABLE,
            ..Self::default()
        }
    }

    fn bar(&mut self, (x, y): (u64, u64), (width, height): (u64, u64)) {
        let [x, y, width, height] = [x, y, width, height].map(|unit| unit.to_string());
        self.bars.push(BarView { x, y, width, height });
    }

    fn line(&mut self, class: &'static str, (x1, y1): (u64, u64), (x2, y2): (u64, u64)) {
        self.lines.push(LineView { class, path: format!("M{x1} {y1}L{x2} {y2}") });
    }

    fn text(&mut self, class: &'static str, (x, y): (u64, u64), text: impl Into<String>) {
        self.texts.push(TextView { class, x: x.to_string(), y: y.to_string(), text: text.into() });
    }
}

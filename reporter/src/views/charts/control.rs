//! Control charts: a figure period by period between the limits of what it does by itself.

use redress_shared::measure::{Limits, Tenths};

use super::{ChartView, LineView};

/// A period's point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charted {
    /// What stands under it, in two lines.
    pub label: [String; 2],
    /// Its value in tenths; `None` where there is no figure.
    pub value: Option<u64>,
    /// The value as it is printed.
    pub printed: String,
    /// Whether it may be held against the limits.
    pub is_comparable: bool,
}

/// What a chart is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Control<'a> {
    /// Its name on the page.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The points, the oldest first.
    pub points: &'a [Charted],
    /// The limits, where there are periods enough for them.
    pub limits: Option<&'a Limits>,
}

const TOP: u64 = 42;
const HEIGHT: u64 = 160;
const LEFT: u64 = 20;
const STEP: u64 = 58;
/// More points than these stand closer together, so that they fit on a page.
const MANY: usize = 12;
const STEP_OF_MANY: u64 = 46;
/// Room for the words at the ends of the lines.
const RIGHT: u64 = 110;

/// The points in a line, over the average and the limits. What lies outside has another mark and says so.
#[must_use]
pub fn control(drawn: Control<'_>) -> ChartView {
    let Control { id, title, description, points, limits } = drawn;
    let count = u64::try_from(points.len()).unwrap_or(0);
    let step = if points.len() > MANY { STEP_OF_MANY } else { STEP };
    let end = LEFT + count.max(1) * step;
    let mut chart = ChartView::new(id, title, description, (end + RIGHT, TOP + HEIGHT + 42));
    let values = points.iter().filter_map(|point| point.value);
    let highest = values.chain(limits.map(|limits| tenths(limits.upper()))).max().unwrap_or(0).max(1);
    let at = |value: u64| TOP + HEIGHT - value.saturating_mul(HEIGHT) / highest;
    chart.line("base", (LEFT, TOP + HEIGHT), (end, TOP + HEIGHT));
    if let Some(limits) = limits {
        limit_lines(&mut chart, end, limits, &at);
    }
    let placed: Vec<(u64, &Charted)> =
        (0_u64..).zip(points).map(|(place, point)| (LEFT + place * step + step / 2, point)).collect();
    let heights: Vec<Option<(u64, u64)>> =
        placed.iter().map(|(x, point)| Some((*x, at(point.value?)))).collect();
    if heights.iter().any(Option::is_some) {
        chart.lines.push(LineView { class: "path", path: path(&heights) });
    }
    for ((x, y), point) in heights.iter().zip(points).filter_map(|(place, point)| Some(((*place)?, point))) {
        let side = point.value.filter(|_| point.is_comparable).and_then(|value| side(value, limits));
        mark(&mut chart, (x, y), &point.printed, side);
    }
    for (x, point) in placed.iter().filter(|(_, point)| point.value.is_none()) {
        chart.text("middle", (*x, TOP + HEIGHT - 8), point.printed.as_str());
    }
    name_points(&mut chart, &placed);
    chart
}

/// What stands under the points. Where they stand close, the second line is there where it changes, and nowhere else.
fn name_points(chart: &mut ChartView, placed: &[(u64, &Charted)]) {
    let mut last = "";
    for (x, Charted { label: [first, second], .. }) in placed {
        chart.text("middle", (*x, TOP + HEIGHT + 18), first.as_str());
        if placed.len() <= MANY || second != last {
            chart.text("middle", (*x, TOP + HEIGHT + 34), second.as_str());
        }
        last = second;
    }
}

/// The average and the limits, named at their ends; the names are moved apart where the lines lie close together.
fn limit_lines(chart: &mut ChartView, end: u64, limits: &Limits, at: &dyn Fn(u64) -> u64) {
    const APART: u64 = 15;
    let mut free_from = 0;
    for (class, name, value) in [
        ("limit", "Upper limit", limits.upper()),
        ("centre", "Average", limits.centre()),
        ("limit", "Lower limit", limits.lower()),
    ] {
        let y = at(tenths(value));
        chart.line(class, (LEFT, y), (end, y));
        let named_at = (y + 4).max(free_from);
        chart.text("start", (end + 6, named_at), format!("{name} {}", value.trimmed()));
        free_from = named_at + APART;
    }
}

fn tenths(value: Tenths) -> u64 {
    u64::try_from(value.0).unwrap_or(u64::MAX)
}

/// A line through the points; where one has no value it breaks off, so that nothing is drawn through what is not known.
fn path(points: &[Option<(u64, u64)>]) -> String {
    let mut path = String::new();
    let mut before = None;
    for point in points {
        if let Some((x, y)) = point {
            path.push_str(&format!("{}{x} {y}", if before.is_none() { "M" } else { "L" }));
        }
        before = *point;
    }
    path
}

/// On which side of the limits a value lies; `None` between them, and where there are none.
#[must_use]
pub fn side(value: u64, limits: Option<&Limits>) -> Option<&'static str> {
    let limits = limits?;
    if limits.is_above(value) {
        Some("above")
    } else if limits.is_below(value) {
        Some("below")
    } else {
        None
    }
}

/// A point, and its value over it; one outside the limits has another mark, and the word between the two.
fn mark(chart: &mut ChartView, (x, y): (u64, u64), printed: &str, side: Option<&str>) {
    const LINE: u64 = 13;
    let above = y - 12;
    let Some(side) = side else {
        let path = format!("M{} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", x - 4);
        chart.lines.push(LineView { class: "dot", path });
        return chart.text("middle", (x, above), printed);
    };
    let path = format!("M{x} {}L{} {y}L{x} {}L{} {y}Z", y - 8, x + 8, y + 8, x - 8);
    chart.lines.push(LineView { class: "outside", path });
    chart.text("middle", (x, above - LINE), printed);
    chart.text("middle", (x, above), side);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[Option<u64>]) -> Vec<Charted> {
        let point = |value: &Option<u64>| Charted {
            label: ["Q1".to_owned(), "2025-26".to_owned()],
            value: *value,
            printed: value.map_or_else(|| "[U]".to_owned(), |value| (value / 10).to_string()),
            is_comparable: *value != Some(910),
        };
        values.iter().map(point).collect()
    }

    fn drawn(values: &[Option<u64>], limits: Option<&Limits>) -> ChartView {
        let (id, title, description) = ("c", "Chart", "Points");
        control(Control { id, title, description, points: &points(values), limits })
    }

    #[test]
    fn what_lies_outside_is_told_by_shape_and_word() {
        let limits = Limits::of(&[400, 440, 380, 420, 460, 420].map(Some), None).unwrap();
        let chart = drawn(&[Some(420), Some(900), Some(910)], Some(&limits));
        assert_eq!(chart.lines.iter().filter(|line| line.class == "outside").count(), 1);
        assert!(chart.texts.iter().any(|text| text.text == "above"));
        // What is not to be compared has a point and no verdict.
        assert!(chart.texts.iter().any(|text| text.text == "91"));
        assert!(chart.texts.iter().any(|text| text.text == "Average 42"));
    }

    #[test]
    fn a_period_without_a_figure_leaves_a_gap_and_says_why() {
        let chart = drawn(&[Some(420), None, Some(400)], None);
        assert_eq!(chart.lines.iter().filter(|line| line.class == "dot").count(), 2);
        assert!(chart.texts.iter().any(|text| text.text == "[U]"));
        let line = chart.lines.iter().find(|line| line.class == "path").unwrap();
        assert_eq!((line.path.matches('M').count(), line.path.matches('L').count()), (2, 0));
        assert!(drawn(&[], None).lines.iter().all(|line| line.class == "base"));
        // Where there are many, the year is named where it begins, and at the first point.
        let many: Vec<Charted> = (0..20)
            .map(|place| {
                let year = format!("20{}-{}", 21 + place / 4, 22 + place / 4);
                Charted { label: [format!("Q{}", place % 4 + 1), year], ..points(&[Some(420)]).remove(0) }
            })
            .collect();
        let chart =
            control(Control { id: "c", title: "Chart", description: "Points", points: &many, limits: None });
        assert_eq!(chart.texts.iter().filter(|text| text.text.starts_with("20")).count(), 5);
        assert!(chart.is_full && !drawn(&[Some(420); 8], None).is_full);
        // Nothing but zeros divides by nothing.
        assert!(drawn(&[Some(0)], None).texts.iter().any(|text| text.text == "0"));
    }
}

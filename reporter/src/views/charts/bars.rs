//! Bar charts: upright for what follows in time, lying for what has long names.

use redress_shared::measure::thousands;

use super::ChartView;

const UPRIGHT_WIDTH: u64 = 44;
const UPRIGHT_STEP: u64 = 56;
const UPRIGHT_HEIGHT: u64 = 150;
/// Above the highest bar there is room for its count.
const UPRIGHT_TOP: u64 = 24;

/// An upright bar for each label, its count above it.
#[must_use]
pub fn columns(id: &str, title: &str, description: &str, counts: &[(String, u64)]) -> ChartView {
    let base = UPRIGHT_TOP + UPRIGHT_HEIGHT;
    let width = (0..).zip(counts).map(|(place, _): (u64, _)| place + 1).max().unwrap_or(1) * UPRIGHT_STEP;
    let highest = counts.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let mut chart = ChartView::new(id, title, description, (width, base + 24));
    for (place, (label, count)) in (0_u64..).zip(counts) {
        let left = place * UPRIGHT_STEP + (UPRIGHT_STEP - UPRIGHT_WIDTH) / 2;
        let height = count * UPRIGHT_HEIGHT / highest;
        let middle = left + UPRIGHT_WIDTH / 2;
        chart.bar((left, base - height), (UPRIGHT_WIDTH, height));
        chart.text("middle", (middle, base - height - 6), thousands(*count));
        chart.text("middle", (middle, base + 18), label.as_str());
    }
    chart.line("base", (0, base), (width, base));
    chart
}

const LYING_WIDTH: u64 = 560;
const LYING_STEP: u64 = 42;
/// Beside the longest bar there is room for its count.
const LYING_LONGEST: u64 = 490;

/// A lying bar for each label, which stands above it, its count beside it. A masked count has no bar and says so.
#[must_use]
pub fn strips(id: &str, title: &str, description: &str, counts: &[(String, Option<u64>)]) -> ChartView {
    let height = (0..).zip(counts).map(|(place, _): (u64, _)| place + 1).max().unwrap_or(1) * LYING_STEP;
    let highest = counts.iter().filter_map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let mut chart = ChartView::new(id, title, description, (LYING_WIDTH, height));
    for (place, (label, count)) in (0_u64..).zip(counts) {
        let top = place * LYING_STEP;
        let length = count.unwrap_or(0) * LYING_LONGEST / highest;
        chart.text("start", (0, top + 14), label.as_str());
        chart.bar((0, top + 20), (length, 14));
        let said = count.map_or_else(|| "[masked]".to_owned(), thousands);
        chart.text("start", (length + 6, top + 32), said);
    }
    chart.line("base", (0, 0), (0, height));
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_count_is_a_flat_chart_and_no_division_by_zero() {
        let chart = columns("months", "Months", "None", &[("Apr".to_owned(), 0), ("May".to_owned(), 0)]);
        assert!(chart.bars.iter().all(|bar| bar.height == "0"));
        assert_eq!(chart.texts[0].text, "0");
        assert!(columns("none", "None", "None", &[]).bars.is_empty());
        assert!(strips("none", "None", "None", &[]).bars.is_empty());
    }

    #[test]
    fn a_masked_count_has_no_bar_to_measure() {
        let chart =
            strips("what", "What", "Bars", &[("Repairs".to_owned(), Some(20)), ("Noise".to_owned(), None)]);
        assert_eq!(chart.bars.iter().map(|bar| bar.width.as_str()).collect::<Vec<_>>(), ["490", "0"]);
        assert_eq!(chart.texts[3].text, "[masked]");
    }
}

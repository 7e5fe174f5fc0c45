//! TP09: satisfaction with how complaints are handled.

use redress_shared::measure::{Marker, Rate, Satisfaction, StockType, TP09, Weighted};

use super::RETURNED;
use crate::given::{ANSWERS, Survey};
use crate::views::{CellView, Report, TableView};

/// Satisfaction over counts that may be weighted, and so not whole.
fn satisfied(satisfaction: &Satisfaction) -> CellView {
    let (satisfied, asked) = (satisfaction.satisfied(), satisfaction.asked());
    let whole = |count: Weighted| count.0.is_multiple_of(1_000).then_some(count.0 / 1_000);
    CellView {
        text: satisfaction.figure().with_sign(),
        plain: satisfaction.figure().trimmed(),
        of: format!("{satisfied} of {asked}"),
        numerator: whole(satisfied),
        denominator: whole(asked),
        ..CellView::rate(&TP09, Rate::new(satisfied.0, asked.0))
    }
}

fn weighted(count: Weighted) -> CellView {
    CellView { plain: count.to_string().replace(',', ""), ..CellView::words(&count.to_string()).number() }
}

impl Report<'_> {
    /// TP09 by type of home, from the survey that was given. Answers after a stage was closed are of another survey, and never stand in.
    pub(super) fn tp09(&self, survey: Option<&Survey>) -> TableView {
        let columns = RETURNED.map(|(_, key, heading)| (key, heading));
        let mut table =
            TableView::new("tp09", "TP09: satisfaction with how complaints are handled", "Answer", &columns);
        let of = |stock: StockType| match (survey, stock) {
            (Some(survey), StockType::Lcra) => survey.lcra,
            (Some(survey), _) => survey.lcho,
            (None, _) => None,
        };
        let given = RETURNED.map(|(stock, ..)| (stock, of(stock)));
        let cells = |cell: &dyn Fn(&Satisfaction) -> CellView| -> Vec<CellView> {
            let one = |(stock, satisfaction): &(StockType, Option<Satisfaction>)| match (
                self.not_returned(*stock),
                satisfaction,
            ) {
                (Some((marker, why)), _) => CellView::marked(marker, why),
                (None, None) => CellView::marked(Marker::Blank, ""),
                (None, Some(satisfaction)) => cell(satisfaction),
            };
            given.iter().map(one).collect()
        };
        let names =
            ["Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied"];
        for (index, (key, name)) in ANSWERS.iter().zip(names).enumerate() {
            table.row(key, name, cells(&|satisfaction| weighted(satisfaction.answers[index])));
        }
        table.total("asked", "All five answers", cells(&|satisfaction| weighted(satisfaction.asked())));
        table.total("tp09", "TP09: very or fairly satisfied", cells(&satisfied));
        table.note(match survey {
            Some(_) => "From the perception survey that was given, of tenants who complained in the twelve months before; counts as weighted there. They are answers of a sample and not \
                         tenants, so that none is hidden.",
            None => "No perception survey was given as a file, and TP09 rests on nothing else.",
        })
    }
}

//! The headline figures, each beside the other periods'.

use redress_shared::measure::{
    ACKNOWLEDGED, ACTIONS, Counting, Definition, ESCALATION, MALADMINISTRATION, RESPONDED, Rate, UPHELD,
    thousands,
};

use super::{CardView, Report};
use crate::frames::NOW;

/// What is said of a rate where there is nothing to take it of.
const NONE: &str = "none to count";

/// A rate of the window it is given.
type RateOf<'a> = &'a dyn Fn(&str) -> Rate;

impl Report<'_> {
    /// Headline figures.
    #[must_use]
    pub fn cards(&self) -> Vec<CardView> {
        let mut cards = vec![
            self.count_card("stage-1", "Stage 1 complaints", "months", &|window| self.made_in(window, "1")),
            self.count_card("stage-2", "Stage 2 complaints", "months", &|window| self.made_in(window, "2")),
        ];
        let rates: [(&str, &str, &Definition, RateOf<'_>); 8] = [
            ("acknowledged-1", "Stage 1 acknowledged in the Code's time", &ACKNOWLEDGED, &|window| {
                self.acknowledged_rate(window, "1", "acknowledged")
            }),
            ("answered-1", "Stage 1 answered in the Code's time", &RESPONDED, &|window| {
                self.answered_rate(window, "1", "in_time")
            }),
            ("answered-2", "Stage 2 answered in the Code's time", &RESPONDED, &|window| {
                self.answered_rate(window, "2", "in_time")
            }),
            ("upheld-1", "Stage 1 upheld, wholly or in part", &UPHELD, &|window| {
                self.upheld_rate(window, "1")
            }),
            ("upheld-2", "Stage 2 upheld, wholly or in part", &UPHELD, &|window| {
                self.upheld_rate(window, "2")
            }),
            ("escalation", "Stage 2 as a share of stage 1", &ESCALATION, &|window| {
                self.escalation_rate(window)
            }),
            ("maladministration", "Maladministration rate", &MALADMINISTRATION, &|window| {
                self.maladministration_rate(window)
            }),
            ("actions", "Promised actions done on time", &ACTIONS, &|window| self.actions_rate(window)),
        ];
        cards.extend(rates.into_iter().map(|(key, label, of, rate)| self.rate_card(key, label, of, rate)));
        cards.push(self.count_card("refusals", "Complaints refused", "refusals", &|window| {
            self.refusals_in(window, "complaint")
        }));
        cards.push(self.count_card(
            "refused-escalations",
            "Escalations refused",
            "refused-escalations",
            &|window| self.refusals_in(window, "escalation"),
        ));
        cards
    }

    /// A count, which the table of this id counts too.
    fn count_card(&self, key: &str, label: &str, table: &str, count: &dyn Fn(&str) -> u64) -> CardView {
        let now = count(NOW);
        let compare = |window: &str| {
            let then = count(window);
            // From nothing there is no change in per cent to speak of, nor from a whole period to a part of one.
            if then == 0 || !self.scope.is_over(self.scope.period()) {
                return thousands(then);
            }
            format!("{} ({})", thousands(then), redress_shared::measure::Change::new(then, now))
        };
        let definition = Counting::of(table).map(Counting::id).unwrap_or_default();
        CardView { definition, ..self.card(key, label, (thousands(now), String::new()), &compare) }
    }

    fn rate_card(&self, key: &str, label: &str, definition: &Definition, rate: RateOf<'_>) -> CardView {
        let now = rate(NOW);
        let compare = |window: &str| {
            let then = rate(window);
            if then.denominator == 0 {
                NONE.to_owned()
            } else {
                format!("{} ({})", then.per_cent().with_sign(), then.of())
            }
        };
        let value = if now.denominator == 0 {
            ("–".to_owned(), NONE.to_owned())
        } else {
            (now.per_cent().with_sign(), now.of())
        };
        CardView { definition: definition.id.to_owned(), ..self.card(key, label, value, &compare) }
    }

    fn card(
        &self,
        key: &str,
        label: &str,
        (value, of): (String, String),
        compare: &dyn Fn(&str) -> String,
    ) -> CardView {
        let others = self.scope.windows.iter().filter(|window| window.key != NOW);
        CardView {
            figure: format!("headline.{key}"),
            label: label.to_owned(),
            value,
            of,
            comparisons: others
                .map(|window| format!("{}: {}", window.period.label, compare(window.key)))
                .collect(),
            definition: String::new(),
            meaning: String::new(),
        }
    }
}

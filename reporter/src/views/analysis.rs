//! The year in sentences, for the qualitative part of the annual report (Code 8.1 b). What it means is for the landlord to say.

use std::collections::BTreeMap;

use redress_shared::measure::{Change, thousands};

use super::discreet::is_small;
use super::words::counted;
use super::{CellView, Report, label};
use crate::frames::{BEFORE, NOW, Place};

/// How many of the commonest are named.
const NAMED: usize = 3;

impl Report<'_> {
    /// What the figures say, a sentence each; nothing is said of what there was none of.
    #[must_use]
    pub fn in_sentences(&self) -> Vec<String> {
        let made = self.made_in(NOW, "1");
        if made == 0 {
            let none = if self.scope.is_over(self.scope.period()) {
                "No stage 1 complaint was made in the year."
            } else {
                "No stage 1 complaint has been made so far."
            };
            return vec![none.to_owned()];
        }
        let sentences = [
            Some(self.how_many(made)),
            self.most_about(),
            self.upheld_in_words(),
            self.declined_as(),
            self.taken_further(made),
            self.learnt_from(),
        ];
        sentences.into_iter().flatten().collect()
    }

    fn how_many(&self, made: u64) -> String {
        let before = self.made_in(BEFORE, "1");
        let compared = match before {
            0 => "there was none the year before".to_owned(),
            _ if !self.scope.is_over(self.scope.period()) => {
                format!("so far, beside {} in the whole of the year before", thousands(before))
            }
            _ => format!("{} the year before ({})", thousands(before), Change::new(before, made)),
        };
        format!("{}; {compared}.", counted(made, "stage 1 complaint"))
    }

    /// The commonest categories by name: their counts stand in a table that is masked where it has to be.
    fn most_about(&self) -> Option<String> {
        let table = &self.tables.categories;
        let categories = table.words("category", &[("window", NOW)]);
        let count = |category: &String| table.sum(&[("window", NOW), ("category", category)]);
        let counts = categories.iter().map(|category| (label(category), count(category)));
        let hides_some = self.categories().rows.iter().flat_map(|row| &row.cells).any(CellView::is_masked);
        let most =
            if self.is_published() && hides_some { commonest_shown(counts) } else { commonest(counts) };
        (!most.is_empty()).then(|| format!("What they were about most: {}.", most.join(", ")))
    }

    fn upheld_in_words(&self) -> Option<String> {
        let rate = self.upheld_rate(NOW, "1");
        (rate.denominator > 0).then(|| {
            format!(
                "{} answers at stage 1 found the resident right in all or in some ({}).",
                rate.of(),
                rate.per_cent().with_sign()
            )
        })
    }

    fn declined_as(&self) -> Option<String> {
        let table = &self.tables.refusals;
        let key = [("window", NOW), ("what", "complaint")];
        let grounds: Vec<String> =
            table.words("ground", &key).iter().map(|ground| label(ground).to_lowercase()).collect();
        (!grounds.is_empty()).then(|| format!("Complaints were declined as: {}.", grounds.join("; ")))
    }

    fn taken_further(&self, made: u64) -> Option<String> {
        let further = self.made_in(NOW, "2");
        (further > 0).then(|| {
            let rate = self.escalation_rate(NOW).per_cent().with_sign();
            format!(
                "{} beside {}: {rate}.",
                counted(further, "stage 2 complaint"),
                counted(made, "stage 1 complaint")
            )
        })
    }

    /// The root causes of the learning register, the commonest first.
    fn learnt_from(&self) -> Option<String> {
        let mut causes: BTreeMap<&str, u64> = BTreeMap::new();
        let placed = self
            .source
            .learning
            .iter()
            .filter(|entry| self.scope.place(entry.recorded_on) == Place::Counted(NOW));
        for entry in placed {
            *causes.entry(entry.root_cause.as_str()).or_default() += 1;
        }
        let most = commonest(causes.into_iter().map(|(cause, count)| (cause.to_owned(), count)));
        (!most.is_empty()).then(|| format!("Root causes recorded most: {}.", most.join("; ")))
    }
}

/// The commonest few in the order of their names, none of them a small one: an order by counts that are hidden would tell of them.
fn commonest_shown(counts: impl Iterator<Item = (String, u64)>) -> Vec<String> {
    let mut names = commonest(counts.filter(|(_, count)| !is_small(*count)));
    names.sort();
    names
}

/// The commonest few, by count and then by name.
fn commonest(counts: impl Iterator<Item = (String, u64)>) -> Vec<String> {
    let mut counts: Vec<(String, u64)> = counts.collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts.into_iter().take(NAMED).map(|(name, _)| name).collect()
}

//! What the words of a report mean that are not shares or rates, with a number that changes when the meaning does.

/// A word that a report uses, and what it means there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Its name in data.
    pub id: &'static str,
    /// Goes up by one whenever the meaning changes.
    pub version: u32,
    /// The word.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

macro_rules! terms {
    ($(#[$all_doc:meta])* $all:ident = [
        $($(#[$doc:meta])* $constant:ident = ($id:literal, $version:literal, $name:literal, $meaning:literal);)*
    ]) => {
        $($(#[$doc])* pub const $constant: Term = Term { id: $id, version: $version, name: $name, meaning: $meaning };)*
        $(#[$all_doc])*
        pub const $all: &[Term] = &[$($constant),*];
    };
}

terms! {
    /// Every term of a report on cases, in the order of the method note.
    TERMS = [
    /// Where a stage counts.
    PERIOD = ("period", 1, "In the period",
        "A stage 1 complaint counts on the day it was received, a stage 2 complaint on the day it was asked for, whatever \
         the period of its stage 1; a refusal, an offer and a lesson on their own days; an action on the day it fell due.");
    /// What is made.
    MADE = ("made", 1, "Complaints made",
        "Each stage of a complaint by itself, the second as well as the first. Of complaints refused, withdrawn or brought by several \
         residents the choices below say whether and how often they count; what was found to be no complaint never does.");
    /// How long an acknowledgement took.
    DAYS_TO_ACKNOWLEDGE = ("days-to-acknowledge", 1, "Working days to acknowledge",
        "Working days from the receipt, or from the request for stage 2, to the acknowledgement: the day after is day 1, and \
         the same day is 0. Of the stages of the period acknowledged by the report's date.");
    /// How long an answer took.
    DAYS_TO_ANSWER = ("days-to-answer", 2, "Working days to answer",
        "Working days from the receipt, or from the request for stage 2, to the full answer, as the resident waited: the day \
         after is day 1, the same day is 0, and nothing is taken off. Of the stages of the period answered by the report's date: while \
         some are open, the quick ones count for more than they will.");
    /// The middle value.
    MEDIAN = ("median", 1, "Median",
        "The value at place n ÷ 2, rounded up, when all n values stand in order: a value that there was, and never one \
         between two.");
    /// Nine in ten.
    NINETIETH = ("ninetieth", 1, "90th percentile",
        "The value at place n × 9 ÷ 10, rounded up, when all n values stand in order: nine in ten are no higher.");
    /// The mean of money.
    AVERAGE = ("average", 1, "Average",
        "The total divided by the number of amounts, which is printed beside it, to the penny.");
    /// What is open.
    OPEN = ("open", 1, "Open",
        "Received or asked for by the report's date, not answered, withdrawn or closed on it, and not refused; of whatever period.");
    /// What is overdue.
    OVERDUE = ("overdue", 1, "Overdue",
        "The last day by which it could be done in time, a permitted extension included, lies before the report's date.");
    /// A count compared.
    BEYOND_CHANCE = ("beyond-chance", 3, "More than chance",
        "Two counts differ by more than chance if, with all that happened in both periods falling into either in proportion \
         to its days, so large a difference would come about less than once in 100 times, half of that to either side (exact binomial \
         test). Two shares, likewise, with all that was found shared out between the periods at random (Fisher's exact test). Where no outcome could have shown that, the numbers are too few to tell; two shares that are \
         both none or both all are the same. Each event is taken as independent \
         of the others: one burst main that twenty residents complain about, or one group, can look like more than chance. A share \
         is not compared while something in it, of either period, is open and can still be in time.");
    /// Limits of a chart.
    CONTROL_LIMITS = ("control-limits", 2, "Control limits",
        "The average of the periods before the report's, give or take 2.66 times the average change from one of them to the very \
         next (XmR chart). A period outside the limits differs by more than the usual ups and downs. Limits are drawn \
         from six periods upwards, with five changes between neighbours. Neither drawn from nor held against them: a period that has not ended, \
         one that began before the first complaint on record, a share of fewer than 10, a share while something in it can still be in time. \
         A median of days is not held against them while a stage of its period is open.");
    /// Small counts.
    MASKED = ("masked", 1, "Masked",
        "A count from 1 to 4 of a table that crosses two things, or one that would give such a count away by a subtraction.");
    /// Figures that can change.
    PROVISIONAL = ("provisional", 1, "Provisional",
        "Made while an answer that is yet to come could still be in time, so that figures can change.");
    /// Severe determinations.
    SEVERE = ("severe", 1, "Severe",
        "Of a determination with at least one finding of severe maladministration.");
    ]
}

terms! {
    /// The terms of a comparison with other landlords.
    SECTOR_TERMS = [
    /// A quarter of the way up.
    QUARTILES = ("quartiles", 1, "Lower quartile, median, upper quartile",
        "The published figures of landlords in order, from the lowest: those a quarter, half and three quarters of the way from the \
         first to the last; where that is between two, between them in proportion. Each landlord counts once, whatever its size.");
    /// All together.
    POOLED = ("pooled", 1, "Sector as a whole",
        "All landlords' complaints together over all their homes, or over all their complaints: the large landlords make it, and it is \
         no landlord's in the middle.");
    /// Who is like.
    PEERS = ("peers", 1, "Peers of like size",
        "The other landlords in the file that was given with at least half and at most twice as many homes of that type, and a \
         figure; at least 5 of them.");
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::measure::{DEFINITIONS, FEWEST_FOR_A_SHARE, FEWEST_FOR_LIMITS, ONCE_IN, SMALLEST_SHOWN};

    #[test]
    fn no_two_terms_or_definitions_share_an_id() {
        let ids = || {
            TERMS
                .iter()
                .chain(SECTOR_TERMS)
                .map(|term| term.id)
                .chain(DEFINITIONS.iter().map(|definition| definition.id))
        };
        assert_eq!(ids().collect::<BTreeSet<_>>().len(), ids().count());
    }

    #[test]
    fn the_numbers_in_the_words_are_those_that_are_counted_with() {
        assert!(BEYOND_CHANCE.meaning.contains(&format!("once in {ONCE_IN} times")));
        assert!(MASKED.meaning.contains(&format!("from 1 to {}", SMALLEST_SHOWN - 1)));
        assert!(CONTROL_LIMITS.meaning.contains("from six periods") && FEWEST_FOR_LIMITS == 6);
        assert!(CONTROL_LIMITS.meaning.contains(&format!("fewer than {FEWEST_FOR_A_SHARE}")));
    }
}

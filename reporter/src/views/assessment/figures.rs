//! What the year's cases show of each provision, and which cases are the exceptions.

use std::collections::BTreeSet;

use redress_shared::assessment::{Asks, Figure, Measured};
use redress_shared::measure::{InTime, Rate, UPHELD_OUTCOMES, thousands};

use super::super::Report;
use super::super::discreet::{is_small, is_telling};
use crate::tables::Table;

/// Figures about people with something in common: published, those from 1 to 4 are not told exactly.
const ABOUT_PEOPLE: [&str; 7] = [
    "represented",
    "from-service-requests",
    "directed",
    "adjustments",
    "third-party",
    "vulnerable",
    "hazards",
];

/// Figures of so few cases that their parts are hidden in the tables that are published, and must not be told here.
const OF_A_FEW: [&str; 5] = [
    "late-complaints-weighed",
    "restrictions-reviewed",
    "refusals-weighed",
    "refusals-that-stand",
    "remedies-accepted",
];

/// Which words of a column kept a provision, broke it, can still do either, or do not say.
struct Words {
    kept: &'static [&'static str],
    broken: &'static [&'static str],
    open: &'static [&'static str],
    untold: &'static [&'static str],
    ended: &'static [&'static str],
}

const ACKNOWLEDGED: Words = Words {
    kept: &["in-time"],
    broken: &["late", "open-overdue"],
    open: &["open-within-time"],
    untold: &[],
    ended: &[],
};

const ANSWERED: Words = Words {
    kept: &[InTime::WithoutExtension.word(), InTime::WithinExtension.word()],
    broken: &[InTime::Late.word(), InTime::OpenOverdue.word()],
    open: &[InTime::OpenWithinTime.word()],
    // Whether a complaint had to be answered that was closed without is for a person to say.
    untold: &[InTime::Closed.word()],
    ended: &[InTime::Withdrawn.word()],
};

const UPDATES: Words = Words { kept: &["kept"], broken: &["not-kept"], open: &[], untold: &[], ended: &[] };

const EXTENDED: Words =
    Words { kept: &["permitted"], broken: &["not-permitted"], open: &[], untold: &[], ended: &[] };

/// Where the answer is outside the Code's time, having agreed no updates at all falls short too.
const LATE: Words =
    Words { kept: &["kept"], broken: &["not-kept", "none-agreed"], open: &[], untold: &[], ended: &[] };

const REVIEWED: Words =
    Words { kept: &["reviewed"], broken: &["overdue"], open: &[], untold: &[], ended: &[] };

/// What falls due today can still be done in time, and is in no rate yet.
const ACTIONS: Words =
    Words { kept: &["in-time"], broken: &["late", "overdue"], open: &[], untold: &[], ended: &[] };

/// Whether a refusal had a valid reason is for a person to say.
const ESCALATIONS: Words =
    Words { kept: &["accepted"], broken: &[], open: &[], untold: &["refused", "re-reviewed"], ended: &[] };

const REFUSALS: Words = Words { kept: &["no"], broken: &["yes"], open: &[], untold: &[], ended: &[] };

const YES: Words = Words { kept: &["yes"], broken: &["no"], open: &[], untold: &[], ended: &[] };

/// A figure with the ids of the cases that are exceptions to it.
pub type Found = (Measured, BTreeSet<String>);

impl Report<'_> {
    /// What the cases of a window show; nothing of a figure that is not known here.
    pub(super) fn found(&self, figure: &str, window: &str) -> Option<Found> {
        self.kept_at_stages(figure, window)
            .or_else(|| self.kept_elsewhere(figure, window))
            .or_else(|| self.told_of_intake(figure, window).map(alone))
            .or_else(|| self.told_of_the_rest(figure, window).map(alone))
    }

    fn kept_at_stages(&self, figure: &str, window: &str) -> Option<Found> {
        let tables = self.tables;
        let (name, stage) = figure.rsplit_once("-stage-")?;
        let (table, column, words) = match name {
            "acknowledged" => (&tables.acknowledged, "acknowledged", &ACKNOWLEDGED),
            "answered" => (&tables.clocks, "in_time", &ANSWERED),
            "extensions" => (&tables.handling, "extension", &EXTENDED),
            "extension-notices" => (&tables.extensions, "details", &YES),
            "actions" => (&tables.actions, "state", &ACTIONS),
            _ => return None,
        };
        Some(kept(table, &[("window", window), ("stage", stage)], column, words))
    }

    fn kept_elsewhere(&self, figure: &str, window: &str) -> Option<Found> {
        let tables = self.tables;
        let complaints = [("window", window), ("what", "complaint")];
        Some(match figure {
            "late-and-updated" => self.late_and_updated(window),
            "restrictions-reviewed" => kept(&tables.restrictions, &[("window", window)], "state", &REVIEWED),
            "updates-kept" => kept(&tables.handling, &[("window", window)], "updates", &UPDATES),
            "actions" => kept(&tables.actions, &[("window", window)], "state", &ACTIONS),
            "escalations-taken-on" => {
                kept(&tables.escalations, &[("window", window)], "outcome", &ESCALATIONS)
            }
            "refusals-that-stand" => kept(&tables.refusals, &complaints, "overturned", &REFUSALS),
            "late-complaints-weighed" => {
                let late = [&complaints[..], &[("ground", "out-of-time")]].concat();
                kept(&tables.refusals, &late, "discretion", &YES)
            }
            "faults-remedied" => self.faults_remedied(window),
            _ => return None,
        })
    }

    /// Stages that were answered outside the Code's time or are overdue, by whether updates were agreed and given.
    fn late_and_updated(&self, window: &str) -> Found {
        let late =
            |word| kept(&self.tables.handling, &[("window", window), ("in_time", word)], "updates", &LATE);
        both(late(InTime::Late.word()), late(InTime::OpenOverdue.word()))
    }

    /// Complaints that were upheld, wholly or in part, at either stage, and for which something was offered.
    fn faults_remedied(&self, window: &str) -> Found {
        let of = |outcome| cases(&self.tables.outcomes, &[("window", window), ("outcome", outcome)]);
        let upheld: BTreeSet<String> = UPHELD_OUTCOMES.into_iter().flat_map(of).collect();
        let offered = self.source.remedies.iter().filter(|remedy| remedy.offered_on <= self.scope.as_of);
        let remedied: BTreeSet<String> = offered.map(|remedy| remedy.case_id.clone()).collect();
        let without: BTreeSet<String> = upheld.difference(&remedied).cloned().collect();
        let (all, broken) = (count(upheld.len()), count(without.len()));
        (Measured::Kept { kept: all - broken, broken, open: 0, untold: 0, ended: 0 }, without)
    }

    fn told_of_intake(&self, figure: &str, window: &str) -> Option<Measured> {
        let tables = self.tables;
        let of_kind = |kind| tables.kinds.sum(&[("window", window), ("kind", kind)]);
        let remark = |remark| tables.remarks.sum(&[("window", window), ("remark", remark)]);
        let complaints = of_kind("complaint");
        let of_complaints = |word| Measured::Share(Rate::new(remark(word), complaints));
        let refused = tables.refusals.sum(&[("window", window), ("what", "complaint")]);
        let declined = tables.kinds.sum(&[("window", window), ("kind", "complaint"), ("triage", "refused")]);
        let weighed = [("window", window), ("what", "complaint"), ("discretion", "yes")];
        let channels = tables.channels.words("channel", &[("window", window), ("stage", "1")]);
        Some(match figure {
            "represented" => of_complaints("represented"),
            "service-requests" => Measured::Count(of_kind("service-request")),
            "from-service-requests" => of_complaints("from-service-request"),
            "refused" => Measured::Share(Rate::new(declined, complaints)),
            "refusals-weighed" => Measured::Share(Rate::new(tables.refusals.sum(&weighed), refused)),
            "directed" => Measured::Count(remark("directed")),
            "channels" => Measured::Count(count(channels.len())),
            "adjustments" => of_complaints("adjustments"),
            "stage-1-made" => Measured::Count(self.made_in(window, "1")),
            "third-party" => of_complaints("third-party"),
            "vulnerable" => of_complaints("vulnerable"),
            "hazards" => of_complaints("hazard"),
            _ => return None,
        })
    }

    fn told_of_the_rest(&self, figure: &str, window: &str) -> Option<Measured> {
        let tables = self.tables;
        let remedies = |more: &[(&str, &str)]| tables.remedies.sum(&[&[("window", window)], more].concat());
        let learnt = |more: &[(&str, &str)]| tables.learning.sum(&[&[("window", window)], more].concat());
        let of_learnt = |more: &[(&str, &str)]| Measured::Share(Rate::new(learnt(more), learnt(&[])));
        let of_remedies = |count| Measured::Share(Rate::new(count, remedies(&[])));
        Some(match figure {
            "remedies-at-stage-1" => of_remedies(remedies(&[]) - remedies(&[("stage", "2")])),
            "remedies-accepted" => of_remedies(remedies(&[("state", "accepted")])),
            "went-to-stage-2" => Measured::Count(tables.escalations.sum(&[("window", window)])),
            "determinations" => Measured::Count(self.determinations(window)),
            "improvements" => Measured::Count(learnt(&[])),
            "improvements-done" => of_learnt(&[("state", "done")]),
            "improvements-reported" => of_learnt(&[("reported", "yes")]),
            "themes" => Measured::Count(count(tables.learning.words("theme", &[("window", window)]).len())),
            _ => return None,
        })
    }

    /// Whether a figure would give away what the tables that are published hide.
    fn tells_on_somebody(&self, figure: &Figure, measured: Measured) -> bool {
        let id = figure.id.as_str();
        let rate = measured.rate();
        let hides_third_parties = || id == "third-party" && self.hides_third_parties();
        // Of people with something in common a small count is told as such, and the few others not at all.
        let leaves_few = ABOUT_PEOPLE.contains(&id)
            && rate.is_some_and(|rate| !is_small(rate.numerator) && rate.numerator > 0 && is_telling(rate));
        OF_A_FEW.contains(&id) && rate.is_some_and(is_telling) || leaves_few || hides_third_parties()
    }

    /// A figure as a sentence. In what is published a small count of people is not told exactly.
    pub(super) fn sentence(&self, figure: &Figure, measured: Measured) -> String {
        if self.is_published() && self.tells_on_somebody(figure, measured) {
            return "Measured, of so few cases that no figure is told.".to_owned();
        }
        let is_about_people = ABOUT_PEOPLE.contains(&figure.id.as_str());
        let number = |count: u64| if is_about_people { self.told(count) } else { thousands(count) };
        let told = match measured.rate() {
            None => number(match measured {
                Measured::Count(count) => count,
                _ => 0,
            }),
            Some(rate) if rate.denominator == 0 => {
                return "Measured: there was nothing in the year to which it applied.".to_owned();
            }
            Some(rate) => {
                let of = format!("{} of {}", number(rate.numerator), thousands(rate.denominator));
                match figure.asks {
                    Asks::Nothing => of,
                    _ => format!("{of} ({})", rate.per_cent().with_sign()),
                }
            }
        };
        format!("Measured: {}.", figure.says.replacen("{}", &told, 1))
    }
}

/// A figure to which nothing is an exception.
fn alone(measured: Measured) -> Found {
    (measured, BTreeSet::new())
}

/// Two figures as one.
fn both((one, cases): Found, (other, more): Found) -> Found {
    let together = match (one, other) {
        (
            Measured::Kept { kept, broken, open, untold, ended },
            Measured::Kept {
                kept: kept_too,
                broken: broken_too,
                open: open_too,
                untold: untold_too,
                ended: ended_too,
            },
        ) => Measured::Kept {
            kept: kept + kept_too,
            broken: broken + broken_too,
            open: open + open_too,
            untold: untold + untold_too,
            ended: ended + ended_too,
        },
        (one, _) => one,
    };
    (together, cases.union(&more).cloned().collect())
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn cases(table: &Table, wanted: &[(&str, &str)]) -> BTreeSet<String> {
    table.cases(wanted).into_iter().map(str::to_owned).collect()
}

/// Counts those that kept a provision and those that did not, and names the latter.
fn kept(table: &Table, wanted: &[(&str, &str)], column: &str, words: &Words) -> Found {
    let with = |word: &'static str| [wanted, &[(column, word)]].concat();
    let sum = |words: &[&'static str]| words.iter().map(|word| table.sum(&with(word))).sum();
    let exceptions = words.broken.iter().chain(words.untold);
    let without = exceptions.flat_map(|word| cases(table, &with(word)));
    let measured = Measured::Kept {
        kept: sum(words.kept),
        broken: sum(words.broken),
        open: sum(words.open),
        untold: sum(words.untold),
        ended: sum(words.ended),
    };
    (measured, without.collect())
}

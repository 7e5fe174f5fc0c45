//! Readings chosen where no published rule was found. Each is a switch, the default first, and each has the sentence
//! that the method note of every report prints.

use serde::{Deserialize, Serialize};

/// When the time to respond starts after a late acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResponseClock {
    /// At the acknowledgement, or 5 working days after receipt when that is earlier.
    #[default]
    EarlierOfBoth,
    /// At the acknowledgement, however late.
    AsAcknowledged,
}

/// Which extensions make a later answer count as in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extensions {
    /// Those the Code permits.
    #[default]
    PermittedOnly,
    /// None.
    Disregarded,
}

/// What happens to a complaint withdrawn before it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withdrawn {
    /// It was made, and cannot have been answered in time.
    #[default]
    StaysInMade,
    /// It is left out of made and answered alike.
    LeftOut,
}

/// What happens to a complaint the landlord declined to consider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// It was not made at stage 1.
    #[default]
    NotMade,
    /// It was made, and not answered.
    Made,
}

/// How a complaint by several residents is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Once.
    #[default]
    Once,
    /// Once for each resident.
    EachResident,
}

/// Which day is day 1 of a time limit. Due dates arrive worked out, so this choice states how they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayCounting {
    /// The working day after.
    #[default]
    After,
    /// The day itself.
    Inclusive,
}

/// One reading for each open question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Choices {
    /// When the time to respond starts.
    pub response_clock: ResponseClock,
    /// Which extensions count.
    pub extensions: Extensions,
    /// Withdrawn complaints.
    pub withdrawn: Withdrawn,
    /// Refused complaints.
    pub refused: Refused,
    /// Complaints by several residents.
    pub group: Group,
    /// Which day is day 1.
    pub day_counting: DayCounting,
}

impl Choices {
    /// What each choice is about and the sentence the method note prints, in a fixed order.
    #[must_use]
    pub const fn sentences(&self) -> [(&'static str, &'static str); 6] {
        [
            ("Late acknowledgement", self.response_clock.sentence()),
            ("Extensions", self.extensions.sentence()),
            ("Withdrawn complaints", self.withdrawn.sentence()),
            ("Refused complaints", self.refused.sentence()),
            ("Group complaints", self.group.sentence()),
            ("Counting days", self.day_counting.sentence()),
        ]
    }
}

impl ResponseClock {
    /// For the method note.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::EarlierOfBoth => {
                "The time to respond runs from the acknowledgement, or from 5 working days after receipt where that \
                 is earlier: acknowledging late buys no time."
            }
            Self::AsAcknowledged => {
                "The time to respond runs from the acknowledgement, even where that was late."
            }
        }
    }
}

impl Extensions {
    /// For the method note.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::PermittedOnly => {
                "An extension counts when it was decided before the date it moves, with a reason, told with the \
                 Ombudsman's details, and adds at most 10 working days at stage 1 or 20 at stage 2."
            }
            Self::Disregarded => {
                "Extensions are disregarded: only an answer by the first due date is in time."
            }
        }
    }
}

impl Withdrawn {
    /// For the method note.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::StaysInMade => {
                "A complaint withdrawn before its answer stays among those made and is not counted as answered in time."
            }
            Self::LeftOut => {
                "A complaint withdrawn before its answer is left out of those made and of those answered; the number \
                 left out is shown."
            }
        }
    }
}

impl Refused {
    /// For the method note.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotMade => {
                "A complaint that was refused was not made at stage 1: it is outside CH01 and CH02 and reported among \
                 the refusals."
            }
            Self::Made => "A complaint that was refused counts as made at stage 1 and as not answered.",
        }
    }
}

impl Group {
    /// For the method note.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Once => {
                "A complaint by a group of residents counts once; the number of residents is shown."
            }
            Self::EachResident => {
                "A complaint by a group of residents counts once for each resident where stages and the days that they took are counted, \
                 so that comparisons and medians take as many for one; once in the tables of categories, refusals, remedies, actions and \
                 open cases."
            }
        }
    }
}

impl DayCounting {
    /// For the method note.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::After => "Day 1 of a time limit is the working day after the event it runs from.",
            Self::Inclusive => {
                "Day 1 of a time limit is the day of the event itself, when that is a working day."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_changes_its_own_sentence_and_no_other() {
        let defaults = Choices::default().sentences();
        let others = Choices {
            response_clock: ResponseClock::AsAcknowledged,
            extensions: Extensions::Disregarded,
            withdrawn: Withdrawn::LeftOut,
            refused: Refused::Made,
            group: Group::EachResident,
            day_counting: DayCounting::Inclusive,
        };
        for (default, other) in defaults.iter().zip(others.sentences()) {
            assert_eq!(default.0, other.0);
            assert_ne!(default.1, other.1);
        }
    }
}

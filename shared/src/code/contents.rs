//! What the Code wants letters and reports to state, and the kinds of remedy.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ProvisionNumber;

/// One thing to be stated, or one kind of remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CodeItem")]
pub struct Item {
    /// Its name in cases, letters and reports; unique within its list.
    pub id: String,
    /// The provision that asks for it.
    pub provision: ProvisionNumber,
    /// The letter that the provision lists it under, if it letters its list.
    #[serde(default)]
    pub letter: Option<char>,
    /// Whether it is stated only where there is something of the kind to state.
    #[serde(default)]
    pub where_applicable: bool,
    /// What it is, in our own words, to be read within a sentence.
    pub text: String,
}

impl Item {
    /// The provision and letter as they are cited, such as `6.9(f)`.
    pub fn citation(&self) -> String {
        match self.letter {
            Some(letter) => format!("{}({letter})", self.provision),
            None => self.provision.to_string(),
        }
    }
}

/// A list of items of the Code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentList {
    /// What an acknowledgement states at either stage.
    Acknowledgement,
    /// What a stage 1 response states.
    Stage1Response,
    /// What the final response states.
    Stage2Response,
    /// What the annual report contains.
    AnnualReport,
    /// What the governing body gets at least.
    GoverningBody,
    /// The kinds of remedy.
    Remedies,
}

impl ContentList {
    /// Every list.
    pub const ALL: [ContentList; 6] = [
        ContentList::Acknowledgement,
        ContentList::Stage1Response,
        ContentList::Stage2Response,
        ContentList::AnnualReport,
        ContentList::GoverningBody,
        ContentList::Remedies,
    ];
}

impl fmt::Display for ContentList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            ContentList::Acknowledgement => "acknowledgement",
            ContentList::Stage1Response => "stage_1_response",
            ContentList::Stage2Response => "stage_2_response",
            ContentList::AnnualReport => "annual_report",
            ContentList::GoverningBody => "governing_body",
            ContentList::Remedies => "remedies",
        })
    }
}

/// The lists of an edition; all empty for one that is kept for its clocks alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CodeContents")]
pub struct Contents {
    /// What an acknowledgement states at either stage.
    pub acknowledgement: Vec<Item>,
    /// What a stage 1 response states.
    pub stage_1_response: Vec<Item>,
    /// What the final response states.
    pub stage_2_response: Vec<Item>,
    /// What the annual complaints performance and service improvement report contains.
    pub annual_report: Vec<Item>,
    /// What the Member Responsible for Complaints and the governing body get at least.
    pub governing_body: Vec<Item>,
    /// The kinds of remedy.
    pub remedies: Vec<Item>,
}

impl Contents {
    /// The items of one list, in the Code's order.
    pub fn list(&self, list: ContentList) -> &[Item] {
        match list {
            ContentList::Acknowledgement => &self.acknowledgement,
            ContentList::Stage1Response => &self.stage_1_response,
            ContentList::Stage2Response => &self.stage_2_response,
            ContentList::AnnualReport => &self.annual_report,
            ContentList::GoverningBody => &self.governing_body,
            ContentList::Remedies => &self.remedies,
        }
    }
}

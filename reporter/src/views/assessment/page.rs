//! The form as it is printed.

use serde::Serialize;

use super::answer::TO_BE_CONFIRMED;
use crate::output::Sheet;
use crate::views::TableView;

/// The self-assessment, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssessmentView {
    /// The edition of the Code.
    pub title: String,
    /// The headings of the form's columns.
    pub columns: Vec<String>,
    /// Whether evidence and commentary have a column each.
    pub separate_commentary: bool,
    /// Its sections, in order.
    pub sections: Vec<SectionView>,
    /// How many rows it has.
    pub rows: usize,
    /// What is still to be answered, as a sentence; empty where all is.
    pub unanswered: String,
    /// Whether proposals are shown beside the answers.
    pub shows_proposals: bool,
    /// Whose words the requirements are.
    pub wording: &'static str,
    /// What changed since the year before; none where its answers are not given.
    pub changes: Option<TableView>,
}

/// A section of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView {
    /// Its place on the page.
    pub id: String,
    /// Its heading, with its number.
    pub title: String,
    /// Its tables: one, or the musts and the shoulds of an edition that keeps them apart.
    pub groups: Vec<GroupView>,
}

/// A table of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView {
    /// Its name on the page.
    pub id: String,
    /// Its caption.
    pub caption: String,
    /// Its rows.
    pub rows: Vec<AssessmentRow>,
}

/// A row of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AssessmentRow {
    /// The provision's number.
    pub number: String,
    /// What it asks.
    pub requirement: String,
    /// Yes or No, once an office has confirmed it.
    pub comply: String,
    /// What shows it: what people gave, what was measured, what the workflow does, what the policy says.
    pub evidence: Vec<String>,
    /// The references of the cases that are exceptions; empty in what is published.
    pub exceptions: Vec<String>,
    /// The landlord's own words and, for a no, what will be done and by when.
    pub commentary: Vec<String>,
    /// What was proposed and how it was answered; empty in what is published.
    pub proposal: Vec<String>,
}

impl AssessmentView {
    /// Its rows in order.
    pub fn all_rows(&self) -> impl Iterator<Item = &AssessmentRow> {
        self.sections.iter().flat_map(|section| &section.groups).flat_map(|group| &group.rows)
    }

    /// The numbers of the provisions without a confirmed answer.
    pub fn open(&self) -> impl Iterator<Item = &str> {
        self.all_rows().filter(|row| row.comply == TO_BE_CONFIRMED).map(|row| row.number.as_str())
    }

    /// What is wanted before it is complete, a sentence each.
    pub fn wanted(&self) -> impl Iterator<Item = String> {
        (!self.unanswered.is_empty()).then(|| self.unanswered.clone()).into_iter()
    }

    /// The form as a sheet.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = ["number", "requirement", "comply", "evidence", "exceptions", "commentary", "proposal"];
        let mut sheet = Sheet::new("assessment", &columns);
        for row in self.all_rows() {
            let lines = [&row.evidence, &row.exceptions, &row.commentary, &row.proposal]
                .map(|lines| lines.join("\n"));
            let [evidence, exceptions, commentary, proposal] = &lines;
            sheet.line([
                &row.number,
                &row.requirement,
                &row.comply,
                evidence,
                exceptions,
                commentary,
                proposal,
            ]);
        }
        sheet
    }
}

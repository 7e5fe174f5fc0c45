//! The page that leads to a folder's reports.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Serialize;

use redress_shared::calendar::words::long_date;

use crate::error::Result;
use crate::look::Templates;
use crate::output::{Item, put};
use crate::views::DEMONSTRATION;

/// A landlord with its reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The landlord's name.
    pub landlord: String,
    /// The policy that its cases fall under, by its title.
    pub policy: String,
    /// Its reports, in the order in which they are shown.
    pub reports: Vec<Link>,
}

/// A report to go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it is.
    pub title: String,
    /// The file beside the page.
    pub file: String,
}

#[derive(Debug, Serialize)]
struct Page<'a> {
    as_of: String,
    demonstration: Option<&'static str>,
    landlords: &'a [Entry],
}

/// Writes `index.html` beside the reports and gives its path.
///
/// # Errors
/// When the page cannot be written.
pub fn write(folder: &Path, landlords: &[Entry], as_of: NaiveDate, demonstration: bool) -> Result<PathBuf> {
    let demonstration = demonstration.then_some(DEMONSTRATION);
    let page = Page { as_of: long_date(as_of), demonstration, landlords };
    let page = Templates::default().render("index", &page)?.into_bytes();
    put(folder, &[Item::File("index.html".to_owned(), page)])?;
    Ok(folder.join("index.html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_report_is_linked_and_a_demonstration_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let link = Link { title: "Annual report".to_owned(), file: "a-annual.html".to_owned() };
        let entry =
            Entry { landlord: "A & B".to_owned(), policy: "Complaints".to_owned(), reports: vec![link] };
        let page = |demonstration| {
            let as_of = "2026-06-30".parse().unwrap();
            let path = write(folder.path(), std::slice::from_ref(&entry), as_of, demonstration).unwrap();
            std::fs::read_to_string(path).unwrap()
        };
        assert!(
            page(true)
                .contains("<a href=\"a-annual.html\">Annual report<span class=\"of\">, A &amp; B</span></a>")
        );
        assert!(page(true).contains("30 June 2026"));
        assert!(page(true).contains("made up by a simulation"));
        assert!(!page(false).contains("simulation"));
    }
}

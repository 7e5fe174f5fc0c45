//! What lies in an extract, for whoever reads it: made of the contract, so that neither can say what the other does not.

use std::fmt::Write;

use crate::error::Result;
use crate::output::Sheet;
use crate::source::contract::{Column, VIEWS};

const HEAD: &str = "\
# An extract of complaints

Rows of Redress' case tables as Parquet files, a folder for each table, with folders for landlord and year in it:
`report_stages/landlord=hartlepool/year=2025/part.parquet`. A year begins on 1 April: `2025` is 2025-26. A row is filed under the
year of its own day, and one that has none of its own under the year in which its case was received; landlords and calendars
are filed under no year. `rows.csv` lists the files with their numbers of rows, `columns.csv` has the tables below for programs.

Dates are calendar dates in London. Money is whole pence. An empty value means that something has not happened, or was not recorded.
What was recorded is here whatever its date: a report as of a day leaves out what is dated after it.

There are no names, contact details or health details, and no free text but improvements that were written to be published. Still,
references and case ids lead to people for whoever holds the case data, and `report_equality` may count a single resident on a day: keep the
extract as safe as the cases themselves.

Engines that know Hive's folders read a table at once, DuckDB for instance:
`SELECT * FROM read_parquet('report_stages/**/*.parquet', hive_partitioning = true)`.
";

/// The description of every table, in Markdown.
pub fn readme() -> String {
    let mut text = HEAD.to_owned();
    for view in VIEWS {
        let _ = write!(
            text,
            "\n## {}\n{}\n\n| column | holds | meaning |\n|---|---|---|\n",
            view.name,
            view.about.trim()
        );
        for column in view.columns {
            let _ = writeln!(text, "| `{}` | {} | {} |", column.name, holds(column), column.about.trim());
        }
    }
    text
}

/// The same as CSV.
pub fn columns() -> Result<Vec<u8>> {
    let mut sheet = Sheet::new("columns", &["table", "column", "type", "may be empty", "meaning"]);
    for view in VIEWS {
        for column in view.columns {
            let optional = if column.optional { "yes" } else { "no" };
            sheet.line([view.name, column.name, column.kind.word(), optional, column.about.trim()]);
        }
    }
    sheet.to_csv()
}

fn holds(column: &Column) -> String {
    let optional = if column.optional { ", may be empty" } else { "" };
    format!("{}{optional}", column.kind.word())
}

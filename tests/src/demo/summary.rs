//! What the demo says when it is done.

use std::fmt::Write as _;

use serde_json::Value;

use super::Demo;
use crate::client::{Client, identity};
use crate::simulator::Tally;

/// Where everything is, and how long it took.
///
/// # Errors
/// When the service cannot be reached.
pub fn of(demo: &Demo) -> anyhow::Result<String> {
    let mut all = Tally::default();
    demo.tallies.iter().for_each(|(_, tally)| all.add(tally));
    let refused: u64 = all.refused.values().sum();
    let mut text = String::new();
    writeln!(text, "A simulated year of five landlords' complaints, and part of the year before")?;
    writeln!(
        text,
        "  {} contacts, {} commands, {} questions over REST in {}",
        all.contacts,
        all.commands,
        all.reads,
        seconds(demo.played)
    )?;
    writeln!(text, "  {refused} commands broke a rule on purpose and were refused:")?;
    for (code, count) in &all.refused {
        writeln!(text, "    {count:>4}  {code}")?;
    }
    let heard = demo.heard;
    writeln!(
        text,
        "  {} webhook messages came to the five CRMs and were verified; {} came twice, {} were refused",
        heard.taken, heard.again, heard.refused
    )?;
    writeln!(
        text,
        "  {} of their {} cases stand with them as with the service",
        heard.cases.saturating_sub(heard.different),
        heard.cases
    )?;
    writeln!(text, "  {} reports in {}", demo.reports.len(), seconds(demo.reported))?;
    writeln!(text, "\nReports    {}", demo.shelf.url())?;
    for path in &demo.reports {
        writeln!(text, "  {}", path.display())?;
    }
    writeln!(
        text,
        "\nAPI        {0}, its description {0}/openapi.json, to try out {0}/docs/",
        demo.server.url()
    )?;
    writeln!(
        text,
        "Database   {}",
        demo.server.database().path().map_or_else(String::new, |path| path.display().to_string())
    )?;
    if let Some((landlord, case)) = case_to_look_at(demo)? {
        let base = demo.server.url();
        writeln!(text, "\nWhat is due on one of the cases, and why:")?;
        let (name, value) = identity(landlord);
        writeln!(text, "  curl -s -H '{name}: {value}' {base}/v1/cases/{case}/deadlines")?;
    }
    Ok(text)
}

/// A case that is still open, or any complaint where none is.
fn case_to_look_at(demo: &Demo) -> anyhow::Result<Option<(&'static str, String)>> {
    for filter in ["phase=stage-1", "phase=stage-2", "kind=complaint"] {
        for (landlord, _) in &demo.tallies {
            let listed = Client::new(&demo.server.url(), landlord)?.get(&format!("cases?{filter}"))?;
            if let Some(case) = listed.pointer("/cases/0/id").and_then(Value::as_str) {
                return Ok(Some((landlord, case.to_owned())));
            }
        }
    }
    Ok(None)
}

fn seconds(time: std::time::Duration) -> String {
    format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100)
}

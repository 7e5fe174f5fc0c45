//! Masked counts under attack: with every published table and total of a year and of its four quarters at hand, no masked count can be
//! worked out.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::collections::BTreeMap;
use std::fs;

use redress_reporter::output::Format;
use redress_reporter::{Request, annual, committee};
use redress_shared::measure::{Masked, mask};
use serde_json::Value;
use support::attack::Attack;
use support::{Ending, Fixture, StageOf};

const ID: &str = "northgate";

/// Numbers that look drawn at random, and are the same in every run.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        // The first come most often, so that the last are few.
        let first = self.below(words.len() as u64) as usize;
        words[first.min(self.below(words.len() as u64) as usize)]
    }
}

#[test]
fn the_attacker_works_out_what_no_single_sum_tells() {
    let mut attack = Attack::default();
    for (parts, whole) in [(["a", "b"], 5), (["b", "c"], 6), (["a", "c"], 7), (["c", "d"], 9)] {
        attack.told(&format!("sum of {whole}"), whole);
        attack.add_up(&parts.map(str::to_owned), &format!("sum of {whole}"));
    }
    attack.masked("e");
    attack.narrow();
    assert!(attack.bounds("a").0 < attack.bounds("a").1);
    assert_eq!(attack.certain(&["a", "d", "e"].map(str::to_owned)), ["a", "d"]);
}

#[test]
fn no_masked_count_of_a_table_can_be_worked_out_from_its_totals() {
    let mut drawn = Drawn(7);
    for _ in 0..150 {
        let (rows, columns) = (2 + drawn.below(3), 1 + drawn.below(3));
        let counts: Vec<Vec<u64>> =
            (0..rows).map(|_| (0..columns).map(|_| drawn.below(9)).collect()).collect();
        let masked = mask(&counts);
        if masked.hides_all() {
            continue;
        }
        let hidden: Vec<String> = hidden_of(&masked).collect();
        assert_eq!(on_table(&masked, &counts).certain(&hidden), [""; 0], "{counts:?}: {masked:?}");
    }
}

/// The names of what a table hides.
fn hidden_of(masked: &Masked) -> impl Iterator<Item = String> + '_ {
    masked.rows.iter().enumerate().flat_map(|(row, line)| {
        let hidden = line.iter().enumerate().filter(|(_, shown)| shown.is_none());
        hidden.map(move |(column, _)| format!("{row}.{column}"))
    })
}

fn on_table(masked: &Masked, counts: &[Vec<u64>]) -> Attack {
    let mut attack = Attack::default();
    let width = masked.rows[0].len();
    let last = masked.rows.len() - 1;
    for (row, line) in masked.rows.iter().enumerate() {
        for (column, shown) in line.iter().enumerate() {
            match shown {
                Some(count) => attack.told(&format!("{row}.{column}"), *count as i64),
                None => attack.masked(&format!("{row}.{column}")),
            }
        }
        let parts: Vec<String> = (0..width - 1).map(|column| format!("{row}.{column}")).collect();
        attack.add_up(&parts, &format!("{row}.{}", width - 1));
        // A row is there because something is in it.
        if counts.get(row).is_some_and(|row| row.iter().any(|count| *count > 0)) {
            attack.between(&format!("{row}.{}", width - 1), (1, i64::MAX));
        }
    }
    for column in 0..width {
        let parts: Vec<String> = (0..last).map(|row| format!("{row}.{column}")).collect();
        attack.add_up(&parts, &format!("{last}.{column}"));
    }
    attack.narrow();
    attack
}

/// A year of complaints of which many kinds are few.
fn a_year(seed: u64) -> Fixture {
    let (mut drawn, mut fixture) = (Drawn(seed), Fixture::new());
    fixture.landlord(ID, "Northgate Homes");
    for (many, few) in [
        ("2025-05-06", "2025-06-10"),
        ("2025-08-11", "2025-07-08"),
        ("2025-11-10", "2025-12-02"),
        ("2026-02-03", "2026-03-03"),
    ] {
        for _ in 0..6 + drawn.below(14) {
            complaint(&mut fixture, &mut drawn, many);
        }
        for _ in 0..drawn.below(6) {
            complaint(&mut fixture, &mut drawn, few);
        }
    }
    fixture
}

fn complaint(fixture: &mut Fixture, drawn: &mut Drawn, day: &str) {
    let contractor = drawn.one_of(&["", "Brightfix", "Sparkle", "Acme"]);
    let stock = drawn.one_of(&["lcra", "leasehold", "lcho", "other"]);
    let case = fixture.case(ID, "complaint", stock, day, contractor);
    if drawn.below(9) == 0 {
        let ground = drawn.one_of(&["out-of-time", "legal-proceedings"]);
        fixture.run(&format!("UPDATE report_cases SET triage='refused' WHERE case_id='{case}'"));
        let (weighed, overturned) =
            (drawn.below(2), if drawn.below(3) == 0 { format!("'{day}'") } else { "NULL".to_owned() });
        let row = format!("'{ID}','{case}','complaint','{day}','{ground}','2.2',{weighed},{overturned}");
        fixture.insert("report_refusals", &row);
        return;
    }
    for column in ["vulnerable", "represented", "hazard"] {
        if drawn.below(5) == 0 {
            fixture.run(&format!("UPDATE report_cases SET {column}=1 WHERE case_id='{case}'"));
        }
    }
    let service = drawn.one_of(&["repairs", "estates", "lettings"]);
    fixture.run(&format!("UPDATE report_cases SET service_area='{service}' WHERE case_id='{case}'"));
    let outcome = drawn.one_of(&["upheld", "not-upheld", "partly-upheld"]);
    let ending = if drawn.below(4) == 0 { Ending::Late } else { Ending::InTime };
    fixture.stage(ID, &case, StageOf { stage: 1, requested_on: day, ending, outcome });
    if drawn.below(6) == 0 {
        let ground = drawn.one_of(&["no-grounds", "out-of-time"]);
        let overturned = if drawn.below(3) == 0 { format!("'{day}'") } else { "NULL".to_owned() };
        let row =
            format!("'{ID}','{case}','escalation','{day}','{ground}','6.3',{},{overturned}", drawn.below(2));
        fixture.insert("report_refusals", &row);
    } else if drawn.below(4) == 0 {
        fixture.stage(ID, &case, StageOf { stage: 2, requested_on: day, ending: Ending::InTime, outcome });
    }
    let category = drawn.one_of(&["repairs", "asb", "staff", "parking"]);
    fixture.insert("report_categories", &format!("'{ID}','{case}','{category}'"));
    if drawn.below(2) == 0 {
        let kind = drawn.one_of(&["apology", "repair", "review"]);
        let accepted = if drawn.below(2) == 0 { format!("'{day}'") } else { "NULL".to_owned() };
        let row = format!(
            "'{ID}','{case}',{},1,'{kind}',NULL,'{day}',{accepted},NULL,NULL,NULL,NULL",
            1 + drawn.below(2)
        );
        fixture.insert("report_remedies", &row);
    }
}

/// The cells of a published report, by figure, after its files were held against each other.
fn published(request: &Request) -> BTreeMap<String, Value> {
    let request = Request { formats: vec![Format::Json, Format::Csv], ..request.clone() };
    let write = if request.stem().contains("annual") { annual } else { committee };
    let paths = write(&request).expect("a report");
    let document: Value = serde_json::from_slice(&fs::read(&paths[0]).expect("JSON")).expect("JSON");
    let mut cells = BTreeMap::new();
    for table in document["tables"].as_object().expect("tables").values() {
        let mut masked = 0;
        for cell in table["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .flat_map(|row| row["cells"].as_array().expect("cells"))
        {
            if cell["text"] == "[masked]" {
                masked += 1;
                assert!(
                    cell["numerator"].is_null() && cell["of"] == "" && cell["plain"] == "[masked]",
                    "{cell}"
                );
            }
            cells.insert(cell["figure"].as_str().expect("a name").to_owned(), cell.clone());
        }
        let id = table["id"].as_str().expect("a name");
        let csv = fs::read_to_string(paths[1].join(format!("{id}.csv"))).expect("a table");
        let of_meanings = usize::from(id == "markers");
        assert_eq!(csv.matches("[masked]").count(), masked + of_meanings, "{id}");
    }
    cells
}

/// Tables in which columns add up to a last one and rows to the totals: their columns, the last one, the key of the totals.
const CROSSED: [(&str, &[&str], &str, &str); 10] = [
    ("categories", &["upheld", "partly-upheld", "not-upheld", "other"], "all", "total"),
    ("providers", &["stage-1", "stage-2"], "all", "total"),
    ("services", &["stage-1", "stage-2"], "all", "total"),
    ("areas", &["stage-1", "stage-2"], "all", "total"),
    ("remedies", &["stage-1", "stage-2", "neither"], "offered", "all"),
    ("remedies", &["accepted", "not-accepted"], "offered", "all"),
    ("refusals", &["discretion", "no-discretion"], "refused", "all"),
    ("refusals", &["overturned", "standing"], "refused", "all"),
    ("refused-escalations", &["discretion", "no-discretion"], "refused", "all"),
    ("refused-escalations", &["overturned", "standing"], "refused", "all"),
];

/// Puts what a report tells before the attacker.
fn learn(attack: &mut Attack, of: &str, cells: &BTreeMap<String, Value>) {
    for (figure, cell) in cells {
        let name = format!("{of}:{figure}");
        let count = cell["numerator"].as_i64().or_else(|| cell["plain"].as_str()?.parse().ok());
        match (cell["text"].as_str(), count) {
            (Some("[masked]"), _) => attack.masked(&name),
            (Some("fewer than 5"), _) => attack.between(&name, (1, 4)),
            (_, Some(count)) => attack.told(&name, count),
            _ => continue,
        }
        // A share tells the count that it is of.
        if let Some((row, column)) =
            figure.strip_prefix("providers.").and_then(|rest| rest.split_once("-share."))
        {
            attack.add_up(&[name], &format!("{of}:providers.{row}.{column}"));
        }
    }
    // Every complaint is of one type of home.
    for column in ["stage-1", "stage-1-in-time", "stage-2", "stage-2-in-time"] {
        let name = |row: &str| format!("{of}:populations.{row}.{column}");
        let there = |row: &&str| cells.contains_key(&format!("populations.{row}.{column}"));
        let parts: Vec<String> = ["returned", "lcho", "leasehold", "other"]
            .iter()
            .filter(|row| there(row))
            .map(|row| name(row))
            .collect();
        if there(&"all") {
            attack.add_up(&parts, &name("all"));
        }
    }
    fared(attack, of, cells);
    by_time(attack, of, cells);
    for (table, parts, last, totals) in CROSSED {
        let start = format!("{table}.");
        let end = format!(".{last}");
        let keys = cells.keys().filter_map(|figure| figure.strip_prefix(&start)?.strip_suffix(&end));
        let keys: Vec<&str> = keys.filter(|key| !key.ends_with("-share")).collect();
        let name = |key: &str, column: &str| format!("{of}:{table}.{key}.{column}");
        for key in &keys {
            let parts: Vec<String> = parts.iter().map(|column| name(key, column)).collect();
            attack.add_up(&parts, &name(key, last));
            // Rows of these tables are there because something is in them; where nothing is, they have the totals alone.
            if *key != totals {
                attack.between(&name(key, last), (1, i64::MAX));
            }
        }
        let rows: Vec<&&str> = keys.iter().filter(|key| **key != totals).collect();
        // Where only the totals are there, which rows there would be is not known.
        if !rows.is_empty() {
            for column in parts.iter().chain([&last]) {
                let parts: Vec<String> = rows.iter().map(|key| name(key, column)).collect();
                attack.add_up(&parts, &name(totals, column));
            }
        }
    }
}

/// What was answered late month by month, and quarter by quarter, adds up to what was in all, and is no more than was made.
fn by_time(attack: &mut Attack, of: &str, cells: &BTreeMap<String, Value>) {
    for (table, stage) in ["months", "quarters"].into_iter().flat_map(|table| [(table, 1), (table, 2)]) {
        let (start, end) = (format!("{table}."), format!(".stage-{stage}-late"));
        let parts = cells.keys().filter_map(|figure| figure.strip_prefix(&start)?.strip_suffix(&end));
        let parts: Vec<&str> = parts.filter(|part| *part != "all").collect();
        let name = |part: &str, what: &str| format!("{of}:{table}.{part}.stage-{stage}{what}");
        for part in &parts {
            // Whatever was not late.
            attack.add_up(&[name(part, "-late"), name(part, "-else")], &name(part, ""));
        }
        if !parts.is_empty() {
            let late: Vec<String> = parts.iter().map(|part| name(part, "-late")).collect();
            attack.add_up(&late, &name("all", "-late"));
        }
    }
}

/// How complaints fared by provider is of the complaints that the table of providers counts, and adds up to what all did.
fn fared(attack: &mut Attack, of: &str, cells: &BTreeMap<String, Value>) {
    let wholes = [("in-time", "responses.1-code.in-time"), ("upheld", "outcomes.any-upheld.stage-1")];
    let keys = cells.keys().filter_map(|figure| figure.strip_prefix("contractors.")?.strip_suffix(".made"));
    let keys: Vec<&str> = keys.filter(|key| *key != "total").collect();
    for key in &keys {
        attack.add_up(&[format!("{of}:contractors.{key}.made")], &format!("{of}:providers.{key}.stage-1"));
    }
    for (column, whole) in wholes.iter().filter(|_| !keys.is_empty()) {
        let parts: Vec<String> = keys.iter().map(|key| format!("{of}:contractors.{key}.{column}")).collect();
        attack.add_up(&parts, &format!("{of}:{whole}"));
    }
}

/// What is shown of people with something in common is none, or of five or more; so is what it leaves of a whole that is told.
fn tell_on_nobody(cells: &BTreeMap<String, Value>) {
    let is_small = |count: i64| (1..5).contains(&count);
    for (figure, cell) in cells {
        let Some((table, row)) = figure.split_once('.') else { continue };
        let totals = CROSSED.iter().find(|(name, ..)| *name == table).map(|(.., totals)| *totals);
        let is_part = match totals {
            Some(totals) => !row.starts_with(&format!("{totals}.")),
            None => {
                ["lcho.", "leasehold.", "other."]
                    .iter()
                    .any(|kind| table == "populations" && row.starts_with(kind))
                    || table == "contractors" && !row.starts_with("total.")
            }
        };
        let count = cell["numerator"].as_i64().or_else(|| cell["plain"].as_str()?.parse().ok());
        if is_part {
            assert!(!count.is_some_and(is_small), "{figure}: {cell}");
            let left = cell["denominator"].as_i64().zip(count).map(|(whole, part)| whole - part);
            assert!(table != "contractors" || !left.is_some_and(is_small), "{figure}: {cell}");
        } else if let (Some(_), Some(part), Some(whole)) = (totals, count, cell["denominator"].as_i64()) {
            assert!(!is_small(part) && !is_small(whole - part), "{figure}: {cell}");
        }
    }
}

#[test]
fn no_masked_count_of_a_year_can_be_worked_out_from_it_and_its_quarters() {
    let mut masked = 0;
    for seed in 1..=8 {
        let fixture = a_year(seed);
        let mut attack = Attack::default();
        let year = published(&fixture.year(ID, 2025, "2026-06-30"));
        learn(&mut attack, "year", &year);
        tell_on_nobody(&year);
        let mut hidden: Vec<String> = hidden(&year, "year");
        for number in 1..=4 {
            let quarter = published(&fixture.quarter(ID, 2025, number, "2026-06-30"));
            learn(&mut attack, &format!("q{number}"), &quarter);
            hidden.extend(self::hidden(&quarter, &format!("q{number}")));
        }
        let crossed = [
            "categories.",
            "providers.",
            "contractors.",
            "services.",
            "areas.",
            "remedies.",
            "refusals.",
            "refused-escalations.",
            "remarks.",
            "populations.",
        ];
        for figure in year.keys().filter(|figure| crossed.iter().any(|table| figure.starts_with(table))) {
            if !figure.contains("-share.") && !figure.ends_with(".share") {
                let quarters: Vec<String> = (1..=4).map(|number| format!("q{number}:{figure}")).collect();
                attack.add_up(&quarters, &format!("year:{figure}"));
            }
        }
        months_of_quarters(&mut attack);
        attack.narrow();
        // That there was none, where the year had none, tells on nobody.
        let is_guarded = |name: &&String| attack.bounds(name).1 > 0 && is_of_few(&attack, name);
        let some: Vec<String> = hidden.iter().filter(is_guarded).cloned().collect();
        assert_eq!(attack.certain(&some), [""; 0], "seed {seed}");
        masked += hidden.len();
    }
    assert!(masked > 100, "{masked} counts were masked: too few to say anything");
}

/// Of how a month or a quarter fared, that of few is guarded; others are hidden with it, so that it cannot be worked out.
fn is_of_few(attack: &Attack, name: &str) -> bool {
    let made =
        name.strip_suffix("-late").filter(|_| name.contains(":months.") || name.contains(":quarters."));
    made.is_none_or(|made| (1..5).contains(&attack.bounds(made).0))
}

/// A month is in the year's report and in its quarter's, and three of them are a quarter of the year.
fn months_of_quarters(attack: &mut Attack) {
    let months: Vec<String> = (4..=12)
        .map(|month| format!("2025-{month:02}"))
        .chain((1..=3).map(|month| format!("2026-{month:02}")))
        .collect();
    for stage in [1, 2] {
        for (months, number) in months.chunks(3).zip(1..) {
            let late = |of: &str, month: &String| format!("{of}:months.{month}.stage-{stage}-late");
            for month in months {
                attack.add_up(&[late(&format!("q{number}"), month)], &late("year", month));
            }
            let months_late: Vec<String> = months.iter().map(|month| late("year", month)).collect();
            attack.add_up(&months_late, &format!("year:quarters.{}.stage-{stage}-late", months[0]));
        }
    }
}

fn hidden(cells: &BTreeMap<String, Value>, of: &str) -> Vec<String> {
    let is_hidden = |cell: &Value| cell["text"] == "[masked]" || cell["text"] == "fewer than 5";
    cells.iter().filter(|(_, cell)| is_hidden(cell)).map(|(figure, _)| format!("{of}:{figure}")).collect()
}

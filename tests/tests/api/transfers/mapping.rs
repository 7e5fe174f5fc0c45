//! What is wrong with a mapping is said before anything is read.

use serde_json::json;

use super::{HISTORY, MAPPING, counts, done, made, put_file};
use crate::api::server::{Server, fields};

#[test]
fn everything_that_is_wrong_with_a_mapping_is_said_at_once() {
    let server = Server::start();
    let mapping = json!({
        "format": "csv", "delimiter": "\"", "date_formats": ["%d/%m/%Y", "%Q"],
        "columns": { "received": "Date", "stage_1.outcom": "Decision", "residents": "Who", "residents.*.person.name": "Names" },
        "constants": { "stock_type": "flat", "references.0.system": "crm" },
        "values": { "channel": { "Phone": "telephone" }, "received": {} },
    });
    let problem = server.post("/v1/imports", &json!({ "mapping": mapping })).problem(422, "malformed");
    let mut places: Vec<String> = fields(&problem).into_iter().map(|(place, _)| place).collect();
    places.sort();
    assert_eq!(
        places,
        [
            "/mapping/columns",
            "/mapping/columns/residents",
            "/mapping/columns/residents.*.person.name",
            "/mapping/columns/stage_1.outcom",
            "/mapping/constants/stock_type",
            "/mapping/date_formats/1",
            "/mapping/delimiter",
            "/mapping/values/channel",
        ]
    );
    let said = problem.to_string();
    assert!(
        said.contains("perhaps `stage_1.outcome`") && said.contains("nothing fills `references.0.value`"),
        "{said}"
    );
}

#[test]
fn a_mapping_file_is_refused_with_its_lines() {
    let server = Server::start();
    let post =
        |text: &str| server.post("/v1/imports", &json!({ "mapping_toml": text })).problem(422, "malformed");
    let detail = |text: &str| fields(&post(text))[0].1.clone();
    assert!(
        detail("format = \"csv\"\ncolumn = 1").starts_with("line 2: unknown field"),
        "{}",
        detail("format = \"csv\"\ncolumn = 1")
    );
    let text = MAPPING.replace("\"escalation.requested\"", "\"escalation.asked\"");
    assert_eq!(detail(&text), "columns.escalation.asked: there is no field `escalation.asked`");
    server.post("/v1/imports", &json!({})).malformed("/mapping");
}

#[test]
fn a_file_has_the_columns_that_its_mapping_names() {
    let server = Server::start();
    let import = made(&server, MAPPING);
    let file = HISTORY.replacen("Origin", "Source", 1).replacen("S1 Owner", "Estate", 1);
    let problem = put_file(&server, &import, &file).problem(422, "malformed");
    let said: Vec<String> = fields(&problem).into_iter().map(|(_, detail)| detail).collect();
    assert_eq!(
        said,
        [
            "the file has more than one column `Estate`",
            "the file has no column `Origin`",
            "the file has no column `S1 Owner`",
        ]
    );
    put_file(&server, &import, "").problem(422, "malformed");
    server.post(&format!("{import}/start"), &json!({})).problem(409, "import-state");
    // Sent again as it should be, it is taken.
    assert_eq!(put_file(&server, &import, HISTORY).done()["file_bytes"], HISTORY.len());
}

#[test]
fn a_file_of_an_older_spreadsheet_comes_in_where_its_mapping_says_how_it_is_written() {
    let server = Server::start();
    // A pound's sign is one byte there, and no letter at all in UTF-8.
    let older: Vec<u8> =
        HISTORY.chars().map(|letter| u8::try_from(letter).expect("a letter of both")).collect();
    let import = made(&server, &format!("encoding = \"windows-1252\"\n{MAPPING}"));
    let csv = [("Content-Type", "text/csv")];
    let put = server.send_with("PUT", &format!("{import}/file"), &csv, older);
    assert_eq!(put.done()["state"], "ready");
    let rows = i64::try_from(HISTORY.lines().count() - 1).unwrap();
    let import = done(&server, &import, false);
    assert_eq!(counts(&import), [rows, 0, rows, 0, 0]);
    let remedies = super::taken_out(&server, "remedies");
    assert!(remedies.iter().any(|remedy| remedy["pence"] == 15050), "{remedies:?}");
}

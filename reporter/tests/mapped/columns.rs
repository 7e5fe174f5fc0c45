//! The same rows in every form: CSV, NDJSON and Parquet.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::{Counts, read};

const MAPPING: &str = r#"
date_formats = ["%d/%m/%Y %H:%M"]
money = "pounds"
[columns]
"references.0.value" = "number"
received = "received"
stock_type = "stock"
"stage_1.responded" = "answered"
"stage_1.outcome" = "outcome"
"stage_1.remedies.0.pence" = "paid"
"stage_1.resolved_at_first_contact" = "first"
"closed.on" = "closed"
[constants]
"references.0.system" = "crm"
"stage_1.remedies.0.kind" = "financial"
"#;

const CSV: &str = "number,received,stock,answered,outcome,paid,first,closed\n\
    1,2025-05-01T22:30:00Z,lcra,2025-05-12,upheld,75.5,false,2025-05-12\n\
    2,2025-06-02T08:00:00Z,lcho,,,,,\n";

const NDJSON: &str = r#"{"number":1,"received":"2025-05-01T22:30:00Z","stock":"lcra","answered":"2025-05-12","outcome":"upheld","paid":75.5,"first":false,"closed":"2025-05-12"}
{"number":"2","received":"2025-06-02T09:00:00+01:00","stock":"lcho","answered":null}
"#;

fn column<T: DataType>(group: &mut SerializedRowGroupWriter<'_, fs::File>, values: &[T::T], there: &[i16]) {
    let mut column = group.next_column().expect("a column").expect("one more");
    column.typed::<T>().write_batch(values, Some(there), None).expect("values");
    column.close().expect("a column");
}

/// The two rows as another program would write them: numbers, instants, dates and truth values of their own kinds.
fn parquet(path: &Path) {
    let schema = "message cases { optional int64 number; optional int64 received (TIMESTAMP(MICROS, true)); \
        optional binary stock (UTF8); optional int32 answered (DATE); optional binary outcome (UTF8); \
        optional double paid; optional boolean first; optional int64 closed (TIMESTAMP(NANOS, false)); }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let file = fs::File::create(path).expect("a file");
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(file, schema, properties).expect("a writer");
    let mut group = writer.next_row_group().expect("rows");
    let text = |text: &str| ByteArray::from(text);
    let micros =
        |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().expect("a time").timestamp_micros();
    column::<Int64Type>(&mut group, &[1, 2], &[1, 1]);
    let received = [micros("2025-05-01T22:30:00Z"), micros("2025-06-02T08:00:00Z")];
    column::<Int64Type>(&mut group, &received, &[1, 1]);
    column::<ByteArrayType>(&mut group, &[text("lcra"), text("lcho")], &[1, 1]);
    // 12 May 2025, in days since 1970.
    column::<Int32Type>(&mut group, &[20_220], &[1, 0]);
    column::<ByteArrayType>(&mut group, &[text("upheld")], &[1, 0]);
    column::<parquet::data_type::DoubleType>(&mut group, &[75.5], &[1, 0]);
    column::<BoolType>(&mut group, &[false], &[1, 0]);
    column::<Int64Type>(&mut group, &[micros("2025-05-12T12:00:00Z") * 1000], &[1, 0]);
    group.close().expect("rows");
    writer.close().expect("a file");
}

#[test]
fn a_file_gives_the_same_cases_in_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    fs::write(place("cases.csv"), CSV).expect("a file");
    fs::write(place("cases.ndjson"), NDJSON).expect("a file");
    parquet(&place("cases.parquet"));
    for format in ["csv", "ndjson"] {
        fs::write(place(&format!("{format}.toml")), format!("format = \"{format}\"\n{MAPPING}"))
            .expect("a file");
    }
    let (csv, counts) = read(&place("cases.csv"), &place("csv.toml")).expect("cases");
    assert_eq!(counts, Counts { rows: 2, cases: 2, again: 0 });
    // Half past eleven at night in British Summer Time is still that day.
    assert_eq!(csv.report_cases[0].received_on.to_string(), "2025-05-01");
    assert_eq!(csv.report_remedies[0].pence, Some(7_550));
    let (ndjson, _) = read(&place("cases.ndjson"), &place("ndjson.toml")).expect("cases");
    assert_eq!(ndjson, csv);
    // A day and a time of that day are not told apart by a report; Parquet has the time.
    for mapping in ["csv.toml", "ndjson.toml"] {
        let (parquet, counts) = read(&place("cases.parquet"), &place(mapping)).expect("cases");
        assert_eq!(counts.rows, 2);
        assert_eq!(parquet.report_cases, csv.report_cases, "{mapping}");
        assert_eq!(parquet.report_stages, csv.report_stages, "{mapping}");
        assert_eq!(parquet.report_remedies, csv.report_remedies, "{mapping}");
    }
}

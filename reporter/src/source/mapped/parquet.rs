//! Parquet, as the rows of the CSV or NDJSON that the same system would give: whole numbers as digits, dates as 2025-06-30, instants as
//! RFC 3339; a time without a zone stays without, and is London's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use parquet::basic::{Compression, LogicalType, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use redress_shared::imports::Raw;
use redress_shared::imports::mapping::Format;
use serde_json::{Map, Value};

/// What such a file begins with.
pub(super) const MARK: &[u8] = b"PAR1";

/// What a column holds, where its values alone do not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moments {
    nanoseconds: bool,
    /// Whether they are instants; else they are what a clock in London read.
    instants: bool,
}

/// A file, opened.
pub(super) struct File {
    reader: SerializedFileReader<fs::File>,
    /// By name, the outermost columns that hold moments.
    moments: BTreeMap<String, Moments>,
}

impl File {
    pub(super) fn open(path: &Path) -> Result<Self, ParquetError> {
        let reader = SerializedFileReader::new(fs::File::open(path)?)?;
        let schema = reader.metadata().file_metadata().schema_descr();
        let groups = reader.metadata().row_groups().iter();
        let read = [Compression::UNCOMPRESSED, Compression::SNAPPY];
        let mut used = groups.flat_map(RowGroupMetaData::columns).map(ColumnChunkMetaData::compression);
        if let Some(other) = used.find(|used| !read.contains(used)) {
            let name = other.to_string();
            let name = name.split('(').next().unwrap_or_default();
            return Err(ParquetError::General(format!(
                "it is compressed by {name}, which is not read here: write it with snappy or without compression"
            )));
        }
        let mut moments = BTreeMap::new();
        for column in schema.columns() {
            if let (Some(LogicalType::Timestamp(kind)), [name]) =
                (column.logical_type_ref(), column.path().parts())
            {
                let nanoseconds = kind.unit == TimeUnit::NANOS;
                moments.insert(name.clone(), Moments { nanoseconds, instants: kind.is_adjusted_to_u_t_c });
            }
        }
        Ok(Self { reader, moments })
    }

    /// The names of its outermost columns.
    pub(super) fn columns(&self) -> Vec<String> {
        let schema = self.reader.metadata().file_metadata().schema();
        schema.get_fields().iter().map(|field| field.name().to_owned()).collect()
    }

    /// Its rows: lines of columns for a mapping of CSV, objects for one of NDJSON.
    pub(super) fn rows(
        &self,
        format: Format,
    ) -> Result<impl Iterator<Item = Result<Raw, ParquetError>>, ParquetError> {
        Ok(self.reader.get_row_iter(None)?.map(move |row| Ok(self.row(&row?, format))))
    }

    fn row(&self, row: &Row, format: Format) -> Raw {
        let value = |name: &String, field: &Field| match (self.moments.get(name), field) {
            (Some(moments), Field::Long(count)) if moments.nanoseconds => {
                Value::from(moment(DateTime::from_timestamp_nanos(*count), *moments))
            }
            (Some(moments), Field::TimestampMillis(_) | Field::TimestampMicros(_)) => {
                instant(field).map_or(Value::Null, |at| Value::from(moment(at, *moments)))
            }
            _ => json(field),
        };
        match format {
            Format::Ndjson => Raw::Object(Value::Object(
                row.get_column_iter().map(|(name, field)| (name.clone(), value(name, field))).collect(),
            )),
            Format::Csv => Raw::Columns(
                row.get_column_iter()
                    .map(|(name, field)| match value(name, field) {
                        Value::Null => String::new(),
                        Value::String(text) => text,
                        other => other.to_string(),
                    })
                    .collect(),
            ),
        }
    }
}

fn moment(at: DateTime<Utc>, moments: Moments) -> String {
    match moments.instants {
        true => at.to_rfc3339(),
        false => at.naive_utc().format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
    }
}

fn instant(field: &Field) -> Option<DateTime<Utc>> {
    match field {
        Field::TimestampMillis(count) => DateTime::from_timestamp_millis(*count),
        Field::TimestampMicros(count) => DateTime::from_timestamp_micros(*count),
        _ => None,
    }
}

fn json(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(value) => Value::from(*value),
        Field::Byte(value) => Value::from(*value),
        Field::Short(value) => Value::from(*value),
        Field::Int(value) => Value::from(*value),
        Field::Long(value) => Value::from(*value),
        Field::UByte(value) => Value::from(*value),
        Field::UShort(value) => Value::from(*value),
        Field::UInt(value) => Value::from(*value),
        Field::ULong(value) => Value::from(*value),
        // As its shortest digits: 75.5, and 3 for the 3.0 that a whole number becomes beside empty cells.
        Field::Float(value) => Value::from(value.to_string()),
        Field::Double(value) => Value::from(value.to_string()),
        Field::Str(text) => Value::from(text.as_str()),
        Field::Date(days) => {
            let day = NaiveDate::default().checked_add_signed(Duration::days(i64::from(*days)));
            day.map_or(Value::Null, |day| Value::from(day.to_string()))
        }
        Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
            instant(field).map_or(Value::Null, |at| Value::from(at.to_rfc3339()))
        }
        Field::Group(row) => Value::Object(object(row)),
        Field::ListInternal(list) => Value::Array(list.elements().iter().map(json).collect()),
        // Decimals, texts that are none, times of no day, maps: as they are written out, which fits or is named.
        other => Value::from(other.to_string()),
    }
}

fn object(row: &Row) -> Map<String, Value> {
    row.get_column_iter().map(|(name, field)| (name.clone(), json(field))).collect()
}

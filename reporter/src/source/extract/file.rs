//! One Parquet file of one view's rows.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Repetition};
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{SchemaDescriptor, Type};

use super::Field;
use crate::source::contract::{Column, Row, View};

/// What a file says it was written by: no version, so that the same rows are the same bytes from one program to the next.
const WRITTEN_BY: &str = "redress-reporter";

/// Writes a view's rows into a new file.
///
/// # Errors
/// When it cannot be written.
pub fn write<R: Row>(path: &Path, rows: &[R]) -> Result<(), ParquetError> {
    let properties = WriterProperties::builder()
        .set_created_by(WRITTEN_BY.to_owned())
        .set_compression(Compression::SNAPPY)
        .build();
    let file = File::create_new(path)?;
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema(&R::VIEW)?), Arc::new(properties))?;
    {
        let mut group = GroupWriter(writer.next_row_group()?);
        R::write(rows, &mut group)?;
        group.0.close()?;
    }
    writer.into_inner()?.sync_all()?;
    Ok(())
}

/// Reads a view's rows from a file behind those that are there, whichever program wrote it: columns are found by their names.
///
/// # Errors
/// When it lacks columns, or a column holds something else than the contract says.
pub fn read<R: Row>(path: &Path, rows: &mut Vec<R>) -> Result<(), ParquetError> {
    // Whole: a file has one landlord's year, and each of its columns would be a journey to the disk.
    let reader = SerializedFileReader::new(Bytes::from(fs::read(path)?))?;
    check(&R::VIEW, reader.metadata().file_metadata().schema_descr())?;
    for index in 0..reader.num_row_groups() {
        R::read(&Group(reader.get_row_group(index)?), rows)?;
    }
    Ok(())
}

/// The rows of a file that is being written.
pub struct GroupWriter<'a>(SerializedRowGroupWriter<'a, File>);

impl GroupWriter<'_> {
    /// Writes the next column.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn column<'v, F: Field + 'v>(
        &mut self,
        values: impl Iterator<Item = &'v F>,
    ) -> Result<(), ParquetError> {
        let (mut there, mut stored) = (Vec::new(), Vec::new());
        for value in values.map(F::stored) {
            there.push(i16::from(value.is_some()));
            stored.extend(value);
        }
        let next = self.0.next_column()?;
        let mut column = next.ok_or_else(|| ParquetError::General("a column too many".to_owned()))?;
        column.typed::<F::Stored>().write_batch(&stored, F::OPTIONAL.then_some(&there[..]), None)?;
        column.close()
    }
}

/// Rows of a file that is being read.
pub struct Group<'a>(Box<dyn RowGroupReader + 'a>);

impl Group<'_> {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        usize::try_from(self.0.metadata().num_rows()).unwrap_or(0)
    }

    /// The values of the column of this name.
    ///
    /// # Errors
    /// When there is none, or it holds something else.
    pub fn column<F: Field>(&self, name: &'static str) -> Result<Values<F>, ParquetError> {
        let schema = self.0.metadata().schema_descr();
        let index = index_of(schema, name).ok_or_else(|| wrong(name, "is not there"))?;
        let reader = F::Stored::get_column_reader(self.0.get_column_reader(index)?);
        Ok(Values {
            name,
            reader: reader.ok_or_else(|| wrong(name, "holds something else"))?,
            may_be_missing: schema.column(index).max_def_level() > 0,
            there: Vec::new(),
            stored: Vec::new(),
            read: 0,
            next: 0,
            next_stored: 0,
        })
    }
}

/// How many values of a column are read at once: all columns' together stay in the processor's own memory until they are rows.
const AT_ONCE: usize = 1_024;

/// The values of a column, one after the other.
pub struct Values<F: Field> {
    name: &'static str,
    reader: ColumnReaderImpl<F::Stored>,
    may_be_missing: bool,
    /// Of each value that was read, whether it is there: more than 0.
    there: Vec<i16>,
    /// Those that are.
    stored: Vec<<F::Stored as DataType>::T>,
    read: usize,
    next: usize,
    next_stored: usize,
}

impl<F: Field> Values<F> {
    /// The next value.
    ///
    /// # Errors
    /// When there is none, or it is none of the kind.
    pub fn next(&mut self) -> Result<F, ParquetError> {
        if self.next == self.read {
            self.read_on()?;
        }
        let is_there = !self.may_be_missing || self.there.get(self.next).is_some_and(|there| *there > 0);
        let stored = if is_there { self.stored.get(self.next_stored) } else { None };
        self.next += 1;
        self.next_stored += usize::from(is_there);
        let unfit = "holds a value that it must not, or none where one must be";
        F::restored(stored).ok_or_else(|| wrong(self.name, unfit))
    }

    fn read_on(&mut self) -> Result<(), ParquetError> {
        self.there.clear();
        self.stored.clear();
        let there = self.may_be_missing.then_some(&mut self.there);
        (self.read, ..) = self.reader.read_records(AT_ONCE, there, None, &mut self.stored)?;
        (self.next, self.next_stored) = (0, 0);
        if self.read == 0 { Err(wrong(self.name, "ends before its rows do")) } else { Ok(()) }
    }
}

fn wrong(column: &str, what: &str) -> ParquetError {
    ParquetError::General(format!("{column} {what}"))
}

/// The schema of a view's file.
fn schema(view: &View) -> Result<Type, ParquetError> {
    let field = |column: &Column| {
        let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        Type::primitive_type_builder(column.name, column.kind.physical())
            .with_logical_type(column.kind.logical())
            .with_repetition(repetition)
            .build()
            .map(Arc::new)
    };
    let fields = view.columns.iter().map(field).collect::<Result<_, _>>()?;
    Type::group_type_builder(view.name).with_fields(fields).build()
}

fn index_of(schema: &SchemaDescriptor, name: &str) -> Option<usize> {
    schema.columns().iter().position(|column| column.path().parts() == [name])
}

/// Names every column of the contract that a file lacks, or that holds something else there.
fn check(view: &View, schema: &SchemaDescriptor) -> Result<(), ParquetError> {
    let fault = |wanted: &Column| {
        let Some(index) = index_of(schema, wanted.name) else {
            return Some(format!("there is no column {}", wanted.name));
        };
        let found = schema.column(index);
        let is_date = |logical: Option<&_>| matches!(logical, Some(parquet::basic::LogicalType::Date));
        let same = found.physical_type() == wanted.kind.physical()
            && is_date(found.logical_type_ref()) == is_date(wanted.kind.logical().as_ref());
        (!same).then(|| format!("{} is no column of {}", wanted.name, wanted.kind.word()))
    };
    let faults: Vec<String> = view.columns.iter().filter_map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(ParquetError::General(faults.join("; "))) }
}

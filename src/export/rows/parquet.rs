//! Rows as Parquet: compressed by Zstandard, with the scenario, its hash, the seed and what the columns mean in the
//! metadata of the file.

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};

use super::columns::{Column, Columns, Kind, WeighedBlock, rows};
use super::file::Provenance;
use crate::results::WholeFile;

/// How many values a group of rows holds at the most: 32 MB of floats.
const GROUP_VALUES: usize = 4 << 20;
/// Readers split their work by groups: neither very small nor very large ones serve them.
const GROUP_ROWS: [usize; 2] = [1 << 13, 1 << 17];

/// A Parquet file in the making, with the rows of the group at hand.
pub(super) struct Writer {
    file: SerializedFileWriter<WholeFile>,
    group: Group,
    group_rows: usize,
    outcomes: Vec<ByteArray>,
    rows: u64,
}

/// A column that may hold nothing at a place: the values that are there, and for each place whether one is (1 or 0).
#[derive(Default)]
struct Optional<T> {
    values: Vec<T>,
    levels: Vec<i16>,
}

impl<T> Optional<T> {
    fn push(&mut self, value: Option<T>) {
        self.levels.push(i16::from(value.is_some()));
        self.values.extend(value);
    }

    fn clear(&mut self) {
        self.values.clear();
        self.levels.clear();
    }
}

#[derive(Default)]
struct Group {
    runs: Vec<i64>,
    endings: Vec<ByteArray>,
    outcomes: Optional<ByteArray>,
    numbers: Vec<Optional<f64>>,
    weights: Vec<f64>,
}

impl Writer {
    /// Begins a file.
    pub(super) fn new(file: WholeFile, columns: &Columns, provenance: &Provenance) -> io::Result<Self> {
        let fields = columns.list().iter().map(|column| field(column).map(Arc::new));
        let schema = Type::group_type_builder("runs")
            .with_fields(fields.collect::<Result<_, _>>().map_err(io_error)?)
            .build()
            .map_err(io_error)?;
        let properties = WriterProperties::builder()
            .set_created_by(format!("equipoise {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            // Runs are numbered in order: each is stored as the step from the last.
            .set_column_dictionary_enabled(ColumnPath::from("run"), false)
            .set_column_encoding(ColumnPath::from("run"), Encoding::DELTA_BINARY_PACKED)
            .set_key_value_metadata(Some(metadata(columns, provenance)?))
            .build();
        let numbers = columns
            .list()
            .iter()
            .filter(|column| matches!(column.kind, Kind::Measure | Kind::Time));
        let [least, most] = GROUP_ROWS;
        Ok(Writer {
            file: SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).map_err(io_error)?,
            group: Group {
                numbers: numbers.map(|_| Optional::default()).collect(),
                ..Group::default()
            },
            group_rows: (GROUP_VALUES / columns.list().len()).clamp(least, most),
            outcomes: columns
                .outcomes()
                .iter()
                .map(|id| ByteArray::from(id.as_str()))
                .collect(),
            rows: 0,
        })
    }

    /// Adds the rows of a block.
    pub(super) fn add(&mut self, block: &WeighedBlock) -> io::Result<()> {
        for row in rows(block) {
            let group = &mut self.group;
            let run = i64::try_from(row.run()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
            group.runs.push(run);
            group.endings.push(ByteArray::from(row.ending()));
            group
                .outcomes
                .push(row.outcome().map(|outcome| self.outcomes[outcome].clone()));
            for (column, number) in group.numbers.iter_mut().zip(row.numbers()) {
                column.push(number);
            }
            group.weights.push(row.weight());
            if group.runs.len() == self.group_rows {
                self.write_group()?;
            }
        }
        Ok(())
    }

    fn write_group(&mut self) -> io::Result<()> {
        self.rows += self.group.runs.len() as u64;
        let mut writer = self.file.next_row_group().map_err(io_error)?;
        self.group.write(&mut writer).map_err(io_error)?;
        writer.close().map_err(io_error)?;
        self.group.clear();
        Ok(())
    }

    /// Writes the last rows and the metadata. What it gives back has all that could be written.
    pub(super) fn finish(mut self, partial: bool) -> io::Result<WholeFile> {
        if !self.group.runs.is_empty() {
            self.write_group()?;
        }
        let (runs, partial) = (self.rows.to_string(), partial.to_string());
        self.file.append_key_value_metadata(entry("runs", runs));
        self.file.append_key_value_metadata(entry("partial", partial));
        let mut file = self.file.into_inner().map_err(io_error)?;
        file.flush()?;
        Ok(file)
    }
}

impl Group {
    fn write<W: Write + Send>(&self, writer: &mut SerializedRowGroupWriter<'_, W>) -> Result<(), ParquetError> {
        column::<Int64Type, W>(writer, &self.runs, None)?;
        column::<ByteArrayType, W>(writer, &self.endings, None)?;
        column::<ByteArrayType, W>(writer, &self.outcomes.values, Some(&self.outcomes.levels))?;
        for number in &self.numbers {
            column::<DoubleType, W>(writer, &number.values, Some(&number.levels))?;
        }
        column::<DoubleType, W>(writer, &self.weights, None)
    }

    fn clear(&mut self) {
        self.runs.clear();
        self.endings.clear();
        self.outcomes.clear();
        self.numbers.iter_mut().for_each(Optional::clear);
        self.weights.clear();
    }
}

fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let column = group.next_column()?;
    let mut column = column.ok_or_else(|| ParquetError::General("the schema has fewer columns".to_owned()))?;
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical, repetition) = match column.kind {
        Kind::Run => (Physical::INT64, None, Repetition::REQUIRED),
        Kind::Ending => (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED),
        Kind::Outcome => (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::OPTIONAL),
        Kind::Measure | Kind::Time => (Physical::DOUBLE, None, Repetition::OPTIONAL),
        Kind::Weight => (Physical::DOUBLE, None, Repetition::REQUIRED),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()
}

/// All that it takes to play the runs again, and what the columns mean.
fn metadata(columns: &Columns, provenance: &Provenance) -> io::Result<Vec<KeyValue>> {
    let mut texts = provenance.texts.iter();
    let scenario = texts.next().cloned().unwrap_or_default();
    let mut entries = vec![
        entry("version", env!("CARGO_PKG_VERSION").to_owned()),
        entry("title", provenance.title.clone()),
        entry("scenario", scenario),
        entry("sha256", provenance.sha256.clone()),
        entry("seed", provenance.seed.to_string()),
        entry("start", provenance.start.clone()),
        entry("columns", serde_json::to_string(columns.list())?),
        entry("outcomes", serde_json::to_string(columns.outcomes())?),
    ];
    let bases: Vec<&String> = texts.collect();
    if !bases.is_empty() {
        entries.push(entry("extends", serde_json::to_string(&bases)?));
    }
    if let Some(variant) = &provenance.variant {
        entries.push(entry("variant", variant.clone()));
    }
    if !provenance.overrides.is_empty() {
        entries.push(entry("set", serde_json::to_string(&provenance.overrides)?));
    }
    if !provenance.given.is_empty() {
        entries.push(entry("given", serde_json::to_string(&provenance.given)?));
    }
    if !provenance.without_claims.is_empty() {
        entries.push(entry(
            "without_claims",
            serde_json::to_string(&provenance.without_claims)?,
        ));
    }
    if let Some(day) = &provenance.as_of {
        entries.push(entry("as_of", day.clone()));
    }
    Ok(entries)
}

fn entry(key: &str, value: String) -> KeyValue {
    KeyValue::new(format!("equipoise.{key}"), value)
}

/// The error of the file system behind an error of the library, where there is one.
fn io_error(error: ParquetError) -> io::Error {
    let source = error.source().and_then(|source| source.downcast_ref::<io::Error>());
    match source.map(|source| (source.raw_os_error(), source.kind())) {
        Some((Some(code), _)) => io::Error::from_raw_os_error(code),
        Some((None, kind)) => kind.into(),
        None => io::Error::other(error),
    }
}

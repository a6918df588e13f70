//! The file that rows are streamed to. It gets its name when all are written; until then nothing stands under it.

use std::fmt;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::columns::{Columns, WeighedBlock};
#[cfg(feature = "parquet")]
use super::parquet;
use super::text::Text;
use crate::analysis::evidence::Likelihood;
use crate::engine::{RowSink, TimedBlock};
use crate::plan::Observed;
use crate::results::{WholeFile, WriteError};

/// The formats that rows can be written in, each known by the ending of the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.csv`: comma-separated values.
    Csv,
    /// `.json`: a list of objects.
    Json,
    /// `.jsonl` or `.ndjson`: an object a line.
    JsonLines,
    /// `.parquet`: columns with types and metadata.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// The format that a path names.
    ///
    /// # Errors
    ///
    /// In words, where its ending is none of those known.
    pub fn of(path: &Path) -> Result<Self, String> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("csv") => Ok(Format::Csv),
            Some("json") => Ok(Format::Json),
            Some("jsonl" | "ndjson") => Ok(Format::JsonLines),
            #[cfg(feature = "parquet")]
            Some("parquet") => Ok(Format::Parquet),
            #[cfg(not(feature = "parquet"))]
            Some("parquet") => Err("this equipoise was built without Parquet; take .csv, .json or .jsonl".to_owned()),
            _ => Err("the ending tells the format: .parquet, .csv, .json or .jsonl".to_owned()),
        }
    }
}

/// Where rows come from: what a Parquet file carries in its metadata, so that it can be played again from them alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// The title of the scenario.
    pub title: String,
    /// The text of the scenario, then those of the files that it extends.
    pub texts: Vec<String>,
    /// The variant that was played, where one was chosen.
    pub variant: Option<String>,
    /// The overrides, as they were typed.
    pub overrides: Vec<String>,
    /// The conditions without which a run is not looked at, as they were typed.
    pub given: Vec<String>,
    /// The ids of claims that were left out.
    pub without_claims: Vec<String>,
    /// The last day of what was heard, where one was chosen.
    pub as_of: Option<String>,
    /// The SHA-256 of the scenario as it was played.
    pub sha256: String,
    /// The seed of all draws.
    pub seed: u64,
    /// The first day, as `2017-10-09`: what times count from.
    pub start: String,
}

/// A file of rows in the making.
pub struct RowFile {
    path: PathBuf,
    columns: Columns,
    likelihood: Likelihood,
    encoding: Encoding,
    writer: Mutex<Writer>,
}

enum Encoding {
    Text(Text),
    #[cfg(feature = "parquet")]
    Parquet,
}

/// What is written in order, by one thread at a time.
struct Writer {
    output: Output,
    /// Why nothing more can be written.
    failure: Option<io::Error>,
}

enum Output {
    Text {
        file: WholeFile,
        text: Text,
        empty: bool,
    },
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Writer>),
}

/// A block that is ready to be written.
#[doc(hidden)]
pub enum Part {
    Text(io::Result<Vec<u8>>),
    #[cfg(feature = "parquet")]
    Block(Box<WeighedBlock>),
}

impl fmt::Debug for RowFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowFile")
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

impl RowFile {
    /// Begins a file of runs that are weighed by their likelihood. One that is there already is replaced only with
    /// `replace`.
    ///
    /// # Errors
    ///
    /// Where there is a file that is not to be replaced, or its folder cannot be written to.
    pub fn create(
        path: &Path,
        replace: bool,
        format: Format,
        observed: &Observed,
        likelihood: Likelihood,
        provenance: &Provenance,
    ) -> Result<Self, WriteError> {
        let columns = Columns::new(observed);
        let file = WholeFile::create(path, replace)?;
        let failed = |error| WriteError::Io(path.to_owned(), error);
        let (encoding, output) = match format {
            Format::Csv => text(Text::Csv, file, &columns),
            Format::Json => text(Text::Json, file, &columns),
            Format::JsonLines => text(Text::JsonLines, file, &columns),
            #[cfg(feature = "parquet")]
            Format::Parquet => parquet::Writer::new(file, &columns, provenance)
                .map(|writer| (Encoding::Parquet, Output::Parquet(Box::new(writer)))),
        }
        .map_err(failed)?;
        #[cfg(not(feature = "parquet"))]
        let _ = provenance;
        Ok(RowFile {
            path: path.to_owned(),
            columns,
            likelihood,
            encoding,
            writer: Mutex::new(Writer { output, failure: None }),
        })
    }

    /// Writes the rest and gives the file its name. `partial` says that fewer runs were played than were asked for.
    ///
    /// # Errors
    ///
    /// Where anything could not be written; then nothing stands under the name.
    pub fn finish(self, partial: bool) -> Result<(), WriteError> {
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        #[cfg(not(feature = "parquet"))]
        let _ = partial;
        let whole = match (writer.failure, writer.output) {
            (Some(failure), _) => Err(failure),
            (None, Output::Text { mut file, text, .. }) => file.write_all(text.foot()).map(|()| file),
            #[cfg(feature = "parquet")]
            (None, Output::Parquet(parquet)) => parquet.finish(partial),
        };
        whole.map_err(|error| WriteError::Io(self.path, error))?.finish()
    }
}

fn text(text: Text, mut file: WholeFile, columns: &Columns) -> io::Result<(Encoding, Output)> {
    file.write_all(&text.head(columns))?;
    let output = Output::Text {
        file,
        text,
        empty: true,
    };
    Ok((Encoding::Text(text), output))
}

impl RowSink for RowFile {
    type Part = Part;

    fn prepare(&self, block: TimedBlock) -> Part {
        let block = WeighedBlock::new(block, &self.likelihood);
        match self.encoding {
            Encoding::Text(text) => Part::Text(text.rows(&self.columns, &block)),
            #[cfg(feature = "parquet")]
            Encoding::Parquet => Part::Block(Box::new(block)),
        }
    }

    fn take(&self, part: Part) -> ControlFlow<()> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        match writer.output.write(part) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                writer.failure = Some(error);
                ControlFlow::Break(())
            }
        }
    }
}

impl Output {
    fn write(&mut self, part: Part) -> io::Result<()> {
        match (self, part) {
            (Output::Text { file, text, empty }, Part::Text(rows)) => {
                let rows = rows?;
                let rows = if *empty { text.first_rows(&rows) } else { &rows };
                *empty &= rows.is_empty();
                file.write_all(rows)
            }
            #[cfg(feature = "parquet")]
            (Output::Parquet(writer), Part::Block(block)) => writer.add(&block),
            #[cfg(feature = "parquet")]
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

//! The file format: compact JSON, in which every float is kept by its bits.

use std::error;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::evidence::{SavedClaims, is_sound};
use super::{Saved, shown};
use crate::plan::{Label, Observed, ObservedClaims, Series};
use crate::results::whole_file::{WholeFile, WriteError};
use crate::results::{Identity, Results};

/// What the file says it is, so that no other JSON is taken for it.
const FORMAT: &str = "equipoise results";
/// Raised whenever an older reader could not read the file, or would read it wrongly.
const FORMAT_VERSION: u32 = 1;

/// The part of a file that every version has.
#[derive(Deserialize)]
struct Head {
    format: String,
    format_version: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    format: String,
    format_version: u32,
    equipoise: String,
    identity: Identity,
    observed: SavedObserved,
    results: Results,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedObserved {
    outcomes: Vec<SavedLabel>,
    measures: Vec<SavedLabel>,
    series: Vec<SavedSeries>,
    events: Vec<SavedLabel>,
    /// There only where claims are made, or something is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<SavedClaims>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedLabel {
    id: String,
    name: Option<String>,
    unit: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedSeries {
    label: SavedLabel,
    /// The bits of each time: JSON readers do not keep every bit of a float.
    times: Vec<u64>,
    dates: Vec<String>,
}

/// Why a file of saved results could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such file, it is a folder, or it could not be read.
    Io(PathBuf, io::Error),
    /// The path is that of a folder.
    Folder(PathBuf),
    /// The file is something else.
    NotResults(PathBuf),
    /// The file is of another format version, which is given.
    OtherVersion(PathBuf, u32),
    /// The file is cut off or was changed; what is wrong with it.
    Damaged(PathBuf, String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) if error.kind() == io::ErrorKind::NotFound => {
                write!(f, "{}: there is no such file", shown(path))
            }
            Self::Io(path, error) => write!(f, "{}: cannot be read: {error}", shown(path)),
            Self::Folder(path) => write!(f, "{}: is a folder, not a file of saved results", shown(path)),
            Self::NotResults(path) => {
                write!(f, "{}: is not a file of saved results (.eqr)", shown(path))
            }
            Self::OtherVersion(path, version) => write!(
                f,
                "{}: is of format version {version}, but this equipoise reads version {FORMAT_VERSION}",
                shown(path)
            ),
            Self::Damaged(path, what) => write!(f, "{}: is damaged: {what}", shown(path)),
        }
    }
}

impl error::Error for ReadError {}

/// Reads a file of saved results.
///
/// # Errors
///
/// Where the path leads to no file, or to one that is not a whole file of saved results in this format version.
pub fn read(path: &Path) -> Result<Saved, ReadError> {
    if path.is_dir() {
        return Err(ReadError::Folder(path.to_owned()));
    }
    let bytes = fs::read(path).map_err(|error| ReadError::Io(path.to_owned(), error))?;
    parse(&bytes, path)
}

fn parse(bytes: &[u8], path: &Path) -> Result<Saved, ReadError> {
    let damaged = |what: String| ReadError::Damaged(path.to_owned(), what);
    let head: Head = match serde_json::from_slice(bytes) {
        Ok(head) => head,
        // The marker comes first, so that it is there even if the rest is cut off.
        Err(error) if bytes.starts_with(marker().as_bytes()) => {
            return Err(damaged(error.to_string()));
        }
        Err(_) => return Err(ReadError::NotResults(path.to_owned())),
    };
    if head.format != FORMAT {
        return Err(ReadError::NotResults(path.to_owned()));
    }
    if head.format_version != FORMAT_VERSION {
        return Err(ReadError::OtherVersion(path.to_owned(), head.format_version));
    }
    let content: Content = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
    let Content {
        equipoise,
        identity,
        observed,
        results,
        ..
    } = content;
    let observed = Observed::from(observed);
    if !is_sound(&observed.evidence) || !results.fits(&observed) || results.runs() != identity.runs {
        return Err(damaged("its numbers do not agree with each other".to_owned()));
    }
    if identity.first_run.checked_add(identity.runs).is_none() {
        return Err(damaged("its runs are beyond the last possible one".to_owned()));
    }
    Ok(Saved {
        equipoise,
        identity,
        observed,
        results,
    })
}

fn marker() -> String {
    format!(r#"{{"format":"{FORMAT}""#)
}

/// Saves results, whole or not at all: what is at `path` is the old file or the new one, even after a crash. A file that
/// is there already is replaced only with `replace`.
///
/// # Errors
///
/// Where there is a file that is not to be replaced, or writing fails.
pub fn write(path: &Path, saved: &Saved, replace: bool) -> Result<(), WriteError> {
    write_whole(path, replace, |writer| {
        serde_json::to_writer(&mut *writer, &Content::from(saved))?;
        writer.write_all(b"\n")
    })
}

/// Writes a file, whole or not at all, as [`write()`] does with results.
///
/// # Errors
///
/// Where there is a file that is not to be replaced, or writing fails.
pub fn write_whole(
    path: &Path,
    replace: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), WriteError> {
    let mut file = WholeFile::create(path, replace)?;
    write(&mut file).map_err(|error| WriteError::Io(path.to_owned(), error))?;
    file.finish()
}

impl From<&Saved> for Content {
    fn from(saved: &Saved) -> Self {
        Self {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            equipoise: saved.equipoise.clone(),
            identity: saved.identity.clone(),
            observed: SavedObserved::from(&saved.observed),
            results: saved.results.clone(),
        }
    }
}

impl From<&Observed> for SavedObserved {
    fn from(observed: &Observed) -> Self {
        let labels = |labels: &[Label]| labels.iter().map(SavedLabel::from).collect();
        let series = |series: &Series| SavedSeries {
            label: SavedLabel::from(&series.label),
            times: series.times.iter().map(|time| time.to_bits()).collect(),
            dates: series.dates.clone(),
        };
        Self {
            outcomes: labels(&observed.outcomes),
            measures: labels(&observed.measures),
            series: observed.series.iter().map(series).collect(),
            events: labels(&observed.events),
            evidence: (observed.evidence != ObservedClaims::default()).then(|| SavedClaims::from(&observed.evidence)),
        }
    }
}

impl From<SavedObserved> for Observed {
    fn from(saved: SavedObserved) -> Self {
        let labels = |labels: Vec<SavedLabel>| labels.into_iter().map(Label::from).collect();
        let series = |series: SavedSeries| Series {
            label: Label::from(series.label),
            times: series.times.into_iter().map(f64::from_bits).collect(),
            dates: series.dates,
        };
        Self {
            outcomes: labels(saved.outcomes),
            measures: labels(saved.measures),
            series: saved.series.into_iter().map(series).collect(),
            events: labels(saved.events),
            evidence: saved
                .evidence
                .map_or_else(ObservedClaims::default, ObservedClaims::from),
        }
    }
}

impl From<&Label> for SavedLabel {
    fn from(label: &Label) -> Self {
        let Label { id, name, unit } = label.clone();
        Self { id, name, unit }
    }
}

impl From<SavedLabel> for Label {
    fn from(SavedLabel { id, name, unit }: SavedLabel) -> Self {
        Self { id, name, unit }
    }
}

#[cfg(test)]
mod tests;

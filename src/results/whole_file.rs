//! A file that is there whole or not at all: written under a temporary name beside its place, and named at the end.

use std::error;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

/// Why a file could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// There is a file already, and it was not to be replaced.
    Exists(PathBuf),
    /// The path is that of a folder.
    Folder(PathBuf),
    /// What is there is a device or a pipe, which a file cannot take the place of.
    Special(PathBuf),
    /// The folder that it is to stand in is not there.
    NoFolder(PathBuf),
    /// It could not be written.
    Io(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write!(f, "{}: exists already, and is left as it is", path.display()),
            Self::Folder(path) => write!(f, "{}: is a folder", path.display()),
            Self::Special(path) => write!(f, "{}: is no ordinary file, and is left as it is", path.display()),
            Self::NoFolder(path) => write!(f, "{}: there is no such folder to write it to", path.display()),
            Self::Io(path, error) => write!(f, "{}: cannot be written: {error}", path.display()),
        }
    }
}

impl error::Error for WriteError {}

/// Whether a file could be written at `path`: to be asked before runs are played, not after.
///
/// # Errors
///
/// Where there is a folder, a device or a pipe, or, without `replace`, anything else; and where the folder that it is to stand in is not there.
pub fn check_target(path: &Path, replace: bool) -> Result<(), WriteError> {
    match path.symlink_metadata() {
        Ok(_) if path.is_dir() => Err(WriteError::Folder(path.to_owned())),
        Ok(found) if !(found.is_file() || found.is_symlink()) => Err(WriteError::Special(path.to_owned())),
        Ok(_) if !replace => Err(WriteError::Exists(path.to_owned())),
        _ if !folder(path).is_dir() => Err(WriteError::NoFolder(path.to_owned())),
        _ => Ok(()),
    }
}

/// A file in the making. What is at its path is the old file or the new one, even after a crash; one that is dropped
/// leaves nothing.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    replace: bool,
    temporary: TempPath,
    writer: BufWriter<File>,
    unfinished: Unfinished,
}

impl WholeFile {
    /// Begins a file that is to stand at `path`. One that is there already is replaced only with `replace`.
    ///
    /// # Errors
    ///
    /// Where there is a file that is not to be replaced, or its folder cannot be written to.
    pub fn create(path: &Path, replace: bool) -> Result<Self, WriteError> {
        check_target(path, replace)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".equipoise-").suffix(".part");
        // A temporary file is its owner's alone; a result is like any other file, as the user's umask has it.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let created = builder.tempfile_in(folder(path));
        let (file, temporary) = created
            .map_err(|error| WriteError::Io(path.to_owned(), without_name(&error)))?
            .into_parts();
        Ok(WholeFile {
            path: path.to_owned(),
            replace,
            unfinished: Unfinished::new(&temporary),
            temporary,
            writer: BufWriter::new(file),
        })
    }

    /// Where it is to stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name.
    ///
    /// # Errors
    ///
    /// Where the rest cannot be written, or there is a file by now that is not to be replaced.
    pub fn finish(self) -> Result<(), WriteError> {
        let path = self.path.clone();
        self.named().map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => WriteError::Exists(path),
            _ => WriteError::Io(path, error),
        })
    }

    fn named(self) -> io::Result<()> {
        let _unfinished = self.unfinished;
        let file = self.writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        if self.replace {
            self.temporary.persist(&self.path)?;
        } else {
            self.temporary.persist_noclobber(&self.path)?;
        }
        // The new name is safe only once the folder is; where a folder cannot be opened, it is left to the system.
        if let Ok(folder) = File::open(folder(&self.path)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The files in the making. A process that is to end at once runs no destructors, and would leave them behind.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes away every file in the making: for a process that is about to end without finishing any of them.
pub fn discard_unfinished() {
    for path in unfinished().drain(..) {
        // Whoever interrupts twice wants to be gone; what cannot be taken away is left.
        let _ = std::fs::remove_file(path);
    }
}

/// Lists a file in the making for as long as it is one.
#[derive(Debug)]
struct Unfinished(PathBuf);

impl Unfinished {
    fn new(path: &Path) -> Self {
        unfinished().push(path.to_owned());
        Unfinished(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        unfinished().retain(|path| *path != self.0);
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Why a file could not be created, without its temporary name, which says nothing to anybody.
fn without_name(error: &io::Error) -> io::Error {
    error.kind().into()
}

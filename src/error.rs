//! What stops a run.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The result of what may stop a run.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a run cannot go on. One bad entry is never one: see [`crate::Reject`].
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Reading or writing failed.
    Io {
        /// What was being done: `create`, `write`, `rename`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An input that was named does not exist or cannot be opened.
    Input {
        /// The input as it was named.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The output folder holds something and was not to be overwritten, or is not one of section16's.
    OutputNotEmpty {
        /// The folder.
        path: PathBuf,
        /// What to do.
        advice: &'static str,
    },
    /// Another run is writing to the output folder.
    OutputBusy {
        /// The folder.
        path: PathBuf,
    },
    /// The output folder holds a run that did not end.
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// What is there, and what to do.
        message: String,
    },
    /// A run cannot be resumed, or a data set not added to, because something is not what it was.
    Changed {
        /// The output folder.
        path: PathBuf,
        /// What is different.
        difference: String,
    },
    /// A run was to be resumed, and the folder holds none: its data set is whole.
    NothingToResume {
        /// The folder.
        path: PathBuf,
    },
    /// The files of a data set are not what section16 wrote.
    DataSet {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// An option has a value that cannot be.
    Option {
        /// The option's name.
        name: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// More entries were rejected than allowed.
    TooManyRejects {
        /// The limit.
        limit: u64,
    },
    /// The run was told to stop.
    Interrupted,
    /// Arrow refused columns; a defect of section16.
    Arrow(arrow::error::ArrowError),
    /// Parquet could not be written.
    Parquet {
        /// The file.
        path: PathBuf,
        /// What the writer said.
        source: parquet::errors::ParquetError,
    },
    /// Something that cannot be, was: a defect of section16.
    Defect(String),
}

impl Error {
    /// What happened, as data.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// A function for `map_err` that says what was being done to which path.
    pub fn io(action: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        move |source| ErrorKind::Io { action, path: path.as_ref().to_owned(), source }.into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl From<arrow::error::ArrowError> for Error {
    fn from(source: arrow::error::ArrowError) -> Self {
        ErrorKind::Arrow(source).into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Io { action, path, source } => {
                write!(f, "cannot {action} {}: {source}", path.display())
            }
            ErrorKind::Input { path, source } => write!(f, "cannot read input {}: {source}", path.display()),
            ErrorKind::OutputNotEmpty { path, advice } => {
                write!(f, "the output folder {} is not empty: {advice}", path.display())
            }
            ErrorKind::OutputBusy { path } => {
                write!(f, "another run is writing to {}: wait for it, or name another folder", path.display())
            }
            ErrorKind::Unfinished { path, message } => {
                write!(f, "a run into {} did not end: {message}", path.display())
            }
            ErrorKind::Changed { path, difference } => {
                write!(f, "cannot go on in {}: {difference}", path.display())
            }
            ErrorKind::NothingToResume { path } => {
                write!(f, "nothing to resume: {} holds a whole data set", path.display())
            }
            ErrorKind::DataSet { path, message } => {
                write!(f, "no whole data set of section16: {}: {message}", path.display())
            }
            ErrorKind::Option { name, message } => write!(f, "option {name}: {message}"),
            ErrorKind::TooManyRejects { limit } => {
                write!(
                    f,
                    "more than {limit} entries were rejected; run without that limit to see which and why"
                )
            }
            ErrorKind::Interrupted => write!(f, "interrupted"),
            ErrorKind::Arrow(source) => write!(f, "columns could not be built (a defect): {source}"),
            ErrorKind::Parquet { path, source } => write!(f, "cannot write {}: {source}", path.display()),
            ErrorKind::Defect(message) => write!(f, "a defect of section16: {message}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Io { source, .. } | ErrorKind::Input { source, .. } => Some(source),
            ErrorKind::Arrow(source) => Some(source),
            ErrorKind::Parquet { source, .. } => Some(source),
            _ => None,
        }
    }
}

//! Why a command could not do its work, said in one line with what to do.

use crate::exit::Exit;
use parquet::errors::ParquetError;
use section16::{Error, ErrorKind};
use std::fmt;
use std::io;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The command line makes no sense, in a way that its parser could not see.
    Usage(String),
    /// The library gave up.
    Library(Error),
    /// Standard output cannot be written.
    Output(io::Error),
    /// Not all was done: the run was stopped, or entries were rejected where none may be.
    Incomplete(String),
}

impl Failure {
    /// How the program ends for this reason.
    ///
    /// A reader of standard output that has seen enough (`section16 inspect x | head`) is no failure.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Library(error) if matches!(error.kind(), ErrorKind::Option { .. }) => Exit::Usage,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Library(_) | Self::Output(_) | Self::Incomplete(_) => Exit::Failed,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Incomplete(message) => f.write_str(message),
            Self::Library(error) => match advice(error.kind()) {
                Some(advice) => write!(f, "{error}; {advice}"),
                None => error.fmt(f),
            },
            Self::Output(error) => write!(f, "cannot write to standard output: {error}"),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

/// Every `io::Error` that a command passes on comes from writing to standard output: the library wraps its own.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// What a person can do about it, where the error itself does not say.
fn advice(kind: &ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Input { source, .. } => match source.kind() {
            io::ErrorKind::NotFound => Some("check the path"),
            io::ErrorKind::PermissionDenied => Some("check who may read it"),
            _ => None,
        },
        ErrorKind::Io { source, .. } => advice_on_writing(source),
        ErrorKind::Parquet { source: ParquetError::External(source), .. } => {
            source.downcast_ref().and_then(advice_on_writing)
        }
        ErrorKind::Arrow(_) | ErrorKind::Defect(_) => Some("please report it with the input that caused it"),
        _ => None,
    }
}

fn advice_on_writing(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Some("free some space and run the command again")
        }
        io::ErrorKind::PermissionDenied => Some("check who may write there"),
        io::ErrorKind::ReadOnlyFilesystem => Some("name a folder that can be written"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing_input() -> Failure {
        let source = io::Error::from(io::ErrorKind::NotFound);
        Failure::Library(ErrorKind::Input { path: "nowhere".into(), source }.into())
    }

    #[test]
    fn says_what_to_do() {
        assert_eq!(
            missing_input().to_string(),
            "cannot read input nowhere: entity not found; check the path"
        );
    }

    #[test]
    fn a_full_disk_is_told_with_advice_whoever_meets_it() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let source = ParquetError::External(Box::new(full()));
        for kind in [
            ErrorKind::Parquet { path: "a.parquet".into(), source },
            ErrorKind::Io { action: "write", path: "a.parquet".into(), source: full() },
        ] {
            let message = Failure::Library(kind.into()).to_string();
            assert!(message.starts_with("cannot write a.parquet: "), "{message}");
            assert!(message.ends_with("; free some space and run the command again"), "{message}");
        }
    }

    #[test]
    fn ends_by_kind() {
        let option = ErrorKind::Option { name: "threads", message: "must not be 0".into() };
        assert_eq!(Failure::Library(option.into()).exit(), Exit::Usage);
        assert_eq!(Failure::Usage("x".into()).exit(), Exit::Usage);
        assert_eq!(missing_input().exit(), Exit::Failed);
        assert_eq!(Failure::Incomplete("x".into()).exit(), Exit::Failed);
    }

    #[test]
    fn a_reader_that_has_seen_enough_is_no_failure() {
        assert_eq!(Failure::Output(io::ErrorKind::BrokenPipe.into()).exit(), Exit::Done);
        assert_eq!(Failure::Output(io::ErrorKind::StorageFull.into()).exit(), Exit::Failed);
    }
}

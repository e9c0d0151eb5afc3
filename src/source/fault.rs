//! What a reader found wrong, on its way through `io::Error` up to the entry that it spoils.

use crate::reject::Reason;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Why a stream of bytes cannot go on. Clones are one and the same fault, which is reported once, however many compressions
/// and archives it spoils.
#[derive(Clone, Debug)]
pub(super) struct Fault(Arc<Cause>);

#[derive(Debug)]
struct Cause {
    reason: Reason,
    message: Cow<'static, str>,
    /// Whether nothing is missing before it, but some of that may be wrong.
    casts_doubt: bool,
    is_reported: AtomicBool,
}

/// Whether a stream's error says that all bytes before it were read, and that some of them may be wrong: a checksum of the
/// compression does not fit.
pub fn casts_doubt(error: &io::Error) -> bool {
    let fault = error.get_ref().and_then(|error| error.downcast_ref::<Fault>());
    fault.is_some_and(|fault| fault.0.casts_doubt)
}

impl Fault {
    pub fn new(reason: Reason, message: impl Into<Cow<'static, str>>) -> Self {
        Self::of(reason, message.into(), false)
    }

    fn of(reason: Reason, message: Cow<'static, str>, casts_doubt: bool) -> Self {
        Self(Arc::new(Cause { reason, message, casts_doubt, is_reported: AtomicBool::new(false) }))
    }

    pub fn damaged(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::DamagedArchive, message)
    }

    pub fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::UnsupportedMember, message)
    }

    /// A checksum of what was given out does not fit.
    pub fn checksum() -> Self {
        let message = "the checksum does not fit what was decompressed; some of it may be wrong";
        Self::of(Reason::DamagedArchive, message.into(), true)
    }

    pub fn cut_off() -> Self {
        Self::damaged("the data ends in the middle; what came before was read")
    }

    pub fn reason(&self) -> Reason {
        self.0.reason
    }

    /// The message, the first time that it is asked for.
    pub fn report(&self) -> Option<Cow<'static, str>> {
        let is_reported = self.0.is_reported.swap(true, Ordering::Relaxed);
        (!is_reported).then(|| self.0.message.clone())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl Error for Fault {}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

/// Finds the fault that a decoder has passed on, or makes one of what the decoder or the system said.
impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        if let Some(fault) = error.get_ref().and_then(|e| e.downcast_ref::<Fault>()) {
            return fault.clone();
        }
        match error.kind() {
            _ if error.raw_os_error().is_some() => Self::new(Reason::Unreadable, error.to_string()),
            io::ErrorKind::UnexpectedEof => Self::cut_off(),
            io::ErrorKind::Unsupported => Self::unsupported(error.to_string()),
            _ => Self::damaged(error.to_string()),
        }
    }
}

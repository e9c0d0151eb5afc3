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
pub(super) struct Fault {
    cause: Arc<Cause>,
    /// A checksum does not fit: only this many bytes of the stream, from its start, can be trusted.
    pub trusted: Option<u64>,
}

#[derive(Debug)]
struct Cause {
    reason: Reason,
    message: Cow<'static, str>,
    is_reported: AtomicBool,
}

impl Fault {
    pub fn new(reason: Reason, message: impl Into<Cow<'static, str>>) -> Self {
        let cause = Cause { reason, message: message.into(), is_reported: AtomicBool::new(false) };
        Self { cause: Arc::new(cause), trusted: None }
    }

    pub fn damaged(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::DamagedArchive, message)
    }

    pub fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::UnsupportedMember, message)
    }

    /// A checksum that covers all bytes after the first `trusted` ones does not fit.
    pub fn checksum(trusted: u64) -> Self {
        let fault = Self::damaged("the checksum does not fit what was decompressed; some of it may be wrong");
        Self { trusted: Some(trusted), ..fault }
    }

    pub fn cut_off() -> Self {
        Self::damaged("the data ends in the middle; what came before was read")
    }

    /// The same fault, seen from a stream that is made of the one that has it.
    pub fn outside(&self) -> Self {
        Self { cause: Arc::clone(&self.cause), trusted: None }
    }

    pub fn reason(&self) -> Reason {
        self.cause.reason
    }

    /// The message, the first time that it is asked for.
    pub fn report(&self) -> Option<Cow<'static, str>> {
        let is_reported = self.cause.is_reported.swap(true, Ordering::Relaxed);
        (!is_reported).then(|| self.cause.message.clone())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause.message)
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

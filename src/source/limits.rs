//! What reading may cost, and what it did.

use super::remote::is_of_object;
use crate::error::Error;
use crate::store::Stores;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// What reading one file may cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Compressions and archives around an entry, counted together: `x.txt.gz` has 1, `x.tar.gz` 2, a `.gz` in a `.tar.gz` in
    /// a `.zip` 4. Deeper ones are [`NestedTooDeep`](crate::Reason::NestedTooDeep). By default 8.
    pub max_depth: usize,
    /// Bytes that may come out of a file, or of one compression in it, for each byte that went in. More is
    /// [`ExpansionTooLarge`](crate::Reason::ExpansionTooLarge). By default 1,000; filings shrink 5 to 50 times.
    pub max_expansion: u64,
    /// Bytes that may come out whatever went in. By default 1 GiB.
    pub free_expansion: u64,
    /// Entries of fewer bytes are shown as slices, others as streams; zip archives in other archives go through a temporary file
    /// from this size on. A reader takes as much memory for each layer of archives. By default 4 MiB.
    pub max_inline: usize,
    /// The largest window that a zstd or xz decoder may ask for, in bytes; larger ones are
    /// [`WindowTooLarge`](crate::Reason::WindowTooLarge). By default 64 MiB, enough for `xz -9` and `zstd -19`.
    pub max_window: u64,
    /// The folder for zip archives that lie in other archives and are too large for memory. By default the system's.
    pub temporary_folder: Option<PathBuf>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_depth: 8,
            max_expansion: 1_000,
            free_expansion: 1 << 30,
            max_inline: 4 << 20,
            max_window: 64 << 20,
            temporary_folder: None,
        }
    }
}

/// What all [`Reader`](super::Reader)s of a run share while they work: bytes that went by so far, a switch to stop, and the
/// object stores that they read from.
#[derive(Debug, Default)]
pub struct Counters {
    read: AtomicU64,
    shown: AtomicU64,
    is_stopped: AtomicBool,
    stores: Stores,
    failure: Mutex<Option<Error>>,
}

impl Counters {
    /// Bytes read from files, as they lie on disk.
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Bytes of entries, decompressed.
    pub fn shown(&self) -> u64 {
        self.shown.load(Ordering::Relaxed)
    }

    /// Has all readers stop soon: what they are reading ends, and nothing more of it is shown.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Why an object store could not be read, however often it was tried. What was shown since then is not all, so a run
    /// should end.
    pub fn take_failure(&self) -> Option<Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn note_failure(&self, path: &Path, error: &io::Error) {
        if !is_of_object(error) {
            let error = io::Error::new(error.kind(), error.to_string());
            let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
            failure.get_or_insert_with(|| Error::io("read", path)(error));
        }
    }

    pub(super) fn stores(&self) -> &Stores {
        &self.stores
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    pub(super) fn add_read(&self, bytes: usize) {
        self.read.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn add_shown(&self, bytes: usize) {
        self.shown.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

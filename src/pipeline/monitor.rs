//! What a run shows of itself while it goes on, and how it is told to stop.

use super::Report;
use crate::source::Counters;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// A window into a run for another thread: counters to look at, and a switch to stop it.
///
/// Share it by reference or in an `Arc`, hand it to the run, and take a [`Progress`] from it whenever you like.
#[derive(Debug, Default)]
pub struct Monitor {
    files_found: AtomicU64,
    bytes_found: AtomicU64,
    found_all: AtomicBool,
    files_done: AtomicU64,
    counters: Arc<Counters>,
    entries: AtomicU64,
    filings: AtomicU64,
    rows: AtomicU64,
    rejects: AtomicU64,
    writing: AtomicBool,
    rows_written: AtomicU64,
    stop: AtomicBool,
}

/// The state of a run at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Input files found so far, without those that an earlier run has read, as in the next four.
    pub files_found: u64,
    /// Their bytes on disk; 0 unless sizes are looked up ([`Discover::with_sizes`](crate::source::Discover::with_sizes)).
    pub bytes_found: u64,
    /// Whether the walk is over, so that the two numbers above are final.
    pub found_all: bool,
    /// Input files read to their end.
    pub files_done: u64,
    /// Bytes of input files read, as they lie on disk.
    pub bytes_done: u64,
    /// Entries seen: submissions, bare documents, and what is neither.
    pub entries: u64,
    /// Filings read, copies counted.
    pub filings: u64,
    /// Rows of the six filing tables, copies counted.
    pub rows: u64,
    /// Entries rejected.
    pub rejects: u64,
    /// Whether reading is over and files are being written.
    pub writing: bool,
    /// Rows written to files so far, those of all tables; their number is close to `rows`.
    pub rows_written: u64,
}

impl Monitor {
    /// A monitor of a run that has not begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// The counters as they stand.
    pub fn progress(&self) -> Progress {
        Progress {
            files_found: self.files_found.load(Relaxed),
            bytes_found: self.bytes_found.load(Relaxed),
            found_all: self.found_all.load(Relaxed),
            files_done: self.files_done.load(Relaxed),
            bytes_done: self.counters.read(),
            entries: self.entries.load(Relaxed),
            filings: self.filings.load(Relaxed),
            rows: self.rows.load(Relaxed),
            rejects: self.rejects.load(Relaxed),
            writing: self.writing.load(Relaxed),
            rows_written: self.rows_written.load(Relaxed),
        }
    }

    /// Tells the run to stop soon; it then ends with [`crate::ErrorKind::Interrupted`]. What it has published stays.
    pub fn stop(&self) {
        self.stop.store(true, Relaxed);
        self.counters.stop();
    }

    /// Whether the run was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }

    /// Counts what an earlier run has read.
    pub(super) fn resume(&self, read: &Report) {
        self.entries.fetch_add(read.entries, Relaxed);
        self.filings.fetch_add(read.filings, Relaxed);
        self.rejects.fetch_add(read.rejected(), Relaxed);
    }

    pub(super) fn found(&self, bytes: u64) {
        self.files_found.fetch_add(1, Relaxed);
        self.bytes_found.fetch_add(bytes, Relaxed);
    }

    pub(super) fn found_all(&self) {
        self.found_all.store(true, Relaxed);
    }

    pub(super) fn file_done(&self) {
        self.files_done.fetch_add(1, Relaxed);
    }

    /// The counters of bytes that the readers of the run share.
    pub(super) fn counters(&self) -> &Arc<Counters> {
        &self.counters
    }

    pub(super) fn filing(&self, rows: u64) {
        self.filings.fetch_add(1, Relaxed);
        self.rows.fetch_add(rows, Relaxed);
    }

    pub(super) fn entry(&self) {
        self.entries.fetch_add(1, Relaxed);
    }

    pub(super) fn reject(&self) {
        self.rejects.fetch_add(1, Relaxed);
    }

    pub(super) fn writing(&self) {
        self.writing.store(true, Relaxed);
    }

    pub(super) fn rows_written(&self, rows: u64) {
        self.rows_written.fetch_add(rows, Relaxed);
    }

    pub(super) fn rejects(&self) -> u64 {
        self.rejects.load(Relaxed)
    }
}

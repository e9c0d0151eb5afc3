use crate::parse::Filter;
use crate::{parse, sink, source};
use std::num::NonZeroUsize;

/// How input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Which filings are wanted. By default all.
    pub filter: Filter,
    /// Threads that parse, and write; by default one for each core that the process may use. With more than one, a large
    /// archive is decompressed on a thread of its own that comes on top.
    pub threads: Option<NonZeroUsize>,
    /// What reading a file may cost.
    pub limits: source::Limits,
    /// What an entry may cost.
    pub entry_limits: parse::Limits,
    /// Bytes on disk from which on a file that is packed is a large archive, which several threads share. By default 8 MiB.
    pub large_archive: u64,
    /// How many entries may be rejected before the run is given up. By default any number.
    pub max_rejects: Option<u64>,
}

/// How input is converted to a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConvertOptions {
    /// How input is read.
    pub read: ReadOptions,
    /// How the data set is written.
    pub sink: sink::Options,
    /// Whether the bytes of rejected entries are kept beside the tables, in `_section16/rejects`, a folder a
    /// code; a new run removes those of the one before.
    pub keep_rejects: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            threads: None,
            limits: source::Limits::default(),
            entry_limits: parse::Limits::default(),
            large_archive: 8 << 20,
            max_rejects: None,
        }
    }
}

impl ReadOptions {
    /// The number of threads that these options mean where the process runs.
    pub fn thread_count(&self) -> NonZeroUsize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

use super::claims::{Claims, Losers};
use super::compact;
use super::finished::{Finished, Securing};
use super::folder::Folder;
use super::held::Base;
use super::journal::Journal;
use super::listing::Listing;
use super::memory::{SHARDS, SortedMemory};
use super::merge::{Cut, Merge};
use super::order::Block;
use super::partition_writer::Parts;
use super::publish::How;
use super::resume::Opened;
use super::runs::{BLOCK_BYTES, BLOCK_ROWS, Run, RunWriter};
use super::spill::SpillFile;
use super::tasks::{self, Work};
use super::{Options, Written};
use crate::batch::TableBatch;
use crate::error::{ErrorKind, Result};
use crate::model::Table;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Collects batches from any number of threads and writes them as a data set. See the [module](super).
pub struct Sink {
    pub(super) options: Options,
    pub(super) file: SpillFile,
    pub(super) claims: Mutex<Claims>,
    pub(super) state: Mutex<State>,
    /// Told when rows that were being spilled have left the memory.
    pub(super) spilled: Condvar,
    pub(super) journal: Mutex<Journal>,
    /// What was sealed last, by this run or the one that it resumes.
    pub(super) note: Mutex<Option<Value>>,
    /// What the run that this one resumes has written of the rows that are sealed.
    pub(super) finished: Mutex<Finished>,
    /// What there was before, if the data set grows.
    pub(super) base: Option<Base>,
    /// Whether the rows are those of the data set itself.
    pub(super) is_compacting: bool,
    pub(super) folder: Mutex<Folder>,
}

/// What waits to be written.
pub(super) struct State {
    /// Blocks in memory, in the order of [`Table::ALL`].
    pub(super) pending: [Vec<Block>; Table::ALL.len()],
    pub(super) pending_bytes: usize,
    /// Bytes in memory that threads are spilling.
    pub(super) spilling_bytes: usize,
    pub(super) runs: Runs,
    /// How many of the runs a seal covers.
    pub(super) sealed_runs: Vec<[usize; SHARDS]>,
    /// Bytes of rows that no seal covers.
    pub(super) unsealed_bytes: usize,
    /// Whether rows were lost on their way to the disk.
    pub(super) is_broken: bool,
}

/// The runs on disk, by table and shard.
pub(super) type Runs = Vec<[Vec<Run>; SHARDS]>;

/// Rows that a thread is spilling. However that ends, they leave the memory, and who waits for that is told.
struct Spilling<'a> {
    sink: &'a Sink,
    bytes: usize,
    runs: Option<Vec<(Table, usize, Run)>>,
}

impl Drop for Spilling<'_> {
    fn drop(&mut self) {
        let mut state = lock(&self.sink.state);
        state.spilling_bytes -= self.bytes;
        state.is_broken |= self.runs.is_none();
        for (table, shard, run) in self.runs.take().into_iter().flatten() {
            state.runs[table as usize][shard].push(run);
        }
        self.sink.spilled.notify_all();
    }
}

/// A thread that panicked left a batch out or in, nothing in between.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sink {
    /// Opens the output folder, which is made where it does not exist, and locks it against other runs.
    ///
    /// A folder that holds something is refused ([`OutputNotEmpty`]) unless it holds a data set of section16 and
    /// `options.mode` says what to do with it. Nothing of that data set is touched before the new one is whole; then its
    /// files (`part-N.parquet` in the folders of the tables) make room, or get others beside them, and what else lies there
    /// stays. A folder that another run is writing to is refused ([`OutputBusy`]), and so is one in which a run did not end
    /// ([`Unfinished`]), unless it is overwritten: then one that was publishing is brought to its end first.
    ///
    /// A sink that is dropped, or fails, leaves the tables as they were; what it has sealed remains for a run that resumes it.
    ///
    /// [`OutputNotEmpty`]: crate::ErrorKind::OutputNotEmpty
    /// [`OutputBusy`]: crate::ErrorKind::OutputBusy
    /// [`Unfinished`]: crate::ErrorKind::Unfinished
    pub fn create(folder: &Path, options: Options) -> Result<Self> {
        match Self::open(folder, Options { resume: false, ..options })? {
            Opened::Collecting(sink) => Ok(*sink),
            Opened::Published { .. } => Err(ErrorKind::Defect("a new run was resumed".to_owned()).into()),
        }
    }

    pub(super) fn new(
        options: Options,
        folder: Folder,
        journal: Journal,
        file: SpillFile,
        base: Option<Base>,
    ) -> Self {
        let state = State {
            pending: Default::default(),
            pending_bytes: 0,
            spilling_bytes: 0,
            runs: Table::ALL.iter().map(|_| Default::default()).collect(),
            sealed_runs: vec![[0; SHARDS]; Table::ALL.len()],
            unsealed_bytes: 0,
            is_broken: false,
        };
        Self {
            options,
            file,
            claims: Mutex::new(Claims::new()),
            state: Mutex::new(state),
            spilled: Condvar::new(),
            journal: Mutex::new(journal),
            note: Mutex::default(),
            finished: Mutex::default(),
            base,
            is_compacting: false,
            folder: Mutex::new(folder),
        }
    }

    /// A folder on the disk of the output that is removed when the run is over.
    pub fn temporary_folder(&self) -> PathBuf {
        lock(&self.folder).run().to_owned()
    }

    /// Where the bytes of rejected entries may be put. They are published with the tables, as `_section16/rejects`, and take
    /// the place of an earlier run's.
    pub fn rejects_folder(&self) -> PathBuf {
        lock(&self.folder).rejects()
    }

    /// Takes batches, in any order and from any thread.
    ///
    /// Where the memory budget asks for it, the call spills rows to disk before it comes back, or waits for another
    /// thread that does.
    pub fn append(&self, batches: Vec<TableBatch>) -> Result<()> {
        let budget = self.options.memory;
        let mut blocks = Vec::with_capacity(batches.len());
        for batch in batches {
            let batch = match &self.base {
                Some(base) if batch.table == Table::Rejects => base.without_held(batch)?,
                _ => batch,
            };
            if batch.table == Table::Filings && !self.is_compacting {
                self.claim(&batch)?;
            }
            blocks.push(Block::new(batch, self.options.layout));
        }
        let mut state = lock(&self.state);
        while state.spilling_bytes > 0 && state.spilling_bytes + state.pending_bytes > budget / 4 * 3 {
            state = self.spilled.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        for block in blocks {
            state.pending_bytes += block.memory();
            state.unsealed_bytes += block.memory();
            state.pending[block.table as usize].push(block);
        }
        if state.pending_bytes <= budget / 4 {
            return Ok(());
        }
        let bytes = std::mem::take(&mut state.pending_bytes);
        let pending = std::mem::take(&mut state.pending);
        state.spilling_bytes += bytes;
        drop(state);
        let mut spilling = Spilling { sink: self, bytes, runs: None };
        spilling.runs = Some(self.spill(pending)?);
        Ok(())
    }

    fn claim(&self, filings: &TableBatch) -> Result<()> {
        let mut claims = lock(&self.claims);
        claims.add(filings);
        self.spill_claims_if_many(&mut claims)
    }

    pub(super) fn spill_claims_if_many(&self, claims: &mut Claims) -> Result<()> {
        if claims.bytes() <= self.options.memory / 8 {
            return Ok(());
        }
        claims.spill(&self.file).inspect_err(|_| lock(&self.state).is_broken = true)
    }

    /// Bytes on disk that hold spilled rows.
    pub fn spilled(&self) -> u64 {
        self.file.len()
    }

    /// Drops duplicate filings, sorts, writes and publishes, on the threads of `pool`.
    ///
    /// `watch` is told how many rows were written since it was last called, from any of the threads;
    /// [`ControlFlow::Break`] ends the run with [`Interrupted`] and leaves the tables as they were.
    ///
    /// Of the copies of one filing the one with the lowest rank is kept, then the one that is first by path (byte by
    /// byte), number of the entry, and offset; but what the data set holds already is kept before all.
    ///
    /// [`Interrupted`]: crate::ErrorKind::Interrupted
    pub fn finish(
        self,
        pool: &rayon::ThreadPool,
        watch: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
    ) -> Result<Written> {
        self.finish_with(Value::Null, pool, watch)
    }

    /// Does what [`Sink::finish`] does, and keeps `note` for a run that has nothing left to do but give files their names.
    pub fn finish_with(
        self,
        note: Value,
        pool: &rayon::ThreadPool,
        watch: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
    ) -> Result<Written> {
        let how = if self.base.is_some() { How::Add } else { How::Replace };
        Ok(self.finish_as(how, |_| note, pool, watch)?.0)
    }

    /// Gives what was written, and the new listing if it is another than before.
    pub(super) fn finish_as(
        self,
        how: How,
        note: impl FnOnce(&Listing) -> Value,
        pool: &rayon::ThreadPool,
        watch: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
    ) -> Result<(Written, Option<Listing>)> {
        let options = self.options;
        let folder = self.folder.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Declared after the folder, so that they are closed before the folder is cleared.
        let file = self.file;
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if state.is_broken {
            return Err(ErrorKind::Defect("a sink was finished after rows were lost".to_owned()).into());
        }
        let claims = self.claims.into_inner().unwrap_or_else(PoisonError::into_inner);
        let losers = claims.resolve(&file, pool)?;
        let is_sealed = state.is_sealed();
        let mut finished = self.finished.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !is_sealed {
            finished.clear();
        }
        let staging = folder.staging_with(options.layout, &mut finished)?;
        let securing = Securing::new(&folder, &self.journal, options.seal_bytes as u64);
        let no_parts = Parts::default();
        let work = Work {
            options: &options,
            file: &file,
            losers: &losers,
            staging: &staging,
            disk: folder.disk(),
            parts: self.base.as_ref().map_or(&no_parts, Base::parts),
            all_tables: self.base.is_none(),
            finished: &finished,
            securing: is_sealed.then_some(&securing),
            watch,
        };
        let (mut written, files) = tasks::write(&work, state.pending, state.runs, pool)?;
        written.held += self.base.as_ref().map_or(0, Base::held_rejects);
        let before = self.base.as_ref().map(Base::listing);
        let listing = match (before, how) {
            (Some(before), How::Swap) => compact::merged(before, &files),
            (Some(before), _) => Listing::new(before.layout, [before.files.as_slice(), &files].concat()),
            (None, _) => Listing::new(options.layout, files),
        };
        if before == Some(&listing) {
            folder.leave()?;
            return Ok((written, None));
        }
        let outcome = json!({ "written": written.to_json(), "note": note(&listing) });
        let mut journal = self.journal.into_inner().unwrap_or_else(PoisonError::into_inner);
        folder.publish(&mut journal, how, &listing, outcome, watch)?;
        Ok((written, Some(listing)))
    }

    /// Writes blocks as sorted runs, one a table and shard.
    pub(super) fn spill(&self, pending: [Vec<Block>; Table::ALL.len()]) -> Result<Vec<(Table, usize, Run)>> {
        let mut runs = Vec::new();
        let nobody = Losers::default();
        let cut = Cut { part: |_| 0, rows: BLOCK_ROWS, bytes: BLOCK_BYTES };
        for (table, blocks) in Table::ALL.into_iter().zip(pending) {
            let memory = SortedMemory::new(blocks);
            for (shard, input) in (0..SHARDS).filter_map(|s| memory.shard(s).map(|input| (s, input))) {
                let mut writer = RunWriter::new(table, &self.file);
                Merge::new(vec![input], &nobody)?
                    .write(cut, |chunk, batch| writer.write(&batch, &chunk.spans))?;
                runs.push((table, shard, writer.finish()));
            }
        }
        Ok(runs)
    }
}

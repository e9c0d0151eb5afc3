use super::claims::{Claims, Losers};
use super::folder::Folder;
use super::memory::{SHARDS, SortedMemory};
use super::merge::{Cut, Merge};
use super::order::Block;
use super::runs::{BLOCK_BYTES, BLOCK_ROWS, Run, RunWriter};
use super::spill::SpillFile;
use super::tasks::{self, Work};
use super::{Options, Written};
use crate::batch::TableBatch;
use crate::error::{ErrorKind, Result};
use crate::model::Table;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Collects batches from any number of threads and writes them as a data set. See the [module](super).
pub struct Sink {
    options: Options,
    file: SpillFile,
    claims: Mutex<Claims>,
    state: Mutex<State>,
    /// Told when rows that were being spilled have left the memory.
    spilled: Condvar,
    folder: Folder,
}

/// What waits to be written.
struct State {
    /// Blocks in memory, in the order of [`Table::ALL`].
    pending: [Vec<Block>; Table::ALL.len()],
    pending_bytes: usize,
    /// Bytes in memory that threads are spilling.
    spilling_bytes: usize,
    runs: Runs,
    /// Whether rows were lost on their way to the disk.
    is_broken: bool,
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
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sink {
    /// Opens the output folder, which is made where it does not exist, and locks it against other runs.
    ///
    /// A folder that holds something is refused ([`OutputNotEmpty`]) unless it holds a data set of section16 and
    /// `options.overwrite` is set. Nothing of that data set is touched before the new one is whole; then its files
    /// (`part-N.parquet` in the folders of the tables) make room, and what else lies there stays. A folder that
    /// another run is writing to is refused ([`OutputBusy`]).
    ///
    /// A sink that is dropped, or fails, leaves the tables as they were.
    ///
    /// [`OutputNotEmpty`]: crate::ErrorKind::OutputNotEmpty
    /// [`OutputBusy`]: crate::ErrorKind::OutputBusy
    pub fn create(folder: &Path, options: Options) -> Result<Self> {
        let folder = Folder::open(folder, options.overwrite)?;
        let state = State {
            pending: Default::default(),
            pending_bytes: 0,
            spilling_bytes: 0,
            runs: Table::ALL.iter().map(|_| Default::default()).collect(),
            is_broken: false,
        };
        Ok(Self {
            options,
            file: SpillFile::create(folder.run())?,
            claims: Mutex::new(Claims::new()),
            state: Mutex::new(state),
            spilled: Condvar::new(),
            folder,
        })
    }

    /// A folder on the disk of the output that is removed when the run is over.
    pub fn temporary_folder(&self) -> &Path {
        self.folder.run()
    }

    /// Where the bytes of rejected entries may be put. They are published with the tables, as `_section16/rejects`, and take
    /// the place of an earlier run's.
    pub fn rejects_folder(&self) -> PathBuf {
        self.folder.rejects()
    }

    /// Takes batches, in any order and from any thread.
    ///
    /// Where the memory budget asks for it, the call spills rows to disk before it comes back, or waits for another
    /// thread that does.
    pub fn append(&self, batches: Vec<TableBatch>) -> Result<()> {
        let budget = self.options.memory;
        let mut blocks = Vec::with_capacity(batches.len());
        for batch in batches {
            if batch.table == Table::Filings {
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
    /// byte), number of the entry, and offset.
    ///
    /// [`Interrupted`]: crate::ErrorKind::Interrupted
    pub fn finish(
        self,
        pool: &rayon::ThreadPool,
        watch: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
    ) -> Result<Written> {
        let (options, folder) = (self.options, self.folder);
        // Declared after the folder, so that the file is closed before the folder is cleared.
        let file = self.file;
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if state.is_broken {
            return Err(ErrorKind::Defect("a sink was finished after rows were lost".to_owned()).into());
        }
        let claims = self.claims.into_inner().unwrap_or_else(PoisonError::into_inner);
        let losers = claims.resolve(&file, pool)?;
        let staging = folder.create_staging()?;
        let work = Work { options: &options, file: &file, losers: &losers, staging: &staging, watch };
        let written = tasks::write(&work, state.pending, state.runs, pool)?;
        let about = serde_json::json!({
            "section16_version": env!("CARGO_PKG_VERSION"),
            "schema_version": crate::schema::SCHEMA_VERSION,
            "partition": options.layout.to_string(),
        });
        folder.publish(&staging, &format!("{about}\n"))?;
        Ok(written)
    }

    /// Writes blocks as sorted runs, one a table and shard.
    fn spill(&self, pending: [Vec<Block>; Table::ALL.len()]) -> Result<Vec<(Table, usize, Run)>> {
        let mut runs = Vec::new();
        let nobody = Losers::default();
        let cut = Cut { part: |_| 0, rows: BLOCK_ROWS, bytes: BLOCK_BYTES };
        for (table, blocks) in Table::ALL.into_iter().zip(pending) {
            let memory = SortedMemory::new(blocks);
            for (shard, input) in (0..SHARDS).filter_map(|s| memory.shard(s).map(|input| (s, input))) {
                let mut writer = RunWriter::new(&self.file);
                Merge::new(vec![input], &nobody)?
                    .write(cut, |chunk, batch| writer.write(&batch, &chunk.spans))?;
                runs.push((table, shard, writer.finish()));
            }
        }
        Ok(runs)
    }
}

use super::claims::Losers;
use super::collector::Runs;
use super::disk::Disk;
use super::finished::{Finished, Securing};
use super::listing::ListedFile;
use super::memory::SortedMemory;
use super::merge::{Cut, Input, Merge};
use super::order::{Block, Key};
use super::parquet_format::TableFormat;
use super::partition_writer::{CHUNK_BYTES, CHUNK_ROWS, PartitionWriter, Parts};
use super::runs::{BLOCK_BYTES, BLOCK_ROWS, Run, RunReader, RunWriter};
use super::spill::SpillFile;
use super::tally::Tally;
use super::{Options, Written};
use crate::error::{ErrorKind, Result};
use crate::model::Table;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What all tasks share.
pub(super) struct Work<'a> {
    pub(super) options: &'a Options,
    pub(super) file: &'a SpillFile,
    pub(super) losers: &'a Losers,
    /// Where the files are written.
    pub(super) staging: &'a Path,
    pub(super) disk: &'a Disk,
    /// Numbers of the next files where the data set holds some.
    pub(super) parts: &'a Parts,
    /// Whether every table gets a file, also one without rows.
    pub(super) all_tables: bool,
    /// What is written already.
    pub(super) finished: &'a Finished,
    /// Takes what is written, where a run that is resumed can use it.
    pub(super) securing: Option<&'a Securing<'a>>,
    pub(super) watch: &'a (dyn Fn(u64) -> ControlFlow<()> + Sync),
}

/// A shard of a table: its partitions are written one after another.
struct Task<'a> {
    table: &'a TableWork,
    shard: usize,
    memory: Option<Input<'static>>,
    runs: Vec<Run>,
    bytes: u64,
}

struct TableWork {
    table: Table,
    format: TableFormat,
    folder: PathBuf,
}

/// Merges what is in memory and on disk, writes all files, and lists them.
pub(super) fn write(
    work: &Work<'_>,
    pending: [Vec<Block>; Table::ALL.len()],
    runs: Runs,
    pool: &rayon::ThreadPool,
) -> Result<(Written, Vec<ListedFile>)> {
    let tables = Table::ALL.into_iter().map(|table| TableWork::new(work, table));
    let tables = tables.collect::<Result<Vec<_>>>()?;
    let mut written = Written::nothing();
    written.duplicates = work.losers.duplicates();
    written.held = work.losers.held();
    let results = pool.install(|| {
        let memory: Vec<SortedMemory> = Vec::from(pending).into_par_iter().map(SortedMemory::new).collect();
        let mut tasks = tasks(&tables, memory, runs);
        // The largest first: none is left running alone at the end.
        tasks.sort_by_key(|task| std::cmp::Reverse(task.bytes));
        let tasks = tasks.into_par_iter().with_max_len(1);
        tasks.map(|task| task.run(work)).collect::<Result<Vec<_>>>()
    })?;
    let mut files = Vec::new();
    for (table, tally) in results {
        files.extend(tally.add_to(table, &mut written));
    }
    for table in tables.iter().filter(|_| work.all_tables) {
        if written.table(table.table).is_some_and(|t| t.files == 0) {
            let mut writer = table.writer(work);
            writer.write_empty()?;
            files.extend(writer.tally.add_to(table.table, &mut written));
        }
    }
    Ok((written, files))
}

fn tasks(tables: &[TableWork], memory: Vec<SortedMemory>, runs: Runs) -> Vec<Task<'_>> {
    let mut tasks = Vec::new();
    for ((table, memory), runs) in tables.iter().zip(memory).zip(runs) {
        for (shard, runs) in runs.into_iter().enumerate() {
            let bytes = memory.bytes(shard) + runs.iter().map(Run::bytes).sum::<u64>();
            let memory = memory.shard(shard);
            if memory.is_some() || !runs.is_empty() {
                tasks.push(Task { table, shard, memory, runs, bytes });
            }
        }
    }
    tasks
}

impl TableWork {
    fn new(work: &Work<'_>, table: Table) -> Result<Self> {
        let folder = work.staging.join(table.as_str());
        work.disk.create_folders(&folder)?;
        Ok(Self { table, format: TableFormat::new(table, work.options.compression)?, folder })
    }

    fn writer<'a>(&'a self, work: &'a Work<'_>) -> PartitionWriter<'a> {
        PartitionWriter::new(
            self.table,
            work.options.layout,
            &self.format,
            &self.folder,
            (work.disk, work.parts),
        )
    }
}

impl Task<'_> {
    fn run(self, work: &Work<'_>) -> Result<(Table, Tally)> {
        let table = self.table.table;
        if let Some(tally) = work.finished.get(&(table, self.shard)) {
            return Ok((table, tally.clone()));
        }
        let runs = merge_to_few(work, table, self.runs)?;
        let mut inputs: Vec<Input<'_>> = readers(work, table, runs);
        inputs.extend(self.memory);
        let mut writer = self.table.writer(work);
        let cut = Cut { part: partition, rows: CHUNK_ROWS, bytes: CHUNK_BYTES };
        Merge::new(inputs, work.losers)?.write(cut, |chunk, batch| {
            writer.write(chunk, &batch)?;
            work.watch(chunk.rows as u64)
        })?;
        if let Some(securing) = work.securing {
            securing.finished(table, self.shard, &writer.tally, self.bytes)?;
        }
        Ok((table, writer.tally))
    }
}

fn partition(key: &Key) -> u64 {
    key.partition.as_u64()
}

fn readers<'a>(work: &Work<'a>, table: Table, runs: Vec<Run>) -> Vec<Input<'a>> {
    let reader = |run| Box::new(RunReader::new(table, work.file, run)) as Input<'a>;
    runs.into_iter().map(reader).collect()
}

/// Merges runs into larger ones until the memory holds a block of each.
fn merge_to_few(work: &Work<'_>, table: Table, mut runs: Vec<Run>) -> Result<Vec<Run>> {
    let fan_in = work.fan_in();
    let cut = Cut { part: |_| 0, rows: BLOCK_ROWS, bytes: BLOCK_BYTES };
    while runs.len() > fan_in {
        let taken = runs.drain(..fan_in.min(runs.len() - fan_in + 1)).collect();
        let mut writer = RunWriter::new(table, work.file);
        Merge::new(readers(work, table, taken), work.losers)?.write(cut, |chunk, batch| {
            writer.write(&batch, &chunk.spans)?;
            work.watch(0)
        })?;
        runs.push(writer.finish());
    }
    Ok(runs)
}

impl Work<'_> {
    /// How many runs are merged at once. While a chunk is put together a run may hold two blocks; half of the budget
    /// is for blocks, the rest for what did not have to be spilled and for the encoded columns.
    fn fan_in(&self) -> usize {
        let threads = rayon::current_num_threads();
        (self.options.memory / 2 / threads / (2 * BLOCK_BYTES)).max(8)
    }

    fn watch(&self, rows: u64) -> Result<()> {
        match (self.watch)(rows) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ErrorKind::Interrupted.into()),
        }
    }
}

use super::Layout;
use super::collector::lock;
use super::disk::{Disk, for_each};
use super::folder::Folder;
use super::journal::Journal;
use super::memory::SHARDS;
use super::tally::Tally;
use crate::error::Result;
use crate::model::Table;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Tasks of writing whose files lie on the disk, by table and shard: a run that is resumed does not do them again.
pub(super) type Finished = BTreeMap<(Table, usize), Tally>;

/// Secures what tasks have written, for a run whose rows are all sealed.
pub(super) struct Securing<'a> {
    folder: &'a Folder,
    journal: &'a Mutex<Journal>,
    /// Bytes of rows after which what is finished is secured.
    due: u64,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    records: Vec<Value>,
    bytes: u64,
}

impl<'a> Securing<'a> {
    pub(super) fn new(folder: &'a Folder, journal: &'a Mutex<Journal>, due: u64) -> Self {
        Self { folder, journal, due, waiting: Mutex::default() }
    }

    /// A task is done whose rows took so many bytes.
    pub(super) fn finished(&self, table: Table, shard: usize, tally: &Tally, bytes: u64) -> Result<()> {
        let mut waiting = lock(&self.waiting);
        waiting.records.push(json!({ "written": [table.as_str(), shard, tally.to_json()] }));
        waiting.bytes += bytes;
        if waiting.bytes < self.due {
            return Ok(());
        }
        let Waiting { records, .. } = std::mem::take(&mut *waiting);
        // Others go on while the disk is waited for.
        drop(waiting);
        self.folder.disk().sync_all_in(&self.folder.staging())?;
        let mut journal = lock(self.journal);
        self.folder.keep_finished();
        records.iter().try_for_each(|record| journal.append(record))?;
        journal.sync()
    }
}

/// Reads the record of a task.
pub(super) fn from_record(record: &Value) -> Option<((Table, usize), Tally)> {
    let written = record.get("written")?;
    let table = Table::parse(written[0].as_str()?)?;
    let shard = usize::try_from(written[1].as_u64()?).ok().filter(|shard| *shard < SHARDS)?;
    Some(((table, shard), Tally::from_json(table, &written[2])?))
}

impl Folder {
    /// The folder in which files are written before they are published, with the files of tasks that are finished and no
    /// others. A task whose files are not there any more is taken out of `finished`.
    pub(super) fn staging_with(&self, layout: Layout, finished: &mut Finished) -> Result<PathBuf> {
        if finished.is_empty() {
            return self.create_staging();
        }
        let staging = self.staging();
        finished.retain(|_, tally| {
            tally.files.iter().all(|file| {
                let metadata = staging.join(file.path(layout)).metadata();
                metadata.is_ok_and(|metadata| metadata.is_file() && metadata.len() == file.bytes)
            })
        });
        self.disk().create_folders(&staging)?;
        let files = finished.values().flat_map(|tally| &tally.files);
        let kept: BTreeSet<PathBuf> = files.map(|file| staging.join(file.path(layout))).collect();
        remove_others(self.disk(), &staging, &kept)?;
        Ok(staging)
    }
}

fn remove_others(disk: &Disk, folder: &Path, kept: &BTreeSet<PathBuf>) -> Result<()> {
    for_each(folder, |path, file_type| match file_type.is_dir() {
        true => remove_others(disk, path, kept),
        false if kept.contains(path) => Ok(()),
        false => disk.remove_file(path),
    })
}

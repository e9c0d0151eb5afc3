use super::disk::{for_each, is_there};
use super::folder::{OWN, past_in};
use super::listing::{ListedFile, Listing};
use super::verify_file::{Checked, FileCheck};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Date, FilingId, Table};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What [`verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files that were looked at.
    pub files: u64,
    /// Their rows.
    pub rows: u64,
    /// What is wrong, in the order of the listing, whatever the threads. A sound data set has none.
    pub problems: Vec<Problem>,
}

/// Something that is wrong with a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub message: String,
}

/// Reads a whole data set and holds it against what section16 wrote.
///
/// Every file that is listed must be there, have the bytes, the checksum and the rows that were written and the columns
/// of its table, and no other Parquet file may be in the folders of the tables. Rows must be in order and in the folder they belong to; no filing
/// may be there twice, and no row without its filing. Files are read by the threads of `pool`. Memory is about 30 bytes a filing, as
/// much again for those of the files that are being read, and some MiB a thread. `watch` is told how many rows were read since it
/// was last called, from any of the threads.
///
/// # Errors
///
/// Where the folder cannot be read, a run is writing to it ([`OutputBusy`](ErrorKind::OutputBusy)), or `watch` says so
/// ([`Interrupted`](ErrorKind::Interrupted)). What is wrong with the data set is no error.
pub fn verify(
    folder: &Path,
    pool: &rayon::ThreadPool,
    watch: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
) -> Result<Verified> {
    std::fs::read_dir(folder).map_err(Error::io("read", folder))?;
    let _lock = lock(folder)?;
    let mut check = Check { folder, verified: Verified::default(), filings: FxHashMap::default() };
    let past = past_in(folder)?;
    let listing = match Listing::read(&folder.join(OWN)) {
        Ok(listing) => listing,
        Err(error) => {
            match past {
                Some(past) => check.problem(folder, format!("a run did not end: {}", past.advice())),
                None => check.take(error)?,
            }
            return Ok(check.verified);
        }
    };
    if let Some(past) = past.filter(|past| past.publish.is_some()) {
        check.problem(folder, format!("a run did not end: {}", past.advice()));
    }
    check.names(&listing)?;
    for window in windows(&listing.files, pool.current_num_threads()) {
        let check_one = |file: &ListedFile| {
            FileCheck { folder, layout: listing.layout, file, filings: &check.filings, watch }.check()
        };
        let all: Vec<Checked> = pool.install(|| window.par_iter().with_max_len(1).map(check_one).collect());
        for checked in all {
            check.add(checked)?;
        }
    }
    Ok(check.verified)
}

struct Check<'c> {
    folder: &'c Path,
    verified: Verified,
    /// The filings, and when they were filed.
    filings: FxHashMap<FilingId, Option<Date>>,
}

/// Files that are checked at once: all of one kind, `filings` or others, and so many that threads do not wait for one another and
/// few enough that their filings can be held.
fn windows(files: &[ListedFile], threads: usize) -> impl Iterator<Item = &[ListedFile]> {
    const FILES: usize = 64;
    const ROWS: u64 = 1 << 20;
    let mut rest = files;
    std::iter::from_fn(move || {
        let is_filings = rest.first()?.table == Table::Filings;
        let mut rows = 0;
        let mut is_inside = |file: &&ListedFile| {
            let is_inside = rows < ROWS && (file.table == Table::Filings) == is_filings;
            rows = rows.saturating_add(file.rows / threads as u64);
            is_inside
        };
        let length = rest.iter().take(FILES * threads).take_while(|file| is_inside(file)).count().max(1);
        let (window, others) = rest.split_at(length);
        rest = others;
        Some(window)
    })
}

impl Check<'_> {
    fn problem(&mut self, path: &Path, message: impl Into<String>) {
        self.verified.problems.push(Problem { path: path.to_owned(), message: message.into() });
    }

    /// Takes an error that tells of a problem; others are passed on.
    fn take(&mut self, error: Error) -> Result<()> {
        match error.kind() {
            ErrorKind::DataSet { path, message } => self.problem(path, message.clone()),
            ErrorKind::Io { path, source, .. } => self.problem(path, source.to_string()),
            _ => return Err(error),
        }
        Ok(())
    }

    /// Looks for files that are not listed and that a reader takes for data, whatever they are called before `.parquet`.
    fn names(&mut self, listing: &Listing) -> Result<()> {
        let listed: BTreeSet<String> = listing.files.iter().map(|file| file.path(listing.layout)).collect();
        for table in Table::ALL {
            let folder = self.folder.join(table.as_str());
            if is_there(&folder)? {
                self.names_in(&folder, table.as_str(), &listed)?;
            }
        }
        Ok(())
    }

    fn names_in(&mut self, folder: &Path, prefix: &str, listed: &BTreeSet<String>) -> Result<()> {
        for_each(folder, |path, file_type| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let relative = format!("{prefix}/{name}");
            // Engines pass over such names, and over all that lies below them.
            if name.starts_with(['_', '.']) {
                return Ok(());
            }
            if file_type.is_dir() {
                return self.names_in(path, &relative, listed);
            }
            if name.to_ascii_lowercase().ends_with(".parquet") && !listed.contains(&relative) {
                self.problem(path, "it is not listed: its rows are none of the data set's");
            }
            Ok(())
        })
    }

    /// Adds what was found in the next file of the listing.
    fn add(&mut self, checked: Checked) -> Result<()> {
        let Checked { path, rows, problems, filings, error } = checked;
        self.verified.files += 1;
        self.verified.rows += rows;
        let mut filings = filings.into_iter().peekable();
        for number in 0..=problems.len() {
            while let Some((id, date, _)) = filings.next_if(|(_, _, before)| *before <= number) {
                if self.filings.insert(id, date).is_some() {
                    self.problem(&path, format!("the filing {id} is there twice"));
                }
            }
            if let Some(message) = problems.get(number) {
                self.problem(&path, message.clone());
            }
        }
        error.map_or(Ok(()), |error| self.take(error))
    }
}

/// Keeps runs from writing to the folder meanwhile, where that can be.
fn lock(folder: &Path) -> Result<Option<File>> {
    let path = folder.join(OWN).join("lock");
    if !is_there(&path)? {
        return Ok(None);
    }
    let file = File::open(&path).map_err(Error::io("open", &path))?;
    match file.try_lock_shared() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(ErrorKind::OutputBusy { path: folder.to_owned() }.into()),
        Err(TryLockError::Error(error)) => Err(Error::io("lock", path)(error)),
    }
}

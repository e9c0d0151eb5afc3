use super::disk::{for_each, is_there};
use super::folder::{OWN, past_in};
use super::listing::{ListedFile, Listing, part_number};
use super::order::Block;
use super::part_reader::{self, Columns, damaged};
use super::part_spans::PartSpans;
use crate::batch::TableBatch;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Date, FilingId, Table};
use arrow::array::AsArray;
use arrow::datatypes::Int32Type;
use arrow::record_batch::RecordBatch;
use flate2::Crc;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What [`verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files that were looked at.
    pub files: u64,
    /// Their rows.
    pub rows: u64,
    /// What is wrong, in the order in which it was found. A sound data set has none.
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
/// of its table, and no other file of a table may be there. Rows must be in order and in the folder they belong to; no filing
/// may be there twice, and no row without its filing. Memory is about 30 bytes a filing. `watch` is told how many rows were
/// read since it was last called.
///
/// # Errors
///
/// Where the folder cannot be read, a run is writing to it ([`OutputBusy`](ErrorKind::OutputBusy)), or `watch` says so
/// ([`Interrupted`](ErrorKind::Interrupted)). What is wrong with the data set is no error.
pub fn verify(folder: &Path, watch: &dyn Fn(u64) -> ControlFlow<()>) -> Result<Verified> {
    std::fs::read_dir(folder).map_err(Error::io("read", folder))?;
    let _lock = lock(folder)?;
    let mut check = Check { folder, verified: Verified::default(), filings: FxHashMap::default(), watch };
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
    for file in &listing.files {
        let path = folder.join(file.path(listing.layout));
        if let Err(error) = check.file(&listing, file, &path) {
            check.take(error)?;
        }
    }
    Ok(check.verified)
}

struct Check<'c> {
    folder: &'c Path,
    verified: Verified,
    /// The filings, and when they were filed.
    filings: FxHashMap<FilingId, Option<Date>>,
    watch: &'c dyn Fn(u64) -> ControlFlow<()>,
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

    /// Looks for files that are not listed.
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
            if file_type.is_dir() && !name.starts_with(['_', '.']) {
                return self.names_in(path, &relative, listed);
            }
            if part_number(&name).is_some() && !listed.contains(&relative) {
                self.problem(path, "it is not listed: its rows are none of the data set's");
            }
            Ok(())
        })
    }

    fn file(&mut self, listing: &Listing, file: &ListedFile, path: &Path) -> Result<()> {
        self.verified.files += 1;
        let (bytes, crc32) = sum(path).map_err(Error::io("read", path))?;
        if bytes != file.bytes {
            let message = format!("it has {bytes} bytes, and {} were written", file.bytes);
            return Err(damaged(path, message));
        }
        if crc32 != file.crc32 {
            self.problem(path, "its bytes are not those that were written: their checksum differs");
        }
        let mut rows = 0;
        let mut last: Option<Block> = None;
        for batch in part_reader::open(file.table, path, Columns::All)? {
            let batch = batch?;
            rows += batch.num_rows() as u64;
            if (self.watch)(batch.num_rows() as u64).is_break() {
                return Err(ErrorKind::Interrupted.into());
            }
            last = Some(self.batch(listing, file, batch, last, path)?);
        }
        self.verified.rows += rows;
        if rows != file.rows {
            self.problem(path, format!("it has {rows} rows, and {} were written", file.rows));
        }
        Ok(())
    }

    /// Checks rows that follow those of `last`.
    fn batch(
        &mut self,
        listing: &Listing,
        file: &ListedFile,
        batch: RecordBatch,
        last: Option<Block>,
        path: &Path,
    ) -> Result<Block> {
        let table = file.table;
        let next = last.as_ref().and_then(|block| block.spans.last()).map_or(0, |span| span.key.entry + 1);
        let spans = PartSpans { table, dates: &self.filings, next }.of(&batch, path)?;
        for span in &spans {
            let Some(id) = span.id else { continue };
            if table != Table::Filings {
                if !self.filings.contains_key(&id) {
                    self.problem(path, format!("it has rows of {id}, which is no filing of the data set"));
                }
            } else if span.rows > 1 || self.filings.insert(id, span.filing_date).is_some() {
                self.problem(path, format!("the filing {id} is there twice"));
            }
            if listing.layout.of_table(table).partition(span) != file.partition {
                self.problem(path, format!("the rows of {id} belong into another folder"));
            }
        }
        let block = Block::new(TableBatch { table, batch, spans }, listing.layout);
        let mut pairs = (1..block.spans.len()).map(|at| (&block, at - 1, at));
        let follows = |(before, at, next): (&Block, usize, usize)| {
            before.compare(at, &block, next) != Ordering::Greater
        };
        let first_follows = last
            .as_ref()
            .is_none_or(|last| block.spans.is_empty() || follows((last, last.spans.len() - 1, 0)));
        if !first_follows || !pairs.all(follows) || !is_in_document_order(&block) {
            self.problem(path, "its rows are not in order");
        }
        Ok(block)
    }
}

/// Whether the rows of each filing are numbered upwards.
fn is_in_document_order(block: &Block) -> bool {
    let name = match block.table {
        Table::ReportingOwners => "owner_index",
        Table::Transactions | Table::Holdings => "row_index",
        Table::Signatures => "signature_index",
        _ => return true,
    };
    let Some(numbers) = block.batch.column_by_name(name) else { return false };
    let numbers = numbers.as_primitive::<Int32Type>().values();
    block.spans.iter().all(|span| {
        let rows = span.start as usize..(span.start + span.rows) as usize;
        numbers.get(rows).is_some_and(|numbers| numbers.is_sorted_by(|a, b| a < b))
    })
}

/// The length and the CRC-32 of a file.
fn sum(path: &Path) -> io::Result<(u64, u32)> {
    let mut file = File::open(path)?;
    let mut crc = Crc::new();
    let mut bytes = 0;
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, crc.sum())),
            read => {
                bytes += read as u64;
                crc.update(buffer.get(..read).unwrap_or_default());
            }
        }
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

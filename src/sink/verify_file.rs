use super::Layout;
use super::intact::Difference;
use super::listing::ListedFile;
use super::order::Block;
use super::part_reader::{self, Columns, damaged};
use super::part_spans::PartSpans;
use crate::batch::TableBatch;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Date, FilingId, Table};
use arrow::array::AsArray;
use arrow::datatypes::Int32Type;
use arrow::record_batch::RecordBatch;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Holds one file against what was written, beside others that are checked at the same time.
pub(super) struct FileCheck<'c> {
    pub(super) folder: &'c Path,
    pub(super) layout: Layout,
    pub(super) file: &'c ListedFile,
    /// The filings of the files before: all of them, where the file is one of another table.
    pub(super) filings: &'c FxHashMap<FilingId, Option<Date>>,
    pub(super) watch: &'c (dyn Fn(u64) -> ControlFlow<()> + Sync),
}

/// What was found in a file.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) path: PathBuf,
    pub(super) rows: u64,
    /// What is wrong, in words.
    pub(super) problems: Vec<String>,
    /// The filings of a file of `filings`, in order: when they were filed, and how many problems come before.
    pub(super) filings: Vec<(FilingId, Option<Date>, usize)>,
    /// Why the file was not read to its end.
    pub(super) error: Option<Error>,
}

impl FileCheck<'_> {
    pub(super) fn check(&self) -> Checked {
        let mut checked =
            Checked { path: self.folder.join(self.file.path(self.layout)), ..Checked::default() };
        let path = checked.path.clone();
        checked.error = self.read(&path, &mut checked).err();
        checked
    }

    fn read(&self, path: &Path, checked: &mut Checked) -> Result<()> {
        let file = self.file;
        match Difference::of_bytes(file, path)? {
            Some(length @ Difference::Length { .. }) => return Err(damaged(path, length.to_string())),
            difference => checked.tell_any(difference),
        }
        let mut rows = 0;
        let mut last: Option<Block> = None;
        for batch in part_reader::open(file.table, path, Columns::All)? {
            let batch = batch?;
            rows += batch.num_rows() as u64;
            if (self.watch)(batch.num_rows() as u64).is_break() {
                return Err(ErrorKind::Interrupted.into());
            }
            last = Some(self.batch(batch, last, path, checked)?);
        }
        checked.rows = rows;
        checked.tell_any(Difference::of_rows(file, rows));
        Ok(())
    }

    /// Checks rows that follow those of `last`.
    fn batch(
        &self,
        batch: RecordBatch,
        last: Option<Block>,
        path: &Path,
        checked: &mut Checked,
    ) -> Result<Block> {
        let table = self.file.table;
        let next = last.as_ref().and_then(|block| block.spans.last()).map_or(0, |span| span.key.entry + 1);
        let spans = PartSpans { table, dates: self.filings, next }.of(&batch, path)?;
        for span in &spans {
            let Some(id) = span.id else { continue };
            if table != Table::Filings {
                if !self.filings.contains_key(&id) {
                    checked.tell(format!("it has rows of {id}, which is no filing of the data set"));
                }
            } else if span.rows > 1 {
                checked.tell(format!("the filing {id} is there twice"));
            } else {
                checked.filings.push((id, span.filing_date, checked.problems.len()));
            }
            if self.layout.of_table(table).partition(span) != self.file.partition {
                checked.tell(format!("the rows of {id} belong into another folder"));
            }
        }
        let block = Block::new(TableBatch { table, batch, spans }, self.layout);
        if !follows(last.as_ref(), &block) || !is_in_document_order(&block) {
            checked.tell("its rows are not in order");
        }
        Ok(block)
    }
}

impl Checked {
    fn tell(&mut self, problem: impl Into<String>) {
        self.problems.push(problem.into());
    }

    fn tell_any(&mut self, difference: Option<Difference>) {
        self.problems.extend(difference.map(|difference| difference.to_string()));
    }
}

/// Whether the filings of a block are in order, and come after those of the block before.
fn follows(last: Option<&Block>, block: &Block) -> bool {
    let follows = |before: &Block, at, next| before.compare(at, block, next) != Ordering::Greater;
    let is_after = |last: &Block| block.spans.is_empty() || follows(last, last.spans.len() - 1, 0);
    last.is_none_or(is_after) && (1..block.spans.len()).all(|at| follows(block, at - 1, at))
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

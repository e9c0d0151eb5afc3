use super::Layout;
use super::folder::{Folder, Purpose};
use super::intact::Intact;
use super::listing::{ListedFile, Listing};
use super::part_reader::{self, Columns};
use super::partition_writer::Parts;
use crate::batch::TableBatch;
use crate::error::{ErrorKind, Result};
use crate::model::{FilingId, Table};
use arrow::array::{Array, AsArray, BooleanArray};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use ring::digest::{Context, SHA256};
use rustc_hash::FxHashSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// The data set that grows: what it holds already.
pub(super) struct Base {
    listing: Listing,
    /// The next number in each folder.
    parts: Parts,
    rejects: FxHashSet<[u8; 16]>,
    held_rejects: AtomicU64,
}

impl Base {
    /// Looks at the data set in a folder; `None` where none grows.
    pub(super) fn read(folder: &Folder, purpose: Purpose, layout: Layout) -> Result<Option<Self>> {
        let is_there = match purpose {
            Purpose::New | Purpose::Overwrite => false,
            Purpose::Append => folder.holds_tables()?,
            Purpose::Compact => true,
        };
        if !is_there {
            return Ok(None);
        }
        let listing = folder.listing()?;
        if listing.layout != layout {
            let difference = format!("--partition is {layout}, and the data set has {}", listing.layout);
            return Err(ErrorKind::Changed { path: folder.root().to_owned(), difference }.into());
        }
        let parts = next_parts(&listing);
        let rejects = match purpose {
            Purpose::Append => rejects(&listing, folder.root())?,
            _ => FxHashSet::default(),
        };
        Ok(Some(Self { listing, parts, rejects, held_rejects: AtomicU64::new(0) }))
    }

    /// Calls `each` with the key of every filing.
    pub(super) fn each_id(&self, root: &Path, mut each: impl FnMut(FilingId) -> Result<()>) -> Result<()> {
        for file in self.listing.files.iter().filter(|file| file.table == Table::Filings) {
            let file = Intact::new(root, self.listing.layout, file);
            for batch in file.rows(Columns::Named(&["filing_id"]))? {
                part_reader::each_id(&batch?, file.path(), &mut each)?;
            }
        }
        Ok(())
    }

    /// The numbers that the next files get.
    pub(super) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// What the data set holds.
    pub(super) fn listing(&self) -> &Listing {
        &self.listing
    }

    /// The same rejects without those that the data set holds.
    pub(super) fn without_held(&self, batch: TableBatch) -> Result<TableBatch> {
        let keep: Vec<bool> = keys(&batch.batch).map(|key| !self.rejects.contains(&key)).collect();
        let dropped = keep.iter().filter(|keep| !**keep).count() as u64;
        if dropped == 0 {
            return Ok(batch);
        }
        self.held_rejects.fetch_add(dropped, Ordering::Relaxed);
        // A reject is a row and a span.
        let spans = batch.spans.iter().zip(&keep).filter_map(|(span, keep)| keep.then_some(*span)).collect();
        let rows = arrow::compute::filter_record_batch(&batch.batch, &BooleanArray::from(keep))?;
        Ok(TableBatch { table: batch.table, batch: rows, spans })
    }

    /// How many rejects were dropped.
    pub(super) fn held_rejects(&self) -> u64 {
        self.held_rejects.load(Ordering::Relaxed)
    }

    pub(super) fn set_held_rejects(&self, held: u64) {
        self.held_rejects.store(held, Ordering::Relaxed);
    }
}

fn next_parts(listing: &Listing) -> Parts {
    let next = |file: &ListedFile| ((file.table, file.partition), file.part.saturating_add(1));
    // The last of a folder has the highest number.
    listing.folders().filter_map(|files| files.last().map(next)).collect()
}

fn rejects(listing: &Listing, root: &Path) -> Result<FxHashSet<[u8; 16]>> {
    let mut held = FxHashSet::default();
    for file in listing.files.iter().filter(|file| file.table == Table::Rejects) {
        for batch in Intact::new(root, listing.layout, file).rows(Columns::All)? {
            held.extend(keys(&batch?));
        }
    }
    Ok(held)
}

/// What tells rejects apart: the place of the entry, the code, and the message, as a digest.
fn keys(rejects: &RecordBatch) -> impl Iterator<Item = [u8; 16]> + '_ {
    (0..rejects.num_rows()).map(|row| {
        let mut digest = Context::new(&SHA256);
        for column in [0, 1, 6, 7] {
            let column = rejects.column(column).as_string::<i32>();
            digest.update(if column.is_null(row) { b"" } else { column.value(row).as_bytes() });
            digest.update(b"\n");
        }
        digest.update(&rejects.column(2).as_primitive::<Int64Type>().value(row).to_le_bytes());
        let digest = digest.finish();
        std::array::from_fn(|at| digest.as_ref()[at])
    })
}

//! Input to Arrow record batches.

use super::engine;
use super::job::Collect;
use super::ledger::Ledger;
use super::{Monitor, ReadOptions, Report};
use crate::batch::{TableBatch, by_entry};
use crate::error::Result;
use crate::model::Table;
use crate::source::Discover;
use arrow::record_batch::RecordBatch;
use std::time::Instant;

/// Reads all filings in the files that are found and hands their rows to `each` as record batches, without writing anything.
///
/// `each` is called from several threads at once, unless the options ask for one thread, in the order in which batches
/// become full. All batches of a table have its [`arrow_schema`](crate::schema::arrow_schema). The rows of a filing stay
/// together and in order. A filing of which the input holds several copies comes several times: only a data set can tell
/// which is the best ([`convert`](super::convert) does). In the report, what concerns files is 0.
///
/// ```
/// use section16::pipeline::{Monitor, ReadOptions, batches};
/// use section16::source::Discover;
/// use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
///
/// # fn main() -> section16::Result<()> {
/// let rows = AtomicUsize::new(0);
/// let found = Discover::new(["examples/edgar".into()])?;
/// batches(found, &ReadOptions::default(), &Monitor::new(), &|_table, batch| {
///     rows.fetch_add(batch.num_rows(), Relaxed);
///     Ok(())
/// })?;
/// assert!(rows.into_inner() > 0);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Those of reading, as [`convert`](super::convert) has them, and the first one that `each` returns.
pub fn batches(
    found: Discover,
    options: &ReadOptions,
    monitor: &Monitor,
    each: &(dyn Fn(Table, RecordBatch) -> Result<()> + Sync),
) -> Result<Report> {
    read(found, options, monitor, &Each(each))
}

/// Does what [`batches`] does, with the rows of all tables together: a row for each filing and each reject, of
/// [`entry_schema`](crate::schema::entry_schema).
///
/// # Errors
///
/// Those of [`batches`].
pub fn entries(
    found: Discover,
    options: &ReadOptions,
    monitor: &Monitor,
    each: &(dyn Fn(RecordBatch) -> Result<()> + Sync),
) -> Result<Report> {
    read(found, options, monitor, &EachEntry(each))
}

fn read(found: Discover, options: &ReadOptions, monitor: &Monitor, collect: &dyn Collect) -> Result<Report> {
    let start = Instant::now();
    let pool = engine::pool(options)?;
    let read = engine::run(found, Ledger::new(), options, &pool, monitor, collect)?;
    let elapsed = start.elapsed();
    Ok(Report { elapsed, reading: elapsed, ..read })
}

struct Each<'e>(&'e (dyn Fn(Table, RecordBatch) -> Result<()> + Sync));

impl Collect for Each<'_> {
    fn batches(&self, batches: Vec<TableBatch>) -> Result<()> {
        batches.into_iter().try_for_each(|b| (self.0)(b.table, b.batch))
    }
}

struct EachEntry<'e>(&'e (dyn Fn(RecordBatch) -> Result<()> + Sync));

impl Collect for EachEntry<'_> {
    fn batches(&self, batches: Vec<TableBatch>) -> Result<()> {
        by_entry(batches)?.into_iter().try_for_each(self.0)
    }
}

//! Input to a data set.

use super::engine;
use super::job::Collect;
use super::{ConvertOptions, Monitor, Report, TableReport, kept};
use crate::batch::TableBatch;
use crate::error::Result;
use crate::model::{Origin, Table};
use crate::reject::Reject;
use crate::sink::{Sink, Written};
use crate::source::Discover;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Reads all filings in the files that are found and writes them to the folder `output` as a data set. Files in that folder
/// are not read.
///
/// The same inputs and options give the same bytes, whatever the threads, the memory budget, or the order in which the
/// system lists folders. Bad entries become rejects; see [`Report`] for what became of each.
///
/// ```
/// use section16::pipeline::{ConvertOptions, Monitor, convert};
/// use section16::source::Discover;
///
/// # fn main() -> section16::Result<()> {
/// # let folder = tempfile::tempdir().unwrap();
/// # let output = folder.path().join("insider");
/// let found = Discover::new(["examples/edgar".into()])?;
/// let report = convert(found, &output, &ConvertOptions::default(), &Monitor::new())?;
/// println!("{} filings, {} rows, {} rejects", report.filings, report.rows(), report.rejected());
/// assert!(report.adds_up());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Where the output cannot be written or holds something, an option cannot be, more
/// entries were rejected than allowed, or the monitor was told to stop.
pub fn convert(
    found: Discover,
    output: &Path,
    options: &ConvertOptions,
    monitor: &Monitor,
) -> Result<Report> {
    let start = Instant::now();
    let pool = engine::pool(&options.read)?;
    let sink = Sink::create(output, options.sink.clone())?;
    let rejects = options.keep_rejects.then(|| sink.rejects_folder());
    let collect = ToSink { sink: &sink, rejects };
    let mut read_options = options.read.clone();
    read_options.limits.temporary_folder.get_or_insert_with(|| sink.temporary_folder().to_owned());
    let read = engine::run(found.without(output), &read_options, &pool, monitor, &collect)?;
    let reading = start.elapsed();
    let bytes_spilled = sink.spilled();
    monitor.writing();
    let written = sink.finish(&pool, &|rows| {
        monitor.rows_written(rows);
        if monitor.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let report = Report { bytes_spilled, reading, elapsed: start.elapsed(), ..report(read, written) };
    engine::check(&report)?;
    Ok(report)
}

/// What was read, corrected by what was written: of several copies of a filing one remains.
fn report(read: Report, written: Written) -> Report {
    let tables = written.tables.iter();
    Report {
        filings: written.table(Table::Filings).map_or(0, |t| t.rows),
        duplicates: written.duplicates,
        rejects: written.rejects_by_code,
        diagnostics: written.diagnostics_by_code,
        document_types: written.filings_by_form,
        tables: tables
            .map(|t| TableReport { table: t.table, rows: t.rows, files: t.files, bytes: t.bytes })
            .collect(),
        partitions: written.partitions,
        small_files: written.small_files,
        ..read
    }
}

struct ToSink<'s> {
    sink: &'s Sink,
    /// Where the bytes of rejected entries go, if they are kept.
    rejects: Option<PathBuf>,
}

impl Collect for ToSink<'_> {
    fn batches(&self, batches: Vec<TableBatch>) -> Result<()> {
        self.sink.append(batches)
    }

    fn rejected(&self, origin: &Origin<'_>, reject: &Reject, bytes: &[u8]) -> Result<()> {
        self.rejects.as_ref().map_or(Ok(()), |folder| kept::keep(folder, origin, reject, bytes))
    }
}

//! Input to a data set.

use super::engine;
use super::job::Collect;
use super::ledger::{Covered, Ledger};
use super::{ConvertOptions, Monitor, Report, TableReport, kept};
use crate::batch::TableBatch;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Date, Origin, Table};
use crate::reject::Reject;
use crate::sink::{self, Disk, Opened, Sink, Written};
use crate::source::{Discover, path_text};
use serde_json::Value;
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
/// Where `options.sink` says so, the data set grows instead of being made, or a run that did not end goes on: see
/// [`Sink`]. A run that is resumed gives the bytes of one that was never interrupted. It must be given the same inputs and
/// lists, by the same names. Files that were read before are not read again; they must be found in the same order, with the same
/// size and time of modification. The others are read as they are now, and none where the run had come to publishing.
///
/// An output may be an URL of an object store: the data set is made in a folder of this machine ([`Options::folder`](sink::Options::folder)),
/// sent, and that folder is removed.
///
/// # Errors
///
/// Where the output cannot be written or holds something, an option cannot be, more
/// entries were rejected than allowed, what a run is resumed with is not what it began with, or the monitor was told to
/// stop.
pub fn convert(
    found: Discover,
    output: &Path,
    options: &ConvertOptions,
    monitor: &Monitor,
) -> Result<Report> {
    let start = Instant::now();
    let pool = engine::pool(&options.read)?;
    let sink = match Sink::open(output, with_terms(options, &found))? {
        Opened::Collecting(sink) => sink,
        Opened::Published { written, note } => {
            let report = report(Report::of_reading(&note).ok_or_else(unreadable)?, written);
            engine::check(&report)?;
            return Ok(Report { elapsed: start.elapsed(), ..report });
        }
    };
    let ledger = match sink.sealed() {
        Some(note) => {
            let covered = Covered::from_json(&note).ok_or_else(unreadable)?;
            Ledger::resumed(covered, output, sink.noted()?)
        }
        None => Ledger::new(),
    };
    let rejects = options.keep_rejects.then(|| sink.rejects_folder());
    let collect = ToSink { sink: &sink, rejects, disk: &options.sink.disk };
    let mut read_options = options.read.clone();
    read_options.limits.temporary_folder.get_or_insert_with(|| sink.temporary_folder());
    let found = found.without(output).without(&options.sink.folder(output));
    let read = engine::run(found, ledger, &read_options, &pool, monitor, &collect)?;
    let reading = start.elapsed();
    let bytes_spilled = sink.spilled();
    monitor.writing();
    let written = sink.finish_with(read.to_json(), &pool, &|rows| {
        monitor.rows_written(rows);
        if monitor.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let report = Report { bytes_spilled, reading, elapsed: start.elapsed(), ..report(read, written) };
    engine::check(&report)?;
    Ok(report)
}

fn unreadable() -> Error {
    ErrorKind::Defect("what was sealed cannot be read again".to_owned()).into()
}

/// The options of the sink, and what else the data set depends on. Threads, memory and the like change no byte.
fn with_terms(options: &ConvertOptions, found: &Discover) -> sink::Options {
    let filter = &options.read.filter;
    let (limits, entry) = (&options.read.limits, &options.read.entry_limits);
    let days = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
    let list = |items: Vec<String>| items.join(",");
    let terms = [
        ("--forms", list(filter.forms.iter().map(|form| form.as_str().to_owned()).collect())),
        ("--issuer", list(filter.issuers.iter().map(|cik| cik.to_string()).collect())),
        ("--filed-from", days(filter.filed_from)),
        ("--filed-to", days(filter.filed_to)),
        ("--keep-rejects", options.keep_rejects.to_string()),
        ("--max-depth", limits.max_depth.to_string()),
        ("--max-ratio", format!("{} above {} bytes", limits.max_expansion, limits.free_expansion)),
        ("--max-window", limits.max_window.to_string()),
        ("--max-entry", entry.max_entry.to_string()),
        ("--max-printed", entry.max_printed.to_string()),
        ("--max-value", entry.max_value.to_string()),
        ("--max-records", entry.max_records.to_string()),
    ];
    let mut sink = options.sink.clone();
    sink.terms.extend(terms.map(|(name, value)| (name.to_owned(), value)));
    sink.terms.extend(numbered("input", found.inputs()));
    sink.terms.extend(numbered("list of inputs", found.lists()));
    sink
}

/// One term for each path, so that of very many the one is named that differs.
fn numbered<'p>(name: &str, paths: impl Iterator<Item = &'p Path>) -> impl Iterator<Item = (String, String)> {
    paths.zip(1..).map(move |(path, number)| (format!("{name} {number}"), path_text(path).into_owned()))
}

/// What was read, corrected by what was written: of several copies of a filing one remains.
fn report(read: Report, written: Written) -> Report {
    let tables = written.tables.iter();
    Report {
        filings: written.table(Table::Filings).map_or(0, |t| t.rows),
        duplicates: written.duplicates,
        held: written.held,
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

/// Hands rows to a sink.
pub(super) struct ToSink<'s> {
    pub sink: &'s Sink,
    /// Where the bytes of rejected entries go, if they are kept.
    pub rejects: Option<PathBuf>,
    pub disk: &'s Disk,
}

impl Collect for ToSink<'_> {
    fn batches(&self, batches: Vec<TableBatch>) -> Result<()> {
        self.sink.append(batches)
    }

    fn rejected(&self, origin: &Origin<'_>, reject: &Reject, bytes: &[u8]) -> Result<()> {
        let keep = |folder: &PathBuf| kept::keep(self.disk, folder, origin, reject, bytes);
        self.rejects.as_ref().map_or(Ok(()), keep)
    }

    fn found(&self, inputs: &Value) -> Result<()> {
        self.sink.note(inputs)
    }

    /// A run that has sealed anything seals all at the end: writing may take long, too.
    fn is_seal_due(&self, is_at_end: bool) -> bool {
        if is_at_end { self.sink.sealed().is_some() } else { self.sink.is_seal_due() }
    }

    fn seal(&self, covered: &Covered) -> Result<()> {
        self.sink.seal(covered.to_json())
    }
}

//! The runs that are measured.

use super::{BenchInput, Cost, Stage};
use crate::error::{ErrorKind, Result};
use crate::parse;
use crate::parse::submission::Outcome;
use crate::pipeline::convert::ToSink;
use crate::pipeline::cut::cut;
use crate::pipeline::gate::Gate;
use crate::pipeline::ledger::Ledger;
use crate::pipeline::{ConvertOptions, Monitor, Report, batches, convert, engine, visit};
use crate::sink::Sink;
use crate::source::{Body, Damage, Discover, Entry, Found, Reader, Visit};
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Bytes that are read from a file at once, as the reader does.
const CHUNK: usize = 128 << 10;

/// Runs stages over the inputs.
pub(super) struct Runs<'r> {
    inputs: &'r [PathBuf],
    /// With one thread.
    options: ConvertOptions,
    folder: &'r Path,
    monitor: &'r Monitor,
    /// Data sets so far.
    data_sets: u32,
    files_written: u64,
}

impl<'r> Runs<'r> {
    pub(super) fn new(
        inputs: &'r [PathBuf],
        options: &ConvertOptions,
        folder: &'r Path,
        monitor: &'r Monitor,
    ) -> Self {
        let mut options = options.clone();
        options.read.threads = Some(NonZeroUsize::MIN);
        Self { inputs, options, folder, monitor, data_sets: 0, files_written: 0 }
    }

    /// Counts what the inputs hold, and warms up what can be.
    pub(super) fn count(&self) -> Result<BenchInput> {
        let (before, shown) = (self.monitor.progress(), self.monitor.counters().shown());
        let report = self.built()?;
        let after = self.monitor.progress();
        Ok(BenchInput {
            files: after.files_done - before.files_done,
            bytes_read: after.bytes_done - before.bytes_done,
            bytes_decompressed: self.monitor.counters().shown() - shown,
            entries: report.entries,
            filings: report.filings,
            rows: after.rows - before.rows,
        })
    }

    /// Runs a stage with all before it. What it counted, and what it took.
    pub(super) fn run(&mut self, stage: Stage) -> Result<(u64, Cost)> {
        let done = match stage {
            Stage::Walk => Cost::of(|| self.each_file(|_| 1)),
            Stage::Read => self.read(),
            Stage::Inflate => self.inflate(),
            Stage::Envelope => self.envelope(),
            Stage::Parse => Cost::of(|| self.parsed()),
            Stage::Build => self.rows(|runs| runs.built()),
            Stage::Route => self.route(),
            Stage::Write => self.whole(NonZeroUsize::MIN),
        };
        if self.monitor.is_stopped() { Err(ErrorKind::Interrupted.into()) } else { done }
    }

    /// Makes a data set with so many threads. Its bytes, and what it took.
    pub(super) fn whole(&mut self, threads: NonZeroUsize) -> Result<(u64, Cost)> {
        let output = self.fresh_folder();
        let mut options = self.options.clone();
        options.read.threads = Some(threads);
        let (report, cost) = Cost::of(|| convert(self.found()?, &output, &options, self.monitor))?;
        self.files_written = report.tables.iter().map(|table| table.files).sum();
        Ok((report.bytes_written(), cost))
    }

    /// Files of a data set, once one was made.
    pub(super) fn files_written(&self) -> u64 {
        self.files_written
    }

    fn found(&self) -> Result<Discover> {
        Discover::new(self.inputs.iter().cloned())
    }

    fn fresh_folder(&mut self) -> PathBuf {
        self.data_sets += 1;
        self.folder.join(self.data_sets.to_string())
    }

    /// Adds up what is said of each file.
    fn each_file(&self, mut each: impl FnMut(&Path) -> u64) -> Result<u64> {
        let files = self.found()?.filter_map(|found| match found {
            Found::File { path, .. } => Some(path),
            Found::Lost { .. } => None,
        });
        Ok(files.take_while(|_| !self.monitor.is_stopped()).map(|path| each(&path)).sum())
    }

    fn read(&self) -> Result<(u64, Cost)> {
        let mut room = vec![0; CHUNK];
        Cost::of(|| self.each_file(|path| File::open(path).map_or(0, |file| read_all(file, &mut room))))
    }

    fn show(&self, visitor: &mut dyn Visit) -> Result<u64> {
        let limits = self.options.read.limits.clone();
        let mut reader = Reader::new(limits, self.monitor.counters().clone());
        self.each_file(|path| {
            // What is damaged is told where it is read in earnest.
            let _ = reader.open(path).map(|opened| opened.visit(visitor));
            1
        })
    }

    fn inflate(&self) -> Result<(u64, Cost)> {
        let mut passed = Passed { bytes: 0, room: vec![0; CHUNK] };
        let (_, cost) = Cost::of(|| self.show(&mut passed))?;
        Ok((passed.bytes, cost))
    }

    fn envelope(&self) -> Result<(u64, Cost)> {
        let limits = self.options.read.entry_limits;
        let mut cutter = Cutter { pieces: 0, limits, window: Vec::new(), gate: Gate::default() };
        let (_, cost) = Cost::of(|| self.show(&mut cutter))?;
        Ok((cutter.pieces, cost))
    }

    fn parsed(&self) -> Result<u64> {
        let mut filings = 0;
        visit(self.found()?, &self.options.read, self.monitor, &mut |_, outcome| {
            filings += u64::from(matches!(outcome, Outcome::Filing(_)));
            ControlFlow::Continue(())
        })?;
        Ok(filings)
    }

    fn built(&self) -> Result<Report> {
        batches(self.found()?, &self.options.read, self.monitor, &|_, _| Ok(()))
    }

    /// The rows of what `work` reads.
    fn rows(&self, work: impl FnOnce(&Self) -> Result<Report>) -> Result<(u64, Cost)> {
        let before = self.monitor.progress().rows;
        let (_, cost) = Cost::of(|| work(self))?;
        Ok((self.monitor.progress().rows - before, cost))
    }

    fn route(&mut self) -> Result<(u64, Cost)> {
        let output = self.fresh_folder();
        let options = &self.options;
        let sink = Sink::create(&output, options.sink.clone())?;
        let collect = ToSink { sink: &sink, rejects: None, disk: &options.sink.disk };
        self.rows(|runs| {
            let pool = engine::pool(&options.read)?;
            engine::run(runs.found()?, Ledger::new(), &options.read, &pool, runs.monitor, &collect)
        })
    }
}

/// Reads to the end, or to the first error.
fn read_all(mut from: impl Read, room: &mut [u8]) -> u64 {
    let mut sum = 0;
    loop {
        match from.read(room) {
            Ok(0) => return sum,
            Ok(n) => sum += n as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return sum,
        }
    }
}

/// Looks at nothing.
struct Passed {
    bytes: u64,
    room: Vec<u8>,
}

impl Visit for Passed {
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
        self.bytes += match entry.body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Stream(stream) => read_all(stream, &mut self.room),
        };
        ControlFlow::Continue(())
    }

    fn damage(&mut self, _: Damage) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Cuts and drops the pieces.
struct Cutter {
    pieces: u64,
    limits: parse::Limits,
    window: Vec<u8>,
    gate: Gate,
}

impl Visit for Cutter {
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
        let pieces = &mut self.pieces;
        // An error of a stream comes back as damage.
        let _ = cut(entry.body, self.limits, false, &mut self.window, &self.gate, &mut |_, _| {
            *pieces += 1;
            ControlFlow::Continue(())
        });
        ControlFlow::Continue(())
    }

    /// One that cannot be read is an entry, too.
    fn damage(&mut self, _: Damage) -> ControlFlow<()> {
        self.pieces += 1;
        ControlFlow::Continue(())
    }
}

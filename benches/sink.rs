//! What columns cost to build, rows to route and sort, and files to write: nanoseconds a row, microseconds a file.
//!
//! Files are written to memory (`/dev/shm`) where there is such a place, else to the temporary folder.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/sink/sample.rs"]
mod sample;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use section16::batch::{Builders, TableBatch};
use section16::model::{Filing, Origin};
use section16::sink::{Compression, Layout, Options, Sink, Written};
use std::ops::ControlFlow;
use std::path::Path;

const FILINGS: u64 = 10_000;
const ORIGIN: Origin<'_> = Origin {
    path: "2024/20240108.nc.tar.gz",
    member: Some("0009999999-24-000012.nc"),
    entry: 12,
    offset: 0,
    bytes: 5_000,
};

fn filings(issuers: u64) -> Vec<Filing<'static>> {
    (0..FILINGS).map(|n| sample::form4(n, n * 7919 % issuers)).collect()
}

fn batches(issuers: u64) -> Vec<Vec<TableBatch>> {
    let mut builders = Builders::new();
    let mut copy = 0;
    let filings = filings(issuers);
    let parts = filings.chunks(1_000).map(|part| {
        for filing in part {
            builders.append(filing, &ORIGIN, copy).unwrap();
            copy += 1;
        }
        builders.finish().unwrap()
    });
    parts.collect()
}

fn rows(batches: &[Vec<TableBatch>]) -> u64 {
    batches.iter().flatten().map(|b| b.batch.num_rows() as u64).sum()
}

fn write(out: &Path, batches: Vec<Vec<TableBatch>>, options: &Options) -> Written {
    let sink = Sink::create(out, options.clone()).unwrap();
    batches.into_iter().for_each(|part| sink.append(part).unwrap());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    sink.finish(&pool, &|_| ControlFlow::Continue(())).unwrap()
}

fn temporary_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn append(c: &mut Criterion) {
    let filings = filings(500);
    let mut builders = Builders::new();
    let mut group = c.benchmark_group("batch");
    group.throughput(Throughput::Elements(rows(&batches(500))));
    group.bench_function("append, a row", |b| {
        b.iter(|| {
            for part in filings.chunks(1_000) {
                for filing in part {
                    builders.append(filing, &ORIGIN, 0).unwrap();
                }
                builders.finish().unwrap();
            }
        })
    });
    group.finish();
}

/// A sink that holds all rows.
fn filled(batches: Vec<Vec<TableBatch>>, options: &Options) -> (tempfile::TempDir, Sink) {
    let folder = temporary_folder();
    let sink = Sink::create(&folder.path().join("out"), options.clone()).unwrap();
    batches.into_iter().for_each(|part| sink.append(part).unwrap());
    (folder, sink)
}

/// The stages of the sink, each alone: the last is sorting and writing what was routed before.
fn stages(c: &mut Criterion) {
    let mut group = c.benchmark_group("stages of the sink, a row");
    group.sample_size(10);
    let batches = batches(500);
    group.throughput(Throughput::Elements(rows(&batches)));
    let held = Options { layout: Layout::None, memory: 1 << 30, ..Options::default() };
    let spilled = Options { memory: 1 << 20, ..held.clone() };
    for (name, options) in [("route", &held), ("route, sort and spill", &spilled)] {
        group.bench_function(name, |b| {
            b.iter_batched(|| batches.clone(), |batches| filled(batches, options), BatchSize::PerIteration);
        });
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    for (name, options) in [("sort and write", &held), ("merge and write", &spilled)] {
        group.bench_function(name, |b| {
            b.iter_batched(
                || filled(batches.clone(), options),
                |(folder, sink)| {
                    sink.finish(&pool, &|_| ControlFlow::Continue(())).unwrap();
                    folder
                },
                BatchSize::PerIteration,
            )
        });
    }
    group.finish();
}

fn files(c: &mut Criterion) {
    let mut group = c.benchmark_group("sink");
    group.sample_size(10);
    let small = Options::default();
    let large = Options { layout: Layout::None, ..Options::default() };
    let spilled = Options { memory: 8 << 20, ..large.clone() };
    let uncompressed = Options { compression: Compression::None, ..large.clone() };
    let cases = [
        ("small, a file", 1_000, small, true),
        ("large, a row", 500, large, false),
        ("large and spilled, a row", 500, spilled, false),
        ("large and uncompressed, a row", 500, uncompressed, false),
    ];
    for (name, issuers, options, by_file) in cases {
        let batches = batches(issuers);
        let written = write(temporary_folder().path(), batches.clone(), &options);
        group.throughput(Throughput::Elements(if by_file { written.files() } else { rows(&batches) }));
        group.bench_function(name, |b| {
            b.iter_batched(
                || (temporary_folder(), batches.clone()),
                |(folder, batches)| {
                    write(folder.path(), batches, &options);
                    folder
                },
                BatchSize::PerIteration,
            )
        });
    }
    group.finish();
}

criterion_group!(benches, append, stages, files);
criterion_main!(benches);

//! The whole on 1 to n threads: filings a second of wall time, to columns and to a data set.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "support/archive.rs"]
mod archive;

use archive::{files, make};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use section16::pipeline::{ConvertOptions, Monitor, ReadOptions, batches, convert};
use section16::sink::{self, Layout};
use section16::source::Discover;
use section16::synth::Container;
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Duration;

const FILINGS: u64 = 4_000;

fn read_options(threads: usize) -> ReadOptions {
    // Small enough that the one archive is large, and is read by all threads.
    ReadOptions { threads: NonZeroUsize::new(threads), large_archive: 64 << 10, ..ReadOptions::default() }
}

fn to_columns(folder: &Path, threads: usize) -> u64 {
    let found = Discover::new([folder.to_owned()]).unwrap();
    batches(found, &read_options(threads), &Monitor::new(), &|_, _| Ok(())).unwrap().filings
}

fn to_data_set(folder: &Path, output: &Path, threads: usize) {
    let found = Discover::new([folder.to_owned()]).unwrap();
    let sink = sink::Options { layout: Layout::IssuerBucket(64), ..sink::Options::default() };
    let options = ConvertOptions { read: read_options(threads), sink, ..ConvertOptions::default() };
    convert(found, output, &options, &Monitor::new()).unwrap();
}

fn bench(criterion: &mut Criterion) {
    let most = std::thread::available_parallelism().unwrap().get();
    for container in [Container::Gz, Container::TarGz] {
        let folder = make(container, FILINGS, 0.0);
        let folder = folder.path();
        let mut group = criterion.benchmark_group(format!("{container}, {} files", files(folder).count()));
        group.throughput(Throughput::Elements(to_columns(folder, most)));
        for threads in 1..=most {
            group.bench_function(format!("to columns, threads {threads}"), |b| {
                b.iter(|| to_columns(folder, threads));
            });
            group.bench_function(format!("to a data set, threads {threads}"), |b| {
                let fresh = || tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
                b.iter_batched(
                    fresh,
                    |output| {
                        to_data_set(folder, &output.path().join("out"), threads);
                        output
                    },
                    BatchSize::PerIteration,
                );
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2));
    targets = bench
}
criterion_main!(benches);

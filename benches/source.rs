//! Finding, reading and decompressing, against the barest loop that does the same.
//!
//! Times are those of `support/cpu_time.rs`. Bytes are decompressed ones, elements are entries.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "support/archive.rs"]
mod archive;
#[path = "support/cpu_time.rs"]
mod cpu_time;
#[path = "support/entries.rs"]
mod entries;

use archive::{files, make};
use cpu_time::{CpuTime, quick};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use entries::show;
use flate2::read::GzDecoder;
use flate2::{Decompress, FlushDecompress};
use section16::source::Body;
use section16::synth::Container;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const FILINGS: u64 = 4_000;

/// Adds up what is shown: entries and bytes.
fn inflate(folder: &Path) -> (u64, u64) {
    let (mut entries, mut bytes) = (0, 0);
    show(folder, &mut |body| {
        entries += 1;
        bytes += match body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Stream(stream) => io::copy(stream, &mut io::sink()).unwrap(),
        };
    });
    (entries, bytes)
}

/// Opens and reads files, and does nothing else.
fn read_barely(folder: &Path) -> u64 {
    let mut room = vec![0; 128 << 10];
    let mut sum = 0;
    for path in files(folder) {
        let mut file = File::open(path).unwrap();
        loop {
            match file.read(&mut room).unwrap() {
                0 => break,
                n => sum += n as u64,
            }
        }
    }
    sum
}

/// Walks, reads and inflates with nothing around it, not even a look at the checksum.
fn inflate_barely(folder: &Path) -> u64 {
    let (mut packed, mut text) = (vec![0; 1 << 20], vec![0; 16 << 20]);
    let mut inflate = Decompress::new(false);
    let mut sum = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let mut file = File::open(entry.path()).unwrap();
            let mut length = 0;
            loop {
                let n = file.read(&mut packed[length..]).unwrap();
                if n == 0 {
                    break;
                }
                length += n;
            }
            inflate.reset(false);
            inflate.decompress(&packed[10..length], &mut text, FlushDecompress::Finish).unwrap();
            sum += inflate.total_out();
        }
    }
    sum
}

/// Reads archives with the crates alone.
fn untar_barely(folder: &Path) -> u64 {
    let mut sum = 0;
    for path in files(folder) {
        let decoder = GzDecoder::new(File::open(path).unwrap());
        let mut archive = tar::Archive::new(io::BufReader::with_capacity(128 << 10, decoder));
        let mut text = Vec::new();
        for entry in archive.entries().unwrap() {
            text.clear();
            sum += entry.unwrap().read_to_end(&mut text).unwrap() as u64;
        }
    }
    sum
}

fn bench(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("source");
    for container in [Container::Plain, Container::Gz, Container::TarGz, Container::Zip] {
        let folder = make(container, FILINGS, 0.01);
        let folder = folder.path();
        let (entries, bytes) = inflate(folder);
        println!("{container}: {entries} entries in {} files", files(folder).count());
        group.throughput(Throughput::ElementsAndBytes { elements: entries, bytes });
        group.bench_function(format!("inflate {container}"), |b| b.iter(|| inflate(folder)));
        match container {
            Container::Plain => {
                group.bench_function("walk", |b| b.iter(|| files(folder).count()));
                group.bench_function("walk and read", |b| b.iter(|| read_barely(folder)));
            }
            Container::Gz => {
                group.bench_function("walk and read gz", |b| b.iter(|| read_barely(folder)));
                group.bench_function("inflate gz, bare loop", |b| b.iter(|| inflate_barely(folder)));
            }
            Container::TarGz => {
                group.bench_function("inflate tar.gz, crates alone", |b| b.iter(|| untar_barely(folder)));
            }
            Container::Zip | Container::NcTarGz => {}
        }
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = quick();
    targets = bench
}
criterion_main!(benches);

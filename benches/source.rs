//! Finding, reading and decompressing, against the barest loop that does the same.
//!
//! Times are the CPU time of the thread where Linux tells it, so that other work on the machine disturbs them little.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::read::GzDecoder;
use flate2::{Decompress, FlushDecompress};
use section16::source::{Body, Damage, Discover, Entry, Found, Limits, Reader, Visit};
use section16::synth::{Container, Options, generate};
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;
use tempfile::TempDir;

const FILINGS: u64 = 4_000;

struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = (Instant, Option<f64>);
    type Value = f64;

    fn start(&self) -> Self::Intermediate {
        (Instant::now(), cpu_nanoseconds())
    }

    fn end(&self, (wall, cpu): Self::Intermediate) -> f64 {
        match (cpu, cpu_nanoseconds()) {
            (Some(start), Some(end)) => end - start,
            _ => wall.elapsed().as_nanos() as f64,
        }
    }

    fn add(&self, a: &f64, b: &f64) -> f64 {
        a + b
    }

    fn zero(&self) -> f64 {
        0.0
    }

    fn to_f64(&self, value: &f64) -> f64 {
        *value
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

fn cpu_nanoseconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// Adds up what is shown.
#[derive(Default)]
struct Sum {
    entries: u64,
    bytes: u64,
}

impl Visit for Sum {
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
        self.entries += 1;
        self.bytes += match entry.body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Stream(stream) => io::copy(stream, &mut io::sink()).unwrap_or(0),
        };
        ControlFlow::Continue(())
    }

    fn damage(&mut self, damage: Damage) -> ControlFlow<()> {
        panic!("{damage:?}")
    }
}

fn files(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    let found = Discover::new([folder.to_owned()]).unwrap();
    found.filter_map(|found| match found {
        Found::File { path, .. } => Some(path),
        Found::Lost { .. } => None,
    })
}

fn read(folder: &Path) -> Sum {
    let mut sum = Sum::default();
    let mut reader = Reader::new(Limits::default(), Default::default());
    for path in files(folder) {
        let _ = reader.open(&path).unwrap().visit(&mut sum);
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

fn make(container: Container) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        filings: FILINGS,
        issuers: 500,
        container,
        output: folder.path().join("edgar"),
        ..Options::default()
    };
    generate(&options).unwrap();
    folder
}

fn bench(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("source");
    group.sample_size(10);
    for container in [Container::Plain, Container::Gz, Container::TarGz, Container::Zip] {
        let folder = make(container);
        let Sum { entries, bytes } = read(folder.path());
        println!("{container}: {entries} entries in {} files", files(folder.path()).count());
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function(format!("read {container}"), |b| b.iter(|| read(folder.path()).bytes));
        match container {
            Container::Plain => {
                group.bench_function("find alone", |b| b.iter(|| files(folder.path()).count()));
            }
            Container::Gz => {
                group.bench_function("read gz, bare loop", |b| b.iter(|| inflate_barely(folder.path())));
            }
            Container::TarGz => {
                group.bench_function("read tar.gz, crates alone", |b| b.iter(|| untar_barely(folder.path())));
            }
            Container::Zip | Container::NcTarGz => {}
        }
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = bench
}
criterion_main!(benches);

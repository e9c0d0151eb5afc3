//! Archives of invented filings, runs over them, and what they leave.

use section16::pipeline::{ConvertOptions, Monitor, Report, convert};
use section16::sink::{Layout, Mode};
use section16::source::Discover;
use section16::synth::{self, Container};
use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// A folder that is removed when it is dropped; in memory where the system has such a place.
pub fn temporary_folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.unwrap()
}

/// Makes `folder/edgar` with this many filings, copies of some, and some that are rejected.
pub fn make(folder: &Path, container: Container, filings: u64) {
    let options = synth::Options {
        filings,
        issuers: 5,
        seed: 4,
        container,
        output: folder.join("edgar"),
        oddity_share: 0.2,
        duplicate_share: 0.1,
        reject_share: 0.1,
        ..synth::Options::default()
    };
    synth::generate(&options).unwrap();
}

/// Options under which a run seals what it has read several times, and writes few files.
pub fn options(mode: Mode) -> ConvertOptions {
    let mut options = ConvertOptions { keep_rejects: true, ..ConvertOptions::default() };
    options.read.threads = NonZeroUsize::new(1);
    options.sink.layout = Layout::None;
    options.sink.seal_bytes = 0;
    options.sink.mode = mode;
    options
}

pub fn run(inputs: &[PathBuf], output: &Path, options: &ConvertOptions) -> section16::Result<Report> {
    let found = Discover::new(inputs.iter().cloned()).unwrap();
    convert(found, output, options, &Monitor::new())
}

/// The bytes of each file in a folder but the lock, by its path.
pub fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), files);
            } else if name != "_section16/lock" {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(folder, "", &mut files);
    files
}

/// A report without what differs from run to run.
pub fn lasting(report: Report) -> Report {
    let nothing = Report::default();
    Report { bytes_spilled: 0, elapsed: nothing.elapsed, reading: nothing.reading, ..report }
}

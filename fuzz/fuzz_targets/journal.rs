//! Whatever lies in `_section16` of an output folder, each command gives a value or an error. A journal says the same with a
//! torn line behind it, and a run that died ends in the bytes of one that did not.
//!
//! An input is one of three folders, chosen by its first byte, and changes to four of its files, parted by lines of `%%`: the
//! journal, `dataset.json`, `files.jsonl`, and the first of the others that lies in the folder (the rows that were secured, or
//! those that were written). An empty part changes nothing. In the journal a line that begins with `{` or `"` gets its checksum, and
//! `=N` stands for the line N of the journal as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use section16::pipeline::{ConvertOptions, Monitor, compact, convert, verify};
use section16::sink::{self, Disk, Effect, Layout, kept_in};
use section16::source::Discover;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

type Files = BTreeMap<PathBuf, Vec<u8>>;

const JOURNAL: &str = "_section16/run/journal";

/// What is made once: an input, and output folders in different states.
struct Made {
    folder: PathBuf,
    /// A run that died after it had read all, one that died while files got their names, and one that ended.
    states: [Files; 3],
}

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let made = made();
    let mut files = made.states[usize::from(*first % 3)].clone();
    let parts = change(&mut files, rest);
    let out = made.folder.join("out");
    put(&out, &files);
    let kept = kept_in(&out).unwrap();
    if let Some(journal) = files.get(Path::new(JOURNAL)).filter(|journal| journal.ends_with(b"\n")) {
        let torn = parts.iter().copied().flatten().copied().filter(|b| *b != b'\n');
        fs::write(out.join(JOURNAL), journal.iter().copied().chain(torn).collect::<Vec<u8>>()).unwrap();
        assert_eq!(kept_in(&out).unwrap(), kept, "a torn line is told of");
    }
    let _ = verify(&out, NonZeroUsize::new(1), &Monitor::new());
    // Where nothing is kept a run begins anew, which takes long and shows nothing.
    let resumed = kept.is_some().then(|| run(&made.folder, Disk::default(), true));
    if parts.iter().all(|part| part.is_empty()) {
        assert!(resumed.is_none_or(|resumed| resumed.is_ok()));
        assert!(read(&out) == made.states[2], "a run that died ends in other bytes");
    }
    let _ = compact(&out, NonZeroUsize::new(1), &sink::Options::default(), &Monitor::new());
});

/// Makes the input and the folders.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = parent.join(format!("section16-fuzz-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let filing = "<ownershipDocument><documentType>4</documentType><issuer><issuerCik>42</issuerCik></issuer>\
                      </ownershipDocument>";
        fs::write(folder.join("a.xml"), filing).unwrap();
        let names = ["_section16/run/tables/filings", "filings", "nothing"];
        let states = names.map(|name| {
            let out = folder.join("out");
            let _ = fs::remove_dir_all(&out);
            let _ = run(&folder, dying(out.join(name)), false);
            read(&out)
        });
        Made { folder, states }
    })
}

/// A disk on which everything fails from the moment at which something is done to this path.
fn dying(at: PathBuf) -> Disk {
    let is_dead = std::sync::atomic::AtomicBool::new(false);
    Disk::watched(move |_: Effect, path: &Path| {
        if path == at || is_dead.load(std::sync::atomic::Ordering::Relaxed) {
            is_dead.store(true, std::sync::atomic::Ordering::Relaxed);
            return Err(io::Error::other("the process is dead"));
        }
        Ok(())
    })
}

fn run(folder: &Path, disk: Disk, resume: bool) -> section16::Result<section16::pipeline::Report> {
    let mut options = ConvertOptions::default();
    options.read.threads = NonZeroUsize::new(1);
    (options.sink.layout, options.sink.seal_bytes) = (Layout::None, 0);
    (options.sink.disk, options.sink.resume) = (disk, resume);
    convert(Discover::new([folder.join("a.xml")])?, &folder.join("out"), &options, &Monitor::new())
}

/// Changes files as the input says, and gives its parts.
fn change<'d>(files: &mut Files, data: &'d [u8]) -> Vec<&'d [u8]> {
    let mut parts = Vec::new();
    let mut rest = data;
    while parts.len() < 3
        && let Some(at) = rest.windows(4).position(|window| window == b"\n%%\n")
    {
        parts.push(&rest[..at]);
        rest = &rest[at + 4..];
    }
    parts.push(rest);
    let other = files.keys().find(|path| {
        path.ends_with("spill") || path.extension().is_some_and(|extension| extension == "parquet")
    });
    let names = [
        Some(PathBuf::from(JOURNAL)),
        Some(PathBuf::from("_section16/dataset.json")),
        Some(PathBuf::from("_section16/files.jsonl")),
        other.cloned(),
    ];
    for (name, part) in names.into_iter().zip(&parts) {
        let Some(name) = name.filter(|_| !part.is_empty()) else { continue };
        let is_journal = name == Path::new(JOURNAL);
        let bytes = if is_journal { journal(files.get(&name), part) } else { part.to_vec() };
        files.insert(name, bytes);
    }
    parts
}

/// The journal that a part tells of.
fn journal(before: Option<&Vec<u8>>, part: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = before.map_or(Vec::new(), |bytes| bytes.split_inclusive(|b| *b == b'\n').collect());
    let mut bytes = Vec::new();
    for line in part.split_inclusive(|b| *b == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        match text {
            [b'=', digit @ b'0'..=b'9'] => {
                bytes.extend_from_slice(lines.get(usize::from(digit - b'0')).copied().unwrap_or_default());
            }
            [b'{' | b'"', ..] => {
                bytes.extend(format!("{:08x} ", crc32(text)).bytes());
                bytes.extend_from_slice(text);
                bytes.push(b'\n');
            }
            _ => bytes.extend_from_slice(line),
        }
    }
    bytes
}

/// The CRC-32 of some bytes (RFC 1952), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

/// The files of a folder but the lock.
fn read(folder: &Path) -> Files {
    fn walk(folder: &Path, prefix: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = prefix.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &name, files);
            } else if !name.ends_with("lock") {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut files = Files::new();
    walk(folder, Path::new(""), &mut files);
    files
}

/// Makes the folder hold these files.
fn put(folder: &Path, files: &Files) {
    let _ = fs::remove_dir_all(folder);
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

//! Every effect on the file system fails in turn, for once or from then on as if the process had died, and the run that
//! is resumed ends in the bytes and the report of one that was left alone.

use crate::runs::{bytes, lasting, make, options, run, temporary_folder};
use section16::ErrorKind;
use section16::pipeline::{ConvertOptions, Monitor, Report, compact, verify};
use section16::sink::{self, Disk, Effect, Layout, Mode};
use section16::synth::Container;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// When effects fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    Never,
    /// The effect of this number, as where a disk is full for a moment.
    Once(u64),
    /// That one and all after it, as where the process has died.
    From(u64),
}

/// Effects that were seen, in order.
pub struct Seen {
    pub count: Arc<AtomicU64>,
    /// How often the spill file was brought to the disk.
    seals: Arc<AtomicU64>,
    pub disk: Disk,
}

pub fn failing(failing: Failing) -> Seen {
    let count = Arc::new(AtomicU64::new(0));
    let seals = Arc::new(AtomicU64::new(0));
    let (counted, sealed) = (count.clone(), seals.clone());
    let disk = Disk::watched(move |effect: Effect, path: &Path| {
        if effect == Effect::Sync && path.ends_with("_section16/run/spill") {
            sealed.fetch_add(1, Relaxed);
        }
        let number = counted.fetch_add(1, Relaxed);
        match failing {
            Failing::Once(at) if number == at => Err(io::ErrorKind::StorageFull.into()),
            Failing::From(at) if number >= at => Err(io::Error::other("the process is dead")),
            _ => Ok(()),
        }
    });
    Seen { count, seals, disk }
}

pub fn on(disk: Disk, resume: bool, options: &ConvertOptions) -> ConvertOptions {
    let mut options = options.clone();
    (options.sink.disk, options.sink.resume) = (disk, resume);
    options
}

/// Work of one kind on one state of the output folder, on a disk that may fail, resumed or not.
struct Case<'c> {
    /// Makes the output folder as it was before.
    before: &'c dyn Fn(&Path),
    work: &'c dyn Fn(&Path, Disk, bool) -> section16::Result<Report>,
    /// The effects that are tried.
    tried: fn(u64, u64) -> bool,
}

impl Case<'_> {
    /// Fails effects in turn and gives the number of all, and of seals.
    fn fail_each(&self) -> (u64, u64) {
        let folder = temporary_folder();
        let whole = folder.path().join("whole");
        (self.before)(&whole);
        let seen = failing(Failing::Never);
        let report = lasting((self.work)(&whole, seen.disk, false).unwrap());
        let expected = bytes(&whole);
        assert!(!expected.keys().any(|path| path.starts_with("_section16/run")));
        assert_eq!(verify(&whole, None, &Monitor::new()).unwrap().problems, []);
        let effects = seen.count.load(Relaxed);
        let out = folder.path().join("out");
        (self.before)(&out);
        let before = if out.exists() { bytes(&out) } else { BTreeMap::new() };
        let all = std::env::var_os("SECTION16_CRASH").is_some();
        for number in (0..effects).filter(|number| all || (self.tried)(*number, effects)) {
            let once = (all || number.is_multiple_of(8)).then_some(Failing::Once(number));
            for when in once.into_iter().chain([Failing::From(number)]) {
                let failed = (self.work)(&out, failing(when).disk, false).is_err();
                assert!(failed || matches!(when, Failing::Once(_)), "{when:?}");
                assert_readable(&out, &before, &expected, when);
                match (self.work)(&out, Disk::default(), true) {
                    Ok(resumed) => assert_report(&report, lasting(resumed), when),
                    Err(error) => {
                        assert!(
                            matches!(error.kind(), ErrorKind::NothingToResume { .. }),
                            "{when:?}: {error}"
                        );
                    }
                }
                assert!(bytes(&out) == expected, "{when:?}: {:?}", different(&bytes(&out), &expected));
                put(&before, &out);
            }
        }
        (effects, seen.seals.load(Relaxed))
    }
}

/// Replaces a folder by what it held before.
pub fn put(files: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    fs::remove_dir_all(folder).unwrap();
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The run that was resumed tells what the other did, unless that had added all already.
fn assert_report(expected: &Report, resumed: Report, when: Failing) {
    if resumed.held > expected.held {
        assert_eq!((resumed.entries, resumed.filings), (expected.entries, 0), "{when:?}");
    } else {
        assert_eq!(&resumed, expected, "{when:?}");
    }
}

/// Every file that has a name readers look at is whole: it is one of before or of after.
fn assert_readable(
    out: &Path,
    before: &BTreeMap<String, Vec<u8>>,
    after: &BTreeMap<String, Vec<u8>>,
    when: Failing,
) {
    if out.exists() {
        for (path, bytes) in bytes(out).iter().filter(|(path, _)| !path.starts_with('_')) {
            let is_whole = before.get(path) == Some(bytes) || after.get(path) == Some(bytes);
            assert!(is_whole, "{when:?}: {path}");
        }
    }
}

fn different(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names = one.keys().chain(other.keys());
    names.filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

fn all(_: u64, _: u64) -> bool {
    true
}

/// What reading does is tried where a data set is made. `SECTION16_CRASH` set to anything tries all, in both ways.
fn the_last(number: u64, effects: u64) -> bool {
    number + 32 >= effects || number.is_multiple_of(12)
}

/// A folder of archives of invented filings.
fn edgar() -> (tempfile::TempDir, PathBuf) {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 34);
    let edgar = folder.path().join("edgar");
    (folder, edgar)
}

#[test]
fn a_new_data_set() {
    let (_folder, edgar) = edgar();
    let work = |out: &Path, disk, resume| {
        run(std::slice::from_ref(&edgar), out, &on(disk, resume, &options(Mode::New)))
    };
    let (effects, seals) = Case { before: &|_| {}, work: &work, tried: all }.fail_each();
    assert!(effects > 80 && seals == 12, "{effects} effects, {seals} seals");
}

#[test]
fn a_data_set_that_is_replaced() {
    let (_folder, edgar) = edgar();
    let inputs = inputs_of(&edgar);
    let before = |out: &Path| drop(run(&inputs[..3], out, &options(Mode::New)).unwrap());
    let work = |out: &Path, disk, resume| run(&inputs, out, &on(disk, resume, &options(Mode::Overwrite)));
    let (effects, seals) = Case { before: &before, work: &work, tried: the_last }.fail_each();
    assert!(effects > 80 && seals == 12, "{effects} effects, {seals} seals");
}

#[test]
fn a_data_set_that_grows() {
    let (_folder, edgar) = edgar();
    let inputs = inputs_of(&edgar);
    let before = |out: &Path| drop(run(&inputs[..inputs.len() / 2], out, &options(Mode::New)).unwrap());
    let work = |out: &Path, disk, resume| run(&inputs, out, &on(disk, resume, &options(Mode::Append)));
    let (effects, seals) = Case { before: &before, work: &work, tried: the_last }.fail_each();
    assert!(effects > 60 && seals == 12, "{effects} effects, {seals} seals");
}

#[test]
fn a_data_set_that_is_compacted() {
    let (_folder, edgar) = edgar();
    let inputs = inputs_of(&edgar);
    let in_buckets = |mode| {
        let mut options = options(mode);
        options.sink.layout = Layout::IssuerBucket(2);
        options
    };
    let before = |out: &Path| {
        inputs.chunks(16).take(2).for_each(|day| drop(run(day, out, &in_buckets(Mode::Append)).unwrap()));
    };
    let work = |out: &Path, disk, _| {
        let options = sink::Options { disk, ..sink::Options::default() };
        compact(out, NonZeroUsize::new(1), &options, &Monitor::new()).map(|_| Report::default())
    };
    let (effects, _) = Case { before: &before, work: &work, tried: the_last }.fail_each();
    assert!(effects > 60, "{effects} effects");
}

#[test]
fn what_was_written_is_not_written_again() {
    let (folder, edgar) = edgar();
    let inputs = [edgar];
    let out = folder.path().join("out");
    let is_dead = AtomicBool::new(false);
    let dying = Disk::watched(move |_: Effect, path: &Path| {
        let is_end = path.ends_with("_section16/run/files.jsonl");
        match is_dead.fetch_or(is_end, Relaxed) || is_end {
            true => Err(io::Error::other("the process is dead")),
            false => Ok(()),
        }
    });
    let opened = Arc::new(AtomicU64::new(0));
    let counted = opened.clone();
    let counting = Disk::watched(move |effect: Effect, path: &Path| {
        let is_table = effect == Effect::Open && path.extension().is_some_and(|end| end == "parquet");
        counted.fetch_add(is_table.into(), Relaxed);
        Ok(())
    });
    assert!(run(&inputs, &out, &on(dying, false, &options(Mode::New))).is_err());
    let report = lasting(run(&inputs, &out, &on(counting, true, &options(Mode::New))).unwrap());
    assert_eq!(opened.load(Relaxed), 0);
    let whole = folder.path().join("whole");
    assert_eq!(report, lasting(run(&inputs, &whole, &options(Mode::New)).unwrap()));
    assert!(bytes(&out) == bytes(&whole));
}

#[test]
fn a_finished_file_that_is_gone_is_written_again() {
    let (folder, edgar) = edgar();
    let inputs = [edgar];
    let out = folder.path().join("out");
    let full = Disk::watched(|_: Effect, path: &Path| match path.ends_with("_section16/run/files.jsonl") {
        true => Err(io::ErrorKind::StorageFull.into()),
        false => Ok(()),
    });
    assert!(run(&inputs, &out, &on(full, false, &options(Mode::New))).is_err());
    let staged = out.join("_section16/run/tables");
    fs::remove_file(staged.join("filings/part-0.parquet")).unwrap();
    fs::write(staged.join("holdings/part-0.parquet"), b"cut").unwrap();
    fs::write(staged.join("holdings/part-1.parquet"), b"foreign").unwrap();
    run(&inputs, &out, &on(Disk::default(), true, &options(Mode::New))).unwrap();
    let whole = folder.path().join("whole");
    run(&inputs, &whole, &options(Mode::New)).unwrap();
    assert!(bytes(&out) == bytes(&whole));
}

/// The difference for which a run is refused.
fn refused(result: section16::Result<Report>) -> String {
    match result.unwrap_err().kind() {
        ErrorKind::Changed { difference, .. } => difference.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_run_that_was_publishing_is_not_taken_for_one_over_other_inputs() {
    let (folder, edgar) = edgar();
    let inputs = inputs_of(&edgar);
    let out = folder.path().join("out");
    run(&inputs[..4], &out, &options(Mode::New)).unwrap();
    let own = out.join("_section16");
    let dying = Disk::watched(move |effect: Effect, path: &Path| {
        match effect == Effect::Rename && !path.starts_with(&own) {
            true => Err(io::Error::other("the process is dead")),
            false => Ok(()),
        }
    });
    assert!(run(&inputs[4..8], &out, &on(dying, false, &options(Mode::Append))).is_err());
    let again = |inputs: &[PathBuf]| run(inputs, &out, &on(Disk::default(), true, &options(Mode::Append)));
    let (was, is) = (inputs[4].display(), inputs[8].display());
    let other = refused(again(&inputs[8..12]));
    assert!(other.starts_with(&format!("input 1 was {was} and is now {is}; ")), "{other}");
    let fewer = refused(again(&inputs[4..7]));
    assert!(fewer.contains(&format!("input 4 was {} and is now nothing; ", inputs[7].display())), "{fewer}");
    let more = refused(again(&inputs[4..9]));
    assert!(more.contains(&format!("input 5 was nothing and is now {is}; ")), "{more}");
    again(&inputs[4..8]).unwrap();
    let whole = folder.path().join("whole");
    run(&inputs[..4], &whole, &options(Mode::New)).unwrap();
    run(&inputs[4..8], &whole, &options(Mode::Append)).unwrap();
    assert!(bytes(&out) == bytes(&whole));
}

/// All files below a folder.
pub fn inputs_of(folder: &Path) -> Vec<PathBuf> {
    bytes(folder).into_keys().map(|name| folder.join(name)).collect()
}

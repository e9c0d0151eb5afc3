//! Data sets that grow day by day, are compacted, and verified.

use crate::crash::{inputs_of, put};
use crate::runs::{bytes, make, options, run, temporary_folder};
use arrow::compute::concat_batches;
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use section16::model::Table;
use section16::pipeline::{ConvertOptions, Monitor, Report, compact, verify};
use section16::schema::arrow_schema;
use section16::sink::{Layout, Mode};
use section16::synth::Container;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

fn in_years(mode: Mode) -> ConvertOptions {
    let mut options = options(mode);
    options.sink.layout = Layout::Year;
    options.sink.seal_bytes = usize::MAX;
    options
}

fn problems(folder: &Path) -> Vec<String> {
    let [verified, other] = [1, 4].map(|n| verify(folder, NonZeroUsize::new(n), &Monitor::new()).unwrap());
    assert_eq!(verified, other, "the threads show");
    let told = verified.problems.iter().map(|problem| {
        let path = problem.path.strip_prefix(folder).unwrap();
        format!("{}: {}", path.display(), problem.message)
    });
    told.collect()
}

/// The rows of each folder, in the order of their files.
fn rows(folder: &Path) -> BTreeMap<String, RecordBatch> {
    let mut batches: BTreeMap<String, Vec<RecordBatch>> = BTreeMap::new();
    for path in bytes(folder).into_keys().filter(|path| path.ends_with(".parquet")) {
        let file = fs::File::open(folder.join(&path)).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
        let (parent, _) = path.rsplit_once('/').unwrap();
        batches.entry(parent.to_owned()).or_default().extend(reader.map(Result::unwrap));
    }
    let whole = batches.into_iter().map(|(parent, batches)| {
        let table = Table::parse(parent.split('/').next().unwrap()).unwrap();
        (parent, concat_batches(&arrow_schema(table), &batches).unwrap())
    });
    whole.filter(|(_, rows)| rows.num_rows() > 0).collect()
}

/// How many filings each day brings: few on most.
fn days(inputs: usize) -> Vec<std::ops::Range<usize>> {
    let mut days = Vec::new();
    let mut start = 0;
    for length in [1, 3, 1, 8, 2].into_iter().cycle() {
        if start == inputs {
            break;
        }
        let end = inputs.min(start + length);
        days.push(start..end);
        start = end;
    }
    days
}

#[test]
fn days_that_are_added_and_compacted_are_one_run() {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 90);
    let inputs = inputs_of(&folder.path().join("edgar"));
    let (once, daily) = (folder.path().join("once"), folder.path().join("daily"));
    let whole = run(&inputs, &once, &in_years(Mode::New)).unwrap();
    let mut filings = 0;
    for day in days(inputs.len()) {
        filings += run(&inputs[day], &daily, &in_years(Mode::Append)).unwrap().filings;
    }
    assert_eq!(filings, whole.filings);
    assert_eq!(problems(&daily), [""; 0]);

    // Once more brings nothing, and changes nothing.
    let before = bytes(&daily);
    let again = run(&inputs, &daily, &in_years(Mode::Append)).unwrap();
    assert!(again.adds_up());
    assert_eq!((again.filings, again.rejected(), again.rows()), (0, 0, 0));
    assert_eq!(again.held, whole.filings + whole.duplicates + whole.rejected());
    assert!(bytes(&daily) == before);

    let compacted = compact(&daily, None, &in_years(Mode::New).sink, &Monitor::new()).unwrap();
    assert_eq!(
        compacted.files_before,
        before.keys().filter(|path| path.ends_with(".parquet")).count() as u64
    );
    assert_eq!(problems(&daily), [""; 0]);
    let (one, other) = (rows(&once), rows(&daily));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (place, rows) in &one {
        assert!(rows.columns() == other[place].columns(), "{place}");
    }
    assert!(bytes_of_tables(&once) == bytes_of_tables(&daily));

    let before = bytes(&daily);
    let nothing = compact(&daily, None, &in_years(Mode::New).sink, &Monitor::new()).unwrap();
    assert_eq!(nothing.files_before, nothing.files_after);
    assert!(bytes(&daily) == before);
}

/// The bytes of the files that have rows, by folder: merged files have other names.
fn bytes_of_tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let places = rows(folder);
    let files = bytes(folder).into_iter().filter(|(path, _)| path.ends_with(".parquet"));
    let by_folder = files.map(|(path, bytes)| (path.rsplit_once('/').unwrap().0.to_owned(), bytes));
    by_folder.filter(|(folder, _)| places.contains_key(folder)).collect()
}

#[test]
fn only_folders_that_get_rows_are_touched() {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 30);
    let inputs = inputs_of(&folder.path().join("edgar"));
    let out = folder.path().join("out");
    let in_buckets = |mode| {
        let mut options = in_years(mode);
        options.sink.layout = Layout::IssuerBucket(2);
        options
    };
    run(&inputs[1..], &out, &in_buckets(Mode::New)).unwrap();
    let before = bytes(&out);
    let report = run(&inputs[..1], &out, &in_buckets(Mode::Append)).unwrap();
    assert_eq!(report.filings, 1);
    let after = bytes(&out);
    let changed: Vec<_> = before.keys().filter(|path| before[*path] != after[*path]).collect();
    assert_eq!(changed, ["_section16/dataset.json", "_section16/files.jsonl"]);
    let new: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    let bucket = new[0].split('/').nth(1).unwrap();
    let end = format!("{bucket}/part-1.parquet");
    assert!(new.iter().all(|path| path.ends_with(&end) || path.starts_with("diagnostics/")), "{new:?}");
    let of_report = |report: &Report| report.tables.iter().map(|table| table.files).sum::<u64>();
    assert_eq!(new.len() as u64, of_report(&report));
}

#[test]
fn another_split_is_refused_by_name() {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 3);
    let inputs = inputs_of(&folder.path().join("edgar"));
    let out = folder.path().join("out");
    run(&inputs, &out, &in_years(Mode::New)).unwrap();
    let before = bytes(&out);
    let error = run(&inputs, &out, &options(Mode::Append)).unwrap_err().to_string();
    assert!(error.ends_with("--partition is none, and the data set has year"), "{error}");
    assert!(bytes(&out) == before);
}

/// The data sets of two days in one folder, and the inputs of the days.
fn two_days(folder: &Path) -> (PathBuf, Vec<PathBuf>) {
    make(folder, Container::Plain, 12);
    let inputs = inputs_of(&folder.join("edgar"));
    let out = folder.join("out");
    run(&inputs[..6], &out, &options(Mode::New)).unwrap();
    run(&inputs[6..10], &out, &options(Mode::Append)).unwrap();
    (out, inputs)
}

#[test]
fn damaged_files_are_not_merged_and_not_added_to() {
    let folder = temporary_folder();
    let (out, inputs) = two_days(folder.path());
    let whole = bytes(&out);
    let parts: Vec<_> = whole.keys().filter(|path| path.ends_with(".parquet")).collect();
    assert!(parts.len() > Table::ALL.len(), "{parts:?}");
    for path in parts {
        let merged = parts_of(&whole, path) > 1;
        let mut damaged = whole[path].clone();
        damaged[whole[path].len() / 3] ^= 1;
        fs::write(out.join(path), damaged).unwrap();
        let before = bytes(&out);
        let compacted = compact(&out, None, &options(Mode::New).sink, &Monitor::new()).map(drop);
        let grown = run(&inputs, &out, &options(Mode::Append)).map(drop);
        let is_read = ["filings/", "rejects/"].iter().any(|table| path.starts_with(table));
        for (result, _) in [(compacted, merged), (grown, is_read)].into_iter().filter(|(_, read)| *read) {
            let error = result.unwrap_err().to_string();
            assert!(error.contains(path) && error.contains("`section16 verify`"), "{path}: {error}");
            assert!(error.contains("their checksum differs"), "{path}: {error}");
        }
        assert!(!(merged && is_read) || bytes(&out) == before, "{path}");
        put(&whole, &out);
    }
}

#[test]
fn what_stands_in_the_way_is_refused_before_anything_changes() {
    let folder = temporary_folder();
    let (out, inputs) = two_days(folder.path());
    let whole = bytes(&out);
    fs::write(out.join("filings/part-2.parquet"), b"mine").unwrap();
    let before = bytes(&out);
    let merged = compact(&out, None, &options(Mode::New).sink, &Monitor::new()).unwrap_err().to_string();
    let grown = run(&inputs, &out, &options(Mode::Append)).unwrap_err().to_string();
    for error in [grown, merged] {
        assert!(error.contains("filings/part-2.parquet") && error.contains("move it away"), "{error}");
    }
    let tables = |files: BTreeMap<String, Vec<u8>>| -> BTreeMap<_, _> {
        files.into_iter().filter(|(path, _)| !path.starts_with("_section16/run")).collect()
    };
    assert!(tables(bytes(&out)) == tables(before));
    // Once it is gone, the run goes on.
    fs::remove_file(out.join("filings/part-2.parquet")).unwrap();
    let mut resumed = options(Mode::Append);
    resumed.sink.resume = true;
    let report = run(&inputs, &out, &resumed).unwrap();
    assert!(report.filings > 0 && bytes(&out).len() > whole.len());
    assert_eq!(problems(&out), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_folder_is_refused_before_anything_changes() {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 12);
    let inputs = inputs_of(&folder.path().join("edgar"));
    let out = folder.path().join("out");
    let in_bucket = |mode| {
        let mut options = in_years(mode);
        options.sink.layout = Layout::IssuerBucket(1);
        options
    };
    run(&inputs[..6], &out, &in_bucket(Mode::New)).unwrap();
    let bucket = fs::read_dir(out.join("filings")).unwrap().next().unwrap().unwrap().path();
    let elsewhere = folder.path().join("elsewhere");
    fs::rename(&bucket, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &bucket).unwrap();
    for mode in [Mode::Append, Mode::Overwrite] {
        let error = run(&inputs, &out, &in_bucket(mode)).unwrap_err().to_string();
        assert!(error.contains(bucket.to_str().unwrap()) && error.contains("move it away"), "{error}");
        assert_eq!(problems(&out), [""; 0]);
    }
}

/// How many files lie in the folder of a file.
fn parts_of(files: &BTreeMap<String, Vec<u8>>, path: &str) -> usize {
    let folder = &path[..=path.rfind('/').unwrap()];
    files.keys().filter(|path| path.starts_with(folder)).count()
}

/// What [`verify`] says after `damage` was done to a data set of some years.
fn told_of(damage: impl FnOnce(&Path)) -> Vec<String> {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 12);
    let out = folder.path().join("out");
    run(&[folder.path().join("edgar")], &out, &options(Mode::New)).unwrap();
    assert_eq!(problems(&out), [""; 0]);
    damage(&out);
    problems(&out)
}

#[test]
fn what_is_wrong_in_several_files_is_named_in_their_order() {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 60);
    let out = folder.path().join("out");
    run(&[folder.path().join("edgar")], &out, &in_years(Mode::New)).unwrap();
    let paths: Vec<_> = bytes(&out).into_keys().filter(|path| path.ends_with(".parquet")).collect();
    let of = |table: &str| paths.iter().filter(|path| path.starts_with(table)).cloned().collect::<Vec<_>>();
    let (filings, owners) = (of("filings/"), of("reporting_owners/"));
    assert!(filings.len() > 3 && owners.len() > 3);
    // The filings of one year are those of another now, so that those are there twice, and others are gone.
    fs::copy(out.join(&filings[0]), out.join(&filings[2])).unwrap();
    fs::write(out.join(&owners[3]), b"PAR1").unwrap();
    fs::remove_file(out.join(&owners[1])).unwrap();
    let told = problems(&out);
    let at = |path: &str| told.iter().position(|problem| problem.starts_with(path)).unwrap();
    assert!(at(&filings[2]) < at(&owners[1]) && at(&owners[1]) < at(&owners[3]), "{told:?}");
}

#[test]
fn what_is_wrong_is_named() {
    let transactions = "transactions/part-0.parquet";
    assert_eq!(
        told_of(|out| fs::remove_file(out.join(transactions)).unwrap()),
        [format!("{transactions}: No such file or directory (os error 2)")]
    );
    let told = told_of(|out| fs::write(out.join(transactions), b"PAR1").unwrap());
    assert!(told[0].starts_with("transactions/part-0.parquet: it has 4 bytes, and "), "{told:?}");
    let told = told_of(|out| {
        let mut bytes = fs::read(out.join(transactions)).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 1;
        fs::write(out.join(transactions), bytes).unwrap();
    });
    assert!(told[0].ends_with("their checksum differs"), "{told:?}");
    let told = told_of(|out| {
        fs::copy(out.join(transactions), out.join("holdings/part-9.parquet")).unwrap();
    });
    assert_eq!(told, ["holdings/part-9.parquet: it is not listed: its rows are none of the data set's"]);
    let foreign =
        ["PART-9.parquet", "copy.parquet", "old/part-0.PARQUET", "part-01.parquet", "x/y/data.parquet"];
    let told = told_of(|out| {
        // Readers pass over these.
        let hidden =
            ["_old/part-0.parquet", ".part-0.parquet", "_x.parquet", "x/_y/z.parquet", "part-0.parquet.bak"];
        for name in foreign.iter().chain(&hidden) {
            let path = out.join("filings").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::copy(out.join("filings/part-0.parquet"), path).unwrap();
        }
    });
    let told: BTreeSet<_> = told.into_iter().collect();
    let expected =
        foreign.map(|name| format!("filings/{name}: it is not listed: its rows are none of the data set's"));
    assert_eq!(told, BTreeSet::from(expected));
    let told = told_of(|out| fs::write(out.join("_section16/files.jsonl"), b"").unwrap());
    assert_eq!(told, ["_section16/files.jsonl: it is not the list that dataset.json speaks of"]);
    let told = told_of(|out| fs::remove_file(out.join("_section16/dataset.json")).unwrap());
    assert_eq!(told, ["_section16/dataset.json: it is not there: no run has ended here"]);
}

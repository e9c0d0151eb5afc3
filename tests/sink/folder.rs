//! The output folder: what is refused, replaced, left alone, and cleaned up.

use crate::merge::{AT_ONCE, write};
use crate::{read, sample};
use section16::ErrorKind;
use section16::batch::Builders;
use section16::model::{Origin, Table};
use section16::sink::{Layout, Mode, Options, Sink};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

const ORIGIN: Origin<'_> = Origin { path: "in/a.xml", member: None, entry: 0, offset: 0, bytes: 900 };

fn mode(overwrite: bool) -> Mode {
    if overwrite { Mode::Overwrite } else { Mode::New }
}

fn create(out: &Path, overwrite: bool) -> section16::Result<Sink> {
    Sink::create(out, Options { mode: mode(overwrite), ..Options::default() })
}

/// A sink that holds two filings, of issuers 1 and 2.
fn filled(out: &Path, overwrite: bool) -> Sink {
    let sink = create(out, overwrite).unwrap();
    let mut builders = Builders::new();
    builders.append(&sample::form4(1, 1), &ORIGIN, 0).unwrap();
    builders.append(&sample::form4(2, 2), &ORIGIN, 1).unwrap();
    sink.append(builders.finish().unwrap()).unwrap();
    sink
}

fn finish(sink: Sink) -> section16::Result<section16::sink::Written> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    sink.finish(&pool, &|_| ControlFlow::Continue(()))
}

fn paths(folder: &Path) -> Vec<String> {
    read::bytes(folder).into_keys().collect()
}

#[test]
fn every_table_is_there_even_without_rows() {
    let folder = read::temporary_folder();
    let out = folder.path().join("a/b");
    finish(create(&out, false).unwrap()).unwrap();
    assert_eq!(
        paths(&out),
        [
            "_section16/dataset.json",
            "_section16/files.jsonl",
            "_section16/lock",
            "diagnostics/part-0.parquet",
            "filings/issuer=unknown/part-0.parquet",
            "footnotes/issuer=unknown/part-0.parquet",
            "holdings/issuer=unknown/part-0.parquet",
            "rejects/part-0.parquet",
            "reporting_owners/issuer=unknown/part-0.parquet",
            "signatures/issuer=unknown/part-0.parquet",
            "transactions/issuer=unknown/part-0.parquet",
        ]
    );
    let about = fs::read_to_string(out.join("_section16/dataset.json")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "{{\"section16_version\":\"{version}\",\"schema_version\":1,\"partition\":\"issuer\",\"files\":8,\"files_crc32\":\""
    );
    assert!(about.starts_with(&expected), "{about}");
}

#[test]
fn a_folder_with_foreign_files_is_refused_and_left_alone() {
    let folder = read::temporary_folder();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    for overwrite in [false, true] {
        let error = create(folder.path(), overwrite).err().unwrap();
        assert!(matches!(error.kind(), ErrorKind::OutputNotEmpty { .. }), "{error}");
    }
    assert_eq!(paths(folder.path()), ["notes.txt"]);
}

#[test]
fn a_data_set_is_refused_unless_it_may_be_overwritten() {
    let folder = read::temporary_folder();
    finish(filled(folder.path(), false)).unwrap();
    let before = read::bytes(folder.path());
    let error = create(folder.path(), false).err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::OutputNotEmpty { .. }), "{error}");
    assert!(read::bytes(folder.path()) == before);
    finish(filled(folder.path(), true)).unwrap();
    assert!(read::bytes(folder.path()) == before);
}

#[test]
fn overwriting_removes_what_section16_wrote_and_nothing_else() {
    let folder = read::temporary_folder();
    let out = folder.path();
    finish(filled(out, false)).unwrap();
    let foreign = [
        "notes.txt",
        "transactions/README",
        "transactions/issuer=0000000001/mine.parquet",
        "transactions/region=north/part-0.parquet",
        "filings/part-x.parquet",
        "other/issuer=0000000001/part-0.parquet",
        "rejects/deep/part-0.parquet",
    ];
    for path in foreign {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), path).unwrap();
    }
    fs::write(out.join("holdings/part-7.parquet"), "an old part").unwrap();

    let options = Options { layout: Layout::Year, mode: Mode::Overwrite, ..Options::default() };
    finish(Sink::create(out, options).unwrap()).unwrap();
    for path in foreign {
        assert_eq!(fs::read_to_string(out.join(path)).unwrap(), path);
    }
    let ours: Vec<_> = paths(out).into_iter().filter(|p| !foreign.contains(&p.as_str())).collect();
    assert_eq!(
        ours,
        [
            "_section16/dataset.json",
            "_section16/files.jsonl",
            "_section16/lock",
            "diagnostics/part-0.parquet",
            "filings/year=unknown/part-0.parquet",
            "footnotes/year=unknown/part-0.parquet",
            "holdings/year=unknown/part-0.parquet",
            "rejects/part-0.parquet",
            "reporting_owners/year=unknown/part-0.parquet",
            "signatures/year=unknown/part-0.parquet",
            "transactions/year=unknown/part-0.parquet",
        ]
    );
    assert!(!out.join("filings/issuer=0000000001").exists());
    assert!(out.join("transactions/issuer=0000000001").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    let folder = read::temporary_folder();
    let (out, elsewhere) = (folder.path().join("out"), folder.path().join("elsewhere"));
    finish(filled(&out, false)).unwrap();
    fs::rename(out.join("transactions"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("transactions")).unwrap();
    let before = read::bytes(&elsewhere);
    let error = create(&out, true).err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::OutputNotEmpty { .. }), "{error}");
    assert!(read::bytes(&elsewhere) == before);
}

#[test]
fn two_runs_cannot_write_to_one_folder() {
    let folder = read::temporary_folder();
    let first = filled(folder.path(), false);
    let error = create(folder.path(), true).err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::OutputBusy { .. }), "{error}");
    finish(first).unwrap();
    assert!(create(folder.path(), true).is_ok());
}

#[test]
fn a_run_that_does_not_end_leaves_the_tables_as_they_were() {
    let folder = read::temporary_folder();
    let out = folder.path();
    let options = Options { memory: 0, ..Options::default() };
    drop(Sink::create(out, options.clone()).unwrap());
    assert_eq!(paths(out), ["_section16/lock"]);

    finish(filled(out, false)).unwrap();
    let before = read::bytes(out);
    let sink = Sink::create(out, Options { mode: Mode::Overwrite, ..options }).unwrap();
    let mut builders = Builders::new();
    builders.append(&sample::form4(3, 3), &ORIGIN, 0).unwrap();
    sink.append(builders.finish().unwrap()).unwrap();
    assert!(sink.spilled() > 0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let error = sink.finish(&pool, &|_| ControlFlow::Break(())).err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::Interrupted), "{error}");
    assert!(read::bytes(out) == before);
    assert_eq!(fs::read_dir(out.join("_section16")).unwrap().count(), 3);
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let folder = read::temporary_folder();
    let left = folder.path().join("_section16/run/tables/filings");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("part-0.parquet"), "half").unwrap();
    drop(create(folder.path(), false).unwrap());
    assert_eq!(paths(folder.path()), ["_section16/lock"]);
}

#[test]
fn a_small_and_a_large_partition_say_how_they_were_written() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let copies: Vec<_> =
        (0..3000).map(|n| (sample::form4(n, if n == 0 { 1 } else { 2 }), ORIGIN.to_buf())).collect();
    let folder = read::temporary_folder();
    let written = write(folder.path(), &copies, &[], Layout::Issuer, AT_ONCE);
    assert_eq!(written.small_files, 6 + 2);
    for (issuer, codec) in [("issuer=0000000001", "SNAPPY"), ("issuer=0000000002", "ZSTD")] {
        let path = folder.path().join(Table::Transactions.as_str()).join(issuer).join("part-0.parquet");
        let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
        let metadata = reader.metadata();
        let created_by = metadata.file_metadata().created_by().unwrap();
        assert_eq!(created_by, format!("section16 version {}", env!("CARGO_PKG_VERSION")));
        let keys: Vec<_> = metadata.file_metadata().key_value_metadata().unwrap().iter().collect();
        assert_eq!(keys.len(), 2);
        assert_eq!((keys[0].key.as_str(), keys[0].value.as_deref()), ("section16.version", Some("0.1.0")));
        assert_eq!((keys[1].key.as_str(), keys[1].value.as_deref()), ("section16.schema_version", Some("1")));
        let group = metadata.row_group(0);
        assert_eq!(group.sorting_columns().unwrap().len(), 4);
        for column in group.columns() {
            assert!(format!("{:?}", column.compression()).starts_with(codec), "{column:?}");
            assert!(column.statistics().is_some());
        }
        let shares = group.columns().iter().find(|c| c.column_path().string() == "transaction_shares");
        assert_eq!(shares.unwrap().column_type(), parquet::basic::Type::INT64);
    }
}

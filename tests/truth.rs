//! What convert reads from invented archives is what their maker decided to write.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod support;

use section16::model::Table;
use section16::pipeline::{ConvertOptions, Monitor, Report, convert};
use section16::source::Discover;
use section16::synth::{self, Container};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use support::{contents, files, rows};

const CHILDREN: [(Table, &str); 5] = [
    (Table::ReportingOwners, "owner_index"),
    (Table::Transactions, "row_index"),
    (Table::Holdings, "row_index"),
    (Table::Footnotes, "footnote_id"),
    (Table::Signatures, "signature_index"),
];

/// Columns that tell where and how a filing was read; the truth has no word on them.
const UNTOLD: [&str; 3] = ["source_offset", "source_bytes", "diagnostic_count"];

type Row = Map<String, Value>;

/// How many filings an archive holds: `SECTION16_TRUTH_FILINGS`, or a number that takes a second.
fn filings() -> u64 {
    std::env::var("SECTION16_TRUTH_FILINGS").map_or(200, |n| n.parse().unwrap())
}

fn make(folder: &Path, container: Container, filings: u64) -> synth::Summary {
    let options = synth::Options {
        filings,
        issuers: 40,
        seed: 20_260_101,
        container,
        output: folder.join("edgar"),
        truth: Some(folder.join("truth.jsonl")),
        oddity_share: 0.2,
        duplicate_share: 0.1,
        reject_share: 0.03,
        printed_share: 0.1,
        ..synth::Options::default()
    };
    synth::generate(&options).unwrap()
}

fn run(folder: &Path, output: &str, change: impl FnOnce(&mut ConvertOptions)) -> Report {
    let mut options = ConvertOptions::default();
    change(&mut options);
    let found = Discover::new([folder.join("edgar")]).unwrap();
    convert(found, &folder.join(output), &options, &Monitor::new()).unwrap()
}

/// A filing's name in both: the accession number, else the place.
fn key(row: &Row) -> String {
    let text = |column: &str| row[column].as_str();
    match text("accession_number") {
        Some(accession) => accession.to_owned(),
        None => {
            let below = |path: &str| path.split_once("/edgar/").map_or(path, |(_, p)| p).to_owned();
            format!("{}!{}", below(text("source_path").unwrap()), text("source_member").unwrap_or(""))
        }
    }
}

fn assert_row(table: Table, key: &str, truth: &Row, got: &Row) {
    for (column, value) in truth {
        if !UNTOLD.contains(&column.as_str()) {
            let got = got.get(column).unwrap_or_else(|| panic!("no column {column} in {table:?}"));
            // No marks at all are an absent value.
            let value = if value.as_array().is_some_and(Vec::is_empty) { &Value::Null } else { value };
            assert_eq!(got, value, "{table:?}.{column} of {key}");
        }
    }
}

/// Compares every value of every table; returns how many filings were compared.
fn assert_truth(folder: &Path, output: &Path) -> u64 {
    let text = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    let filings: BTreeMap<String, Row> =
        rows(output, Table::Filings).into_iter().map(|row| (key(&row), row)).collect();
    let names: BTreeMap<&str, &str> =
        filings.iter().map(|(name, row)| (row["filing_id"].as_str().unwrap(), name.as_str())).collect();
    let mut children: BTreeMap<(Table, String), Vec<Row>> = BTreeMap::new();
    for (table, _) in CHILDREN {
        for row in rows(output, table) {
            let name = names[row["filing_id"].as_str().unwrap()].to_owned();
            children.entry((table, name)).or_default().push(row);
        }
    }
    let mut compared = 0;
    for line in text.lines() {
        let truth: Row = serde_json::from_str(line).unwrap();
        let name = key(&truth);
        let got = filings.get(&name).unwrap_or_else(|| panic!("no filing {name}"));
        assert_row(Table::Filings, &name, truth["filings"].as_object().unwrap(), got);
        let path = got["source_path"].as_str().unwrap();
        assert!(path.ends_with(truth["source_path"].as_str().unwrap()), "{path} of {name}");
        assert_eq!(got["source_member"], truth["source_member"], "{name}");
        for (table, index) in CHILDREN {
            let expected = truth[table.as_str()].as_array().unwrap();
            let got = children.remove(&(table, name.clone())).unwrap_or_default();
            assert_eq!(got.len(), expected.len(), "{table:?} of {name}");
            for (got, expected) in got.iter().zip(expected) {
                let expected = expected.as_object().unwrap();
                assert_eq!(got[index], expected[index], "{table:?} of {name} in order");
                assert_row(table, &name, expected, got);
            }
        }
        compared += 1;
    }
    assert!(children.is_empty(), "rows of unknown filings: {:?}", children.keys().next());
    assert_eq!(filings.len() as u64, compared);
    compared
}

#[test]
fn every_container_gives_what_was_written() {
    for &container in Container::ALL {
        let folder = tempfile::tempdir().unwrap();
        let told = make(folder.path(), container, filings());
        let report = run(folder.path(), "out", |_| {});
        assert_eq!(assert_truth(folder.path(), &folder.path().join("out")), told.filings, "{container}");
        assert_eq!(report.filings, told.filings, "{container}");
        assert_eq!(report.duplicates, told.duplicates, "{container}");
        assert_eq!(report.corrections, told.corrections, "{container}");
        assert_eq!(report.entries, told.entries, "{container}");
        let rejects: BTreeMap<_, _> = report.rejects.iter().map(|(r, n)| (r.as_str(), *n)).collect();
        assert_eq!(rejects, told.rejects, "{container}");
        for (code, count) in &told.diagnostics {
            let found = report.diagnostics.iter().find(|(c, _)| c.as_str() == *code).map_or(0, |(_, n)| *n);
            assert!(found >= *count, "{container}: {found} of {count} {code}");
        }
    }
}

#[test]
fn threads_memory_and_order_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), Container::TarGz, 400);
    run(folder.path(), "one", |o| o.read.threads = NonZeroUsize::new(1));
    let one = contents(&folder.path().join("one"));
    assert!(one.len() > 40);
    for (name, threads, memory, large) in
        [("many", 7, 128 << 20, 8 << 20), ("small", 2, 64 << 10, 8 << 20), ("blocks", 3, 128 << 20, 1)]
    {
        let report = run(folder.path(), name, |o| {
            o.read.threads = NonZeroUsize::new(threads);
            o.read.large_archive = large;
            o.sink.memory = memory;
        });
        assert_eq!(report.bytes_spilled > 0, name == "small");
        assert!(one == contents(&folder.path().join(name)), "{name}");
    }
}

#[test]
fn the_order_of_inputs_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), Container::Plain, 100);
    let mut inputs = files(&folder.path().join("edgar"));
    assert!(inputs.len() > 50);
    let mut outputs = Vec::new();
    for name in ["forwards", "backwards"] {
        let output = folder.path().join(name);
        let found = Discover::new(inputs.clone()).unwrap();
        convert(found, &output, &ConvertOptions::default(), &Monitor::new()).unwrap();
        outputs.push(contents(&output));
        inputs.reverse();
    }
    assert!(outputs[0] == outputs[1]);
}

//! Reads every file of a folder of real filings, named by `SECTION16_CORPUS`, through the splitter and the reader.
#![allow(clippy::unwrap_used)]

use section16::model::Accession;
use section16::parse::Filter;
use section16::parse::Limits;
use section16::parse::envelope::{Piece, Splitter, Step, pieces};
use section16::parse::submission::{Context, Outcome, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn label(outcome: &Outcome<'_>) -> String {
    match outcome {
        Outcome::Filing(_) => "filing".into(),
        Outcome::Other(other) => format!("other {other}"),
        Outcome::Correction => "correction".into(),
        Outcome::Filtered => "filtered".into(),
        Outcome::Reject(reject) => format!("reject {}", reject.reason),
    }
}

/// Places and kinds of the pieces, read through a window to which this many bytes are added at once.
fn in_windows(entry: &[u8], chunk: usize) -> Vec<(String, u64, u64)> {
    let mut splitter = Splitter::new(Limits { max_entry: usize::MAX, ..Limits::default() });
    let (mut start, mut end, mut found) = (0, 0, Vec::new());
    loop {
        match splitter.step(&entry[start..end], end == entry.len()) {
            Step::NeedInput { consumed } => {
                start += consumed;
                end = entry.len().min(end + chunk);
            }
            Step::Piece { consumed, piece } => {
                found.push(place(&piece));
                start += consumed;
            }
            Step::End => return found,
        }
    }
}

fn place(piece: &Piece<'_>) -> (String, u64, u64) {
    (format!("{:?}", piece.kind), piece.offset, piece.len)
}

#[test]
fn every_piece_of_the_corpus_has_an_outcome() {
    let Some(corpus) = std::env::var_os("SECTION16_CORPUS").map(PathBuf::from) else { return };
    let mut paths = Vec::new();
    files(&corpus, &mut paths);
    let filter = Filter::default();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for path in &paths {
        let name = path.strip_prefix(&corpus).unwrap().to_str().unwrap();
        let bytes = std::fs::read(path).unwrap();
        let context = Context {
            path_accession: Accession::in_path(name),
            path_cik: None,
            filter: &filter,
            limits: Limits::default(),
        };
        let pieces: Vec<_> = pieces(&bytes).collect();
        assert_eq!(in_windows(&bytes, 9_973), pieces.iter().map(place).collect::<Vec<_>>(), "{name}");
        let outcomes: Vec<_> = pieces.iter().map(|piece| read(piece, &context)).collect();
        assert!(!outcomes.is_empty(), "{name}: no piece");
        let starts_document = |line: &[u8]| line.starts_with(b"<ownershipDocument");
        if bytes.split(|b| matches!(b, b'\n' | b'\r')).any(starts_document) {
            let read = |outcome: &Outcome<'_>| matches!(outcome, Outcome::Filing(_) | Outcome::Reject(_));
            assert!(outcomes.iter().any(read), "{name}: {outcomes:?}");
        }
        for outcome in &outcomes {
            let folder = name.split('/').next().unwrap().to_owned();
            *counts.entry((folder, label(outcome))).or_default() += 1;
        }
    }
    for ((folder, outcome), count) in &counts {
        println!("{folder:12} {outcome:30} {count:6}");
    }
}

use crate::program::{command, section16, stderr, stdout};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Makes an archive in the folder `made` and the truth beside it; gives what was printed.
fn synth(folder: &Path, args: &[&str]) -> String {
    let base = ["synth", "--filings", "40", "--issuers", "4", "-o", "made", "--truth", "truth.jsonl"];
    let output = command(&[&base, args].concat()).current_dir(folder).output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    stdout(&output)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn what_it_makes_is_what_convert_reads() {
    let folder = tempfile::tempdir().unwrap();
    let text = synth(folder.path(), &["--container", "zip", "--reject-share", "0.1"]);
    let filings = |line: &str| line.split_whitespace().take(3).eq(["=", "filings", "40"]);
    assert!(text.lines().any(filings), "{text}");
    assert!(text.ends_with("truth  truth.jsonl\n"), "{text}");
    let output =
        command(&["convert", "made", "-o", "out", "--report", "json"]).current_dir(&folder).output().unwrap();
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let truth = fs::read(folder.path().join("truth.counts.json")).unwrap();
    let truth: Value = serde_json::from_slice(&truth).unwrap();
    for key in ["entries", "filings", "duplicates", "corrections", "rejects"] {
        assert_eq!(report[key], truth[key], "{key}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let [one, same, other] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    synth(one.path(), &["--seed", "7", "--container", "tar.gz"]);
    synth(same.path(), &["--seed", "7", "--container", "tar.gz"]);
    synth(other.path(), &["--seed", "8", "--container", "tar.gz"]);
    assert!(files(one.path()) == files(same.path()));
    assert!(files(one.path()) != files(other.path()));
}

#[test]
fn what_cannot_be_made_is_a_usage_error() {
    for args in [["--issuers", "0"], ["--container", "rar"], ["--years", "1999"], ["--other-share", "2"]] {
        let output = section16(&["synth", "-o", "made", args[0], args[1]]);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).starts_with("section16: error: "), "{}", stderr(&output));
        assert!(!Path::new("made").exists());
    }
}

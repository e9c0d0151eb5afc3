//! Runs that are killed and resumed, data sets that grow and are looked after.

use crate::program::{command, form4, input, section16, stderr, stdout, submission};
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

fn run(folder: &Path, args: &[&str]) -> Output {
    command(args).current_dir(folder).output().unwrap()
}

#[test]
fn a_data_set_grows_is_merged_and_sound() {
    let folder = input();
    let convert = |args: &[&str]| run(folder.path(), &[&["convert", "in", "-o", "out"], args].concat());
    assert_eq!(convert(&["--append"]).status.code(), Some(3));
    let again = convert(&["--append"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert!(stdout(&again).contains("  +  held         4  in the data set before"), "{}", stdout(&again));
    let another = submission("0009999999-24-000077", "4", &form4("9900011", "5"));
    fs::write(folder.path().join("in/another.txt"), another).unwrap();
    assert_eq!(convert(&["--append"]).status.code(), Some(0));
    let parts = || fs::read_dir(folder.path().join("out/filings/issuer=0009900011")).unwrap().count();
    assert_eq!(parts(), 2);
    let compacted = run(folder.path(), &["compact", "out"]);
    assert_eq!(compacted.status.code(), Some(0), "{}", stderr(&compacted));
    assert!(stdout(&compacted).starts_with("out: "), "{}", stdout(&compacted));
    assert_eq!(parts(), 1);
    let verified = run(folder.path(), &["verify", "out"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stdout(&verified));
    assert!(stdout(&verified).starts_with("out: sound; "), "{}", stdout(&verified));
    // A whole data set leaves nothing to resume, and is no failure for whoever runs until it is whole.
    let resumed = convert(&["--resume"]);
    assert_eq!(resumed.status.code(), Some(0));
    assert!(stderr(&resumed).starts_with("section16: nothing to resume: out holds"), "{}", stderr(&resumed));
}

#[test]
fn verify_names_what_is_wrong_and_fails() {
    let folder = input();
    assert_eq!(run(folder.path(), &["convert", "in", "-o", "out"]).status.code(), Some(3));
    fs::remove_file(folder.path().join("out/rejects/part-0.parquet")).unwrap();
    let verified = run(folder.path(), &["verify", "out"]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(stdout(&verified).starts_with("out/rejects/part-0.parquet: "), "{}", stdout(&verified));
    assert_eq!(stderr(&verified), "section16: error: 1 problem in out\n");
    assert_eq!(section16(&["verify", "/nowhere/at/all"]).status.code(), Some(1));
}

/// Forty submissions, and a pipe behind them that keeps a run waiting after it has sealed the first ones.
#[cfg(unix)]
fn killed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 10..50 {
        let text = submission(&format!("0009999999-24-0000{number}"), "4", &form4("9900011", "5"));
        fs::write(folder.path().join(format!("in/{number}.txt")), text).unwrap();
    }
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // The threads decide how many files a task has, after which a run seals.
    let mut run = command(&["convert", "in", "pipe", "-o", "out", "--checkpoint", "0B"])
        .env("SECTION16_THREADS", "1")
        .current_dir(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Opens once the run has opened its end, which it does after the seal.
    let opened = fs::File::options().write(true).open(&pipe).unwrap();
    run.kill().unwrap();
    run.wait().unwrap();
    drop(opened);
    fs::remove_file(&pipe).unwrap();
    fs::write(pipe, "").unwrap();
    folder
}

#[cfg(unix)]
#[test]
fn a_killed_run_says_how_to_go_on_and_does() {
    let folder = killed();
    let convert = |args: &[&str]| {
        run(folder.path(), &[&["convert", "in", "pipe", "-o", "out", "--checkpoint", "0B"], args].concat())
    };
    let refused = convert(&[]);
    assert_eq!(refused.status.code(), Some(1));
    let told = "a run into out did not end: what it read of the first 37 input files is kept; go on with the same \
                `section16 convert` and --resume, or start anew with --overwrite";
    assert!(stderr(&refused).contains(told), "{}", stderr(&refused));
    let other = convert(&["--resume", "--partition", "year"]);
    assert!(stderr(&other).contains("--partition was issuer and is now year"), "{}", stderr(&other));
    let smaller = convert(&["--resume", "--max-printed", "1MiB"]);
    assert!(
        stderr(&smaller).contains("--max-printed was 2097152 and is now 1048576"),
        "{}",
        stderr(&smaller)
    );
    let convert_only =
        |args: &[&str]| run(folder.path(), &[&["convert", "-o", "out", "--resume"], args].concat());
    let more = convert_only(&["in", "pipe", "in/20.txt"]);
    assert!(stderr(&more).contains("input 3 was nothing and is now in/20.txt; "), "{}", stderr(&more));
    fs::write(folder.path().join("list"), "in\npipe\n").unwrap();
    let listed = convert_only(&["in", "pipe", "--files-from", "list"]);
    assert!(
        stderr(&listed).contains("list of inputs 1 was nothing and is now list; "),
        "{}",
        stderr(&listed)
    );
    fs::write(folder.path().join("in/20.txt"), "changed").unwrap();
    let changed = convert(&["--resume"]);
    assert!(stderr(&changed).contains("the input in/20.txt had "), "{}", stderr(&changed));
    let text = submission("0009999999-24-000020", "4", &form4("9900011", "5"));
    fs::write(folder.path().join("in/20.txt"), text).unwrap();
    let touched = convert(&["--resume"]);
    assert!(stderr(&touched).contains("the input in/20.txt was modified"), "{}", stderr(&touched));
}

#[cfg(unix)]
#[test]
fn a_killed_run_ends_in_the_bytes_of_another() {
    let folder = killed();
    let args = ["convert", "in", "pipe", "-o", "out", "--checkpoint", "0B"];
    let resumed = run(folder.path(), &[&args[..], &["--resume", "--report", "json"]].concat());
    assert_eq!(resumed.status.code(), Some(0), "{}", stderr(&resumed));
    let report: serde_json::Value = serde_json::from_str(&stdout(&resumed)).unwrap();
    assert_eq!((report["filings"].as_u64(), report["files_read"].as_u64()), (Some(40), Some(41)));
    assert_eq!(run(folder.path(), &["convert", "in", "pipe", "-o", "whole"]).status.code(), Some(0));
    for name in ["_section16/files.jsonl", "filings/issuer=0009900011/part-0.parquet"] {
        let bytes = |out: &str| fs::read(folder.path().join(out).join(name)).unwrap();
        assert!(bytes("out") == bytes("whole"), "{name}");
    }
}

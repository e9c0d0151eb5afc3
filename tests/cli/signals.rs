//! Ctrl-C and its like, in the middle of a run.

use crate::program::{command, form4, stderr, submission};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

/// A run that hangs in a pipe until the test lets go of it, so that a signal always arrives in the middle.
struct Hanging {
    run: Child,
    messages: Lines<BufReader<ChildStderr>>,
    pipe: File,
    folder: tempfile::TempDir,
}

/// A run over this many submissions, and behind them a pipe.
fn hanging(submissions: usize) -> Hanging {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    fs::create_dir(folder.path().join("an input")).unwrap();
    for number in 10..10 + submissions {
        let text = submission(&format!("0009999999-24-0000{number}"), "4", &form4("9900011", "5"));
        fs::write(folder.path().join(format!("an input/{number}.txt")), text).unwrap();
    }
    let args = ["convert", "an input", "pipe", "-o", "out", "--checkpoint", "0B", "--progress", "none"];
    // The threads decide how many files a task has, after which a run seals.
    let mut run = command(&args)
        .env("SECTION16_THREADS", "1")
        .current_dir(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let messages = BufReader::new(run.stderr.take().unwrap()).lines();
    // Opens once the run has opened its end.
    let pipe = File::options().write(true).open(path).unwrap();
    Hanging { run, messages, pipe, folder }
}

impl Hanging {
    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.run.id().to_string()]).status().unwrap().success());
    }

    fn next_message(&mut self) -> String {
        self.messages.next().unwrap().unwrap()
    }
}

/// Stops a run with a signal, and gives its folder and its last message.
fn stopped(mut hanging: Hanging, signal: &str) -> (tempfile::TempDir, String) {
    hanging.signal(signal);
    // It may come too late to leave the output as it was.
    let told = "section16: stopping; what is kept is told at the end (once more to stop at once)";
    assert_eq!(hanging.next_message(), told);
    let Hanging { mut run, mut messages, pipe, folder } = hanging;
    drop(pipe);
    let last = messages.next().unwrap().unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(1));
    (folder, last)
}

/// What is said to go on with, done in a shell after `before`. The pipe is a file now.
fn go_on(folder: &Path, message: &str, before: &str) -> std::process::Output {
    let (_, command) = message.split_once("is kept: go on with `").unwrap();
    let command = command.strip_suffix('`').unwrap();
    let _ = fs::remove_file(folder.join("pipe"));
    fs::write(folder.join("pipe"), "").unwrap();
    let shell = Command::new("sh").args(["-c", &format!("{before}{command}")]).current_dir(folder).output();
    shell.unwrap()
}

#[test]
fn the_first_signal_stops_the_run_and_says_what_is_there() {
    let (_folder, last) = stopped(hanging(0), "-TERM");
    assert_eq!(last, "section16: error: interrupted; out holds no data; nothing of this run is kept");
}

#[test]
fn a_run_that_has_sealed_something_says_what_is_kept_and_the_command_that_goes_on() {
    for signal in ["-INT", "-TERM"] {
        let (folder, last) = stopped(hanging(40), signal);
        let kept =
            "interrupted; out holds no data; what it read of the first 37 input files is kept: go on with `";
        assert!(last.contains(kept), "{last}");
        let end = "section16 convert 'an input' pipe -o out --checkpoint 0B --progress none --resume`";
        assert!(last.ends_with(end), "{last}");
        let resumed = go_on(folder.path(), &last, "");
        assert_eq!(resumed.status.code(), Some(0), "{}", stderr(&resumed));
        assert!(folder.path().join("out/filings/issuer=0009900011/part-0.parquet").exists());
    }
}

#[test]
fn a_run_with_too_many_rejects_names_a_command_without_that_limit() {
    let (folder, last) = stopped(hanging(40), "-TERM");
    fs::write(folder.path().join("an input/zz.gz"), b"\x1e\x8b\x08\0 no gzip").unwrap();
    let limited = go_on(folder.path(), &last.replace("--resume", "--resume --max-rejects 0"), "");
    assert_eq!(limited.status.code(), Some(1));
    let told = stderr(&limited);
    let last = told.trim_end();
    assert!(last.starts_with("section16: error: more than 0 entries were rejected; "), "{last}");
    assert!(last.ends_with(" -o out --checkpoint 0B --progress none --resume`"), "{last}");
    let resumed = go_on(folder.path(), last, "");
    assert_eq!(resumed.status.code(), Some(3), "{}", stderr(&resumed));
}

#[test]
fn a_run_on_a_full_disk_says_what_is_kept_and_the_command_that_goes_on() {
    let (folder, last) = stopped(hanging(40), "-TERM");
    // To a program files that may not grow are a full disk.
    let full = go_on(folder.path(), &last, "trap '' XFSZ; ulimit -f 1; ");
    assert_eq!(full.status.code(), Some(1));
    let told = stderr(&full);
    let last = told.trim_end();
    assert!(last.starts_with("section16: error: cannot write "), "{last}");
    let kept = "; free some space and run the command again; what it read of the first 37 input files is kept: go on";
    assert!(last.contains(kept), "{last}");
    let resumed = go_on(folder.path(), last, "");
    assert_eq!(resumed.status.code(), Some(0), "{}", stderr(&resumed));
}

#[test]
fn the_second_signal_ends_the_program_at_once() {
    let mut hanging = hanging(0);
    hanging.signal("-INT");
    assert!(hanging.next_message().starts_with("section16: stopping"));
    hanging.signal("-INT");
    // The pipe is still open: nothing but the signal can end the run.
    assert_eq!(hanging.run.wait().unwrap().code(), Some(1));
    drop(hanging.pipe);
}

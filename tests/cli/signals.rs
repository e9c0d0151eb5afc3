//! Ctrl-C and its like, in the middle of a run.

use crate::program::command;
use std::fs::File;
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStderr, Command, Stdio};

/// A run that hangs in a pipe until the test lets go of it, so that a signal always arrives in the middle.
struct Hanging {
    run: Child,
    messages: Lines<BufReader<ChildStderr>>,
    pipe: File,
    _folder: tempfile::TempDir,
}

fn hanging() -> Hanging {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    let mut run = command(&["convert", "pipe", "-o", "out", "--progress", "none"])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let messages = BufReader::new(run.stderr.take().unwrap()).lines();
    // Opens once the run has opened its end.
    let pipe = File::options().write(true).open(path).unwrap();
    Hanging { run, messages, pipe, _folder: folder }
}

impl Hanging {
    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.run.id().to_string()]).status().unwrap().success());
    }

    fn next_message(&mut self) -> String {
        self.messages.next().unwrap().unwrap()
    }
}

#[test]
fn the_first_signal_stops_the_run_and_says_what_is_there() {
    let mut hanging = hanging();
    hanging.signal("-TERM");
    assert!(hanging.next_message().starts_with("section16: stopping"));
    let Hanging { mut run, mut messages, pipe, _folder } = hanging;
    drop(pipe);
    let last = messages.next().unwrap().unwrap();
    assert_eq!(last, "section16: error: interrupted; out holds no data");
    assert_eq!(run.wait().unwrap().code(), Some(1));
}

#[test]
fn the_second_signal_ends_the_program_at_once() {
    let mut hanging = hanging();
    hanging.signal("-INT");
    assert!(hanging.next_message().starts_with("section16: stopping"));
    hanging.signal("-INT");
    // The pipe is still open: nothing but the signal can end the run.
    assert_eq!(hanging.run.wait().unwrap().code(), Some(1));
    drop(hanging.pipe);
}

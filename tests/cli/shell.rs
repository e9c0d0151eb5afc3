use crate::program::{command, input, section16, stderr, stdout};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

const COMMANDS: [&str; 12] = [
    "convert",
    "parse",
    "verify",
    "compact",
    "inspect",
    "report",
    "schema",
    "sql",
    "bench",
    "synth",
    "completions",
    "man",
];

#[test]
fn every_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = section16(&["completions", shell]);
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
        let script = stdout(&output);
        for word in COMMANDS.into_iter().chain(["--log-format", "--keep-rejects"]) {
            assert!(script.contains(word.trim_start_matches('-')), "{shell}: {word}");
        }
    }
    assert_eq!(section16(&["completions", "cmd"]).status.code(), Some(2));
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(&["man", "share/man1"]).current_dir(&folder).output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    let pages = fs::read_dir(folder.path().join("share/man1")).unwrap();
    let pages: BTreeSet<String> =
        pages.map(|page| page.unwrap().file_name().into_string().unwrap()).collect();
    let names = COMMANDS.iter().map(|name| format!("section16-{name}.1"));
    assert_eq!(pages, names.chain(["section16.1".to_owned()]).collect());
    let page = fs::read_to_string(folder.path().join("share/man1/section16-convert.1")).unwrap();
    assert!(page.contains("SECTION16_MEMORY") && page.contains("issuer\\-bucket=64"), "{page}");
    let first = fs::read_to_string(folder.path().join("share/man1/section16.1")).unwrap();
    assert_eq!(stdout(&section16(&["man"])), first);
}

fn events(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn messages_and_the_report_are_json_where_a_program_listens() {
    let folder = input();
    for args in [
        &["convert", "in", "-o", "out", "--progress", "none", "--log-format", "json"][..],
        &["parse", "in", "--table", "filings", "--log-format", "json"],
    ] {
        let output = command(args).current_dir(&folder).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        let events = events(&stderr(&output));
        let report = &events.last().unwrap()["report"];
        assert_eq!(events.last().unwrap()["event"], "report");
        assert_eq!((&report["entries"], &report["rejects"]), (&json!(5), &json!({"no-document": 1})));
    }
    let output = command(&["inspect", "nowhere"]).env("SECTION16_LOG_FORMAT", "json").output().unwrap();
    let events = events(&stderr(&output));
    assert_eq!((output.status.code(), events.len()), (Some(1), 1));
    assert_eq!((&events[0]["event"], &events[0]["level"]), (&json!("message"), &json!("error")));
    let message = events[0]["message"].as_str().unwrap();
    assert!(message.starts_with("cannot read input nowhere: "), "{message}");
}

#[test]
fn progress_is_json_beside_messages_that_are() {
    let folder = input();
    let args = ["--log-format", "json", "convert", "in", "-o", "out"];
    let output = command(&args).current_dir(&folder).output().unwrap();
    let events = events(&stderr(&output));
    let kinds: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["progress", "report"]);
}

#[test]
fn options_come_from_the_environment_and_the_command_line_wins() {
    let folder = input();
    let convert = |output: &str, args: &[&str]| {
        let args = [&["convert", "in", "-o", output], args].concat();
        let mut command = command(&args);
        command.current_dir(&folder).env("SECTION16_PARTITION", "none").env("SECTION16_REPORT", "json");
        command.env("SECTION16_PROGRESS", "none").env("SECTION16_MAX_ENTRY", "1KiB").output().unwrap()
    };
    let report: Value = serde_json::from_str(&stdout(&convert("a", &[]))).unwrap();
    assert_eq!(report["rejects"], json!({"entry-too-large": 3, "no-document": 1}));
    assert!(folder.path().join("a/filings/part-0.parquet").exists());
    let report = convert("b", &["--max-entry", "1MiB", "--partition", "year"]);
    let report: Value = serde_json::from_str(&stdout(&report)).unwrap();
    assert_eq!(report["rejects"], json!({"no-document": 1}));
    assert!(folder.path().join("b/filings/year=2024/part-0.parquet").exists());
}

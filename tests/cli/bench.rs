use crate::program::{command, input, section16, stderr, stdout};
use serde_json::{Value, json};
use std::fs;

const STAGES: [&str; 8] = ["walk", "read", "inflate", "envelope", "parse", "build", "route", "write"];

#[test]
fn an_archive_is_measured_stage_by_stage() {
    let folder = input();
    fs::create_dir(folder.path().join("work")).unwrap();
    let args =
        ["bench", "in", "--repeat", "2", "--json", "--threads", "2", "--work", "work", "--partition", "none"];
    let output = command(&args).current_dir(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let said = stderr(&output);
    let told = ["section16: warming up", "section16: round 1 of 2", "section16: round 2 of 2"];
    assert_eq!(said.lines().collect::<Vec<_>>(), told);
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let input = &report["input"];
    assert_eq!((&input["files"], &input["entries"], &input["filings"]), (&json!(5), &json!(5), &json!(3)));
    assert_eq!((&input["rows"], &input["bytes_read"]), (&json!(15), &input["bytes_decompressed"]));
    assert_eq!(report["output"]["files"], json!(8));
    let stages = report["stages"].as_array().unwrap();
    assert_eq!(stages.iter().map(|stage| stage["stage"].as_str().unwrap()).collect::<Vec<_>>(), STAGES);
    for (stage, unit) in stages.iter().zip(["files", "bytes", "bytes", "entries", "filings", "rows", "rows"])
    {
        assert_eq!((&stage["count"], &stage["unit"]), (counted(input, &stage["stage"]), &json!(unit)));
        assert!(stage["total"]["wall_seconds"].as_f64().unwrap() >= 0.0, "{stage}");
        assert_eq!(stage["total"]["cpu_seconds"].is_null(), !cfg!(target_os = "linux"));
    }
    assert_eq!(stages[7]["count"], report["output"]["bytes"]);
    assert!(STAGES.contains(&report["slowest"].as_str().unwrap()));
    assert_eq!(report["floor"], "inflate");
    let threads: Vec<_> = report["whole"].as_array().unwrap().iter().map(|whole| &whole["threads"]).collect();
    assert_eq!(threads, [&json!(1), &json!(2)]);
    assert_eq!(fs::read_dir(folder.path().join("work")).unwrap().count(), 0);
}

#[test]
fn an_input_without_filings_is_nothing_to_measure() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "nothing").unwrap();
    let output = command(&["bench", "notes.txt", "--repeat", "1"]).current_dir(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("error: the input holds no filing"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

fn counted<'v>(input: &'v Value, stage: &Value) -> &'v Value {
    let name = match stage.as_str().unwrap() {
        "walk" => "files",
        "read" => "bytes_read",
        "inflate" => "bytes_decompressed",
        "envelope" => "entries",
        "parse" => "filings",
        _ => "rows",
    };
    &input[name]
}

#[test]
fn without_an_input_filings_are_invented_and_removed() {
    let work = tempfile::tempdir().unwrap();
    let mut args =
        vec!["bench", "--filings", "30", "--issuers", "4", "--repeat", "1", "--threads", "1", "--work"];
    args.push(work.path().to_str().unwrap());
    let output = section16(&args);
    assert_eq!(output.status.code(), Some(0));
    let said = stderr(&output);
    assert!(said.starts_with("section16: inventing 30 filings of 4 issuers, gz\n"), "{said}");
    let text = stdout(&output);
    for stage in STAGES {
        assert!(text.lines().any(|line| line.starts_with(stage)), "{stage}: {text}");
    }
    assert!(text.contains("One thread, one round.") && text.contains("\n1 thread"), "{text}");
    assert_eq!(fs::read_dir(&work).unwrap().count(), 0);
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let output = section16(&["bench", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot read input nowhere: "), "{}", stderr(&output));
    let folder = input();
    let output = command(&["bench", "in", "--work", "in"]).current_dir(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("option --work: the data sets would lie in the input in"),
        "{}",
        stderr(&output)
    );
    assert_eq!(section16(&["bench", "--issuers", "0"]).status.code(), Some(2));
    let output = section16(&["bench", "--work", "/nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot create /nowhere"), "{}", stderr(&output));
}

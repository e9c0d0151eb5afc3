use crate::program::{command, input, section16, stderr, stdout};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

/// Converts the sample input in `folder` to `out` in it.
fn convert(folder: &Path, args: &[&str]) -> Output {
    let mut command = command(&[&["convert", "in", "-o", "out"], args].concat());
    command.current_dir(folder).output().unwrap()
}

fn report(output: &Output) -> Value {
    serde_json::from_str(&stdout(output)).unwrap()
}

#[test]
fn the_report_accounts_for_every_entry() {
    let folder = input();
    let output = convert(folder.path(), &["--report", "json", "--progress", "none"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let report = report(&output);
    assert_eq!(report["entries"], 5);
    assert_eq!(report["filings"], 2);
    assert_eq!(report["duplicates"], 1);
    assert_eq!(report["other_forms"], json!({"8-K": 1}));
    assert_eq!(report["rejects"], json!({"no-document": 1}));
    assert_eq!(report["diagnostics"], json!({"number-repaired": 1}));
    assert_eq!(report["document_types"], json!({"4": 1, "4/A": 1}));
    assert_eq!(report["tables"]["transactions"]["rows"], 2);
    assert!(folder.path().join("out/transactions/issuer=0009900011/part-0.parquet").is_file());
}

#[test]
fn the_report_is_text_for_a_person() {
    let output = convert(input().path(), &[]);
    let sum = "\
Entries
     entries      5  submissions, bare documents, and what is neither
  =  filings      2  Forms 3, 4 and 5 and their amendments, in the tables
  +  duplicates   1  further copies of those filings
  +  filtered     0  filings that the options left out
  +  other forms  1  passed over
  +  corrections  0  of headers, without a filing
  +  rejects      1  gave no filing although they should have

Filings by form (2)
  4    1
  4/A  1

Rejects (1)
  no-document  1
";
    assert!(stdout(&output).starts_with(sum), "{}", stdout(&output));
    assert!(!stdout(&output).contains('\u{1b}'));
    assert_eq!(stderr(&output), "", "no progress is shown of so little");
}

#[test]
fn options_reach_the_run() {
    let args =
        ["--forms", "4", "--issuer", "9900011", "--partition", "none", "--memory", "16MiB", "--threads", "1"];
    let folder = input();
    let output = convert(folder.path(), &[&args[..], &["--report", "json"]].concat());
    let report = report(&output);
    assert_eq!((&report["filings"], &report["filtered"]), (&json!(1), &json!(2)));
    assert!(folder.path().join("out/filings/part-0.parquet").is_file());
}

#[test]
fn rejects_fail_where_none_are_allowed() {
    let folder = input();
    let output = convert(folder.path(), &["--strict", "--keep-rejects"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output), "section16: error: 1 entry was rejected, and --strict allows none\n");
    assert!(stdout(&output).starts_with("Entries\n"), "the work was done and is reported");
    assert!(folder.path().join("out/_section16/rejects/no-document").is_dir());
    let output = convert(folder.path(), &["--overwrite", "--max-rejects", "0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("more than 0 entries were rejected"), "{}", stderr(&output));
}

#[test]
fn without_rejects_all_is_done() {
    let folder = input();
    let output = command(&["convert", "in/a", "in/b.txt", "-o", "out", "--strict"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
}

#[test]
fn a_data_set_is_replaced_only_when_asked() {
    let folder = input();
    convert(folder.path(), &[]);
    let again = convert(folder.path(), &[]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("--overwrite"), "{}", stderr(&again));
    assert_eq!(convert(folder.path(), &["--overwrite"]).status.code(), Some(3));
}

#[test]
fn lists_of_inputs_are_read_from_files_and_from_standard_input() {
    let folder = input();
    std::fs::write(folder.path().join("list"), "in/a\nin/b.txt\n").unwrap();
    let args = ["convert", "--files-from", "list", "-o", "out", "--report", "json"];
    let output = command(&args).current_dir(&folder).output().unwrap();
    assert_eq!(report(&output)["filings"], 2);

    let args = ["convert", "in/c.txt", "--files-from", "-", "-o", "out2", "--report", "json"];
    let mut child =
        command(&args).current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"in/b.txt\n").unwrap();
    let report = report(&child.wait_with_output().unwrap());
    assert_eq!((&report["filings"], &report["other_forms"]), (&json!(1), &json!({"8-K": 1})));
}

#[test]
fn progress_for_programs_ends_with_the_final_counts() {
    let output = convert(input().path(), &["--progress", "json"]);
    let last: Value = serde_json::from_str(stderr(&output).lines().last().unwrap()).unwrap();
    assert_eq!(last["phase"], "over");
    assert_eq!((&last["files_done"], &last["entries"], &last["rejects"]), (&json!(5), &json!(5), &json!(1)));
    assert_eq!(last["bytes_done"], last["bytes_found"]);
}

#[test]
fn an_unwritable_output_fails_with_the_path() {
    let folder = input();
    std::fs::write(folder.path().join("out"), "a file stands here").unwrap();
    let output = convert(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("section16: error: "), "{}", stderr(&output));
    assert!(stderr(&output).contains("out"), "{}", stderr(&output));
}

#[test]
fn the_output_inside_the_input_is_not_read() {
    let folder = input();
    assert_eq!(convert(folder.path(), &["--overwrite"]).status.code(), Some(3));
    let output = command(&["convert", ".", "-o", "out", "--overwrite", "--report", "json"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(report(&output)["entries"], 5);
}

#[test]
fn nothing_is_downloaded_in_any_build() {
    for (command, rest) in
        [("convert", &["-o", "out"][..]), ("parse", &["--table", "filings"]), ("inspect", &[])]
    {
        let output = section16(&[&[command, "https://www.sec.gov/Archives/edgar/Feed/2024/"], rest].concat());
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{command}: {text}");
        assert!(text.contains("User-Agent") && text.contains("at most 10 requests a second"), "{text}");
    }
    for url in ["https://example.com/data", "hdfs://name/data", "file:///data"] {
        let output = section16(&["convert", "in", "-o", url]);
        assert_eq!(output.status.code(), Some(2));
        let text = stderr(&output);
        assert!(text.contains("a data set is written to a folder, or to s3://"), "{text}");
    }
}

#[cfg(not(feature = "cloud"))]
#[test]
fn a_build_without_object_storage_says_which_has_it() {
    for (args, code) in
        [(["convert", "s3://bucket/in", "-o", "out"], 1), (["convert", "in", "-o", "gs://bucket/out"], 2)]
    {
        let output = section16(&args);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        assert!(stderr(&output).contains("`cargo install --path . --features cloud`"), "{}", stderr(&output));
    }
}

#[test]
fn commands_that_work_on_folders_refuse_urls() {
    for args in [
        &["verify", "s3://bucket/data"][..],
        &["compact", "gs://bucket/data"],
        &["report", "az://container/data"],
        &["report", "in", "-o", "s3://bucket/report.html"],
        &["synth", "-o", "s3://bucket/edgar"],
        &["parse", "in", "--table", "filings", "-o", "s3://bucket/filings.ndjson"],
        &["convert", "--files-from", "s3://bucket/list", "-o", "out"],
    ] {
        let output = section16(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert!(
            stderr(&output).contains("copy a data set to a folder first"),
            "{args:?}: {}",
            stderr(&output)
        );
    }
}

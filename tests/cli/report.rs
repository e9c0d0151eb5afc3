use crate::program::{command, input, section16, stderr, stdout};
use std::fs;

#[test]
fn a_page_is_written_to_a_file_or_to_standard_output() {
    let folder = input();
    let run = |args: &[&str]| command(args).current_dir(&folder).output().unwrap();
    assert_eq!(run(&["convert", "in", "-o", "insiders"]).status.code(), Some(3));
    let printed = run(&["report", "insiders"]);
    assert_eq!((printed.status.code(), stderr(&printed)), (Some(0), String::new()));
    let written = run(&["report", "insiders", "-o", "report.html"]);
    assert_eq!((written.status.code(), stdout(&written)), (Some(0), String::new()));
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert_eq!(page, stdout(&printed));
    for part in [
        "<h1>insiders</h1>",
        "<dd>2</dd><dt>filings</dt>",
        "<title>2024-02: 1 of 4, 1 of 4/A</title>",
        "<title>2024-02: 0 buys for $0, 2 sales for $19.4 thousand</title>",
        "<title>no-document: 1</title>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_folder_without_tables_fails_with_advice() {
    let output = section16(&["report", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("it holds no tables"), "{}", stderr(&output));
}

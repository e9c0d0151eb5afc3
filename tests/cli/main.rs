//! The program as a shell sees it.

#![allow(clippy::unwrap_used)]

mod bench;
mod convert;
mod inspect;
mod lasting;
mod parse;
mod program;
mod report;
mod shell;
#[cfg(unix)]
mod signals;
mod sql;
mod synth;

use program::{command, section16, stderr, stdout};
use std::process::Stdio;

#[test]
fn version_and_help_are_asked_for_and_succeed() {
    let version = section16(&["--version"]);
    assert_eq!(version.status.code(), Some(0));
    assert_eq!(stdout(&version), format!("section16 {}\n", env!("CARGO_PKG_VERSION")));
    let help = section16(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(stdout(&help).contains("Examples:\n  section16 "), "{}", stdout(&help));
    assert!(help.stderr.is_empty());
}

#[test]
fn no_command_shows_help_as_a_usage_error() {
    let output = section16(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Usage: section16"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
}

#[test]
fn usage_errors_exit_with_2_and_name_the_program() {
    for args in [&["schema", "--table", "sales"][..], &["schema", "--format", "xml"], &["shcema"], &["-q"]] {
        let output = section16(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).starts_with("section16: error: "), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn an_unknown_table_is_answered_with_those_that_are() {
    let output = section16(&["schema", "--table", "sales"]);
    assert!(stderr(&output).contains("the tables are filings, reporting_owners,"), "{}", stderr(&output));
}

#[test]
fn schema_prints_every_table_in_every_format() {
    for (format, names) in [
        ("text", &["filings: One row a filing\n", "rejects: "][..]),
        ("json", &["\"table\": \"filings\"", "\"table\": \"rejects\""]),
        ("markdown", &["## filings\n", "## rejects\n"]),
        ("sql", &["CREATE TABLE \"filings\" (", "CREATE TABLE \"rejects\" ("]),
    ] {
        let output = section16(&["schema", "--format", format]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = stdout(&output);
        for name in names {
            assert!(text.contains(name), "{format}: {text}");
        }
        assert!(!text.contains('\u{1b}'), "no colour where there is no terminal");
    }
}

/// Git may give the page other line ends.
#[test]
fn the_page_of_the_tables_is_what_schema_prints() {
    let page = include_str!("../../docs/schema.md").replace("\r\n", "\n");
    let printed = stdout(&section16(&["schema", "--format", "markdown"]));
    let advice = "run `section16 schema --format markdown > docs/schema.md`";
    assert!(page == printed, "docs/schema.md is not current: {advice}");
}

#[test]
fn schema_of_one_table_is_only_that() {
    let text = stdout(&section16(&["schema", "--table", "footnotes"]));
    assert!(text.starts_with("footnotes: One row a footnote\n"), "{text}");
    assert!(!text.contains("signatures"));
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command(&["schema"]).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    let output = output.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
}

#[test]
fn every_command_explains_itself_with_examples() {
    for command in ["convert", "inspect", "parse", "report", "schema", "sql", "synth", "completions", "man"] {
        let help = section16(&[command, "--help"]);
        assert_eq!(help.status.code(), Some(0));
        let example = format!("Examples:\n  section16 {command}");
        assert!(stdout(&help).contains(&example), "{}", stdout(&help));
    }
}

#[test]
fn options_that_make_no_sense_are_usage_errors() {
    let convert = |args: &[&str]| section16(&[&["convert", "in", "-o", "out"], args].concat());
    for (args, message) in [
        (&["--memory", "lots"][..], "such as 512MiB or 2GB"),
        (&["--threads", "0"], "'--threads <N>'"),
        (&["--partition", "month"], "\"month\" is none of"),
        (&["--compression", "zstd:99"], "LEVEL from 1 to 22"),
        (&["--forms", "4,10-K"], "is none of the forms"),
        (&["--issuer", "ABCD"], "is no CIK"),
        (&["--filed-from", "2024-02-30"], "is no day of the calendar"),
        (&["--filed-from", "2024-02-02", "--filed-to", "2024-02-01"], "is after --filed-to 2024-02-01"),
        (&["--progress", "dots"], "[possible values: auto, bar, plain, json, none]"),
    ] {
        let output = convert(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).starts_with("section16: error: "), "{}", stderr(&output));
        assert!(stderr(&output).contains(message), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(section16(&["convert", "-o", "out"]).status.code(), Some(2), "no input");
    assert_eq!(section16(&["convert", "in"]).status.code(), Some(2), "no output");
}

#[test]
fn the_environment_sets_memory_and_threads() {
    let output = command(&["convert", "in", "-o", "out"]).env("SECTION16_MEMORY", "lots").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("\"lots\" is no size"), "{}", stderr(&output));
}

#[test]
fn inputs_that_do_not_exist_fail_with_advice() {
    for args in [
        &["convert", "nowhere", "-o", "out"][..],
        &["convert", "--files-from", "nowhere", "-o", "out"],
        &["inspect", "nowhere"],
    ] {
        let output = section16(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let text = stderr(&output);
        assert!(text.starts_with("section16: error: cannot read input nowhere: "), "{text}");
        assert!(text.ends_with("; check the path\n"), "{text}");
    }
}

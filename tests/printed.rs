//! Prints of 1996 to 2003 with invented people and companies, in the layouts of that time, read as a whole.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use section16::model::{Filing, FilingId, SourceFormat};
use section16::parse::rendered;
use section16::shape::to_json;
use serde_json::Value;
use std::path::Path;

/// Checks what is read of a print.
#[track_caller]
fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/printed");
    let read = |end: &str| std::fs::read_to_string(folder.join(format!("{name}.{end}"))).unwrap();
    let text = read("txt");
    let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
    rendered::read(&text, &mut filing).unwrap();
    let expected: Value = serde_json::from_str(&read("json")).unwrap();
    let found = to_json(&filing);
    assert_eq!(found, expected, "{found:#}");
}

/// Boxes side by side with strokes of their own, a fraction, `-0-`, `N/A`.
#[test]
fn form_5_in_drawn_boxes() {
    check("five_drawn_boxes");
}

/// `<S>` and `<C>`, check boxes `/X/`, a date by its month's name, no explanation of responses.
#[test]
fn form_3_under_column_marks() {
    check("three_marked_columns");
}

/// An amendment of which only months are told; cells cut at bars.
#[test]
fn form_4_that_says_a_month_alone() {
    check("four_month_alone");
}

/// The whole page in one `<TABLE>`, its boxes in the columns of `<S>` and `<C>`; a state spelled out.
#[test]
fn form_4_in_one_table() {
    check("four_one_table");
}

/// Columns told by their places alone; notes of stars below the rows and of numbers among the explanations.
#[test]
fn form_4_in_aligned_columns() {
    check("four_aligned_columns");
}

/// `<TABLE>` around the whole page, boxes side by side without strokes or marks.
#[test]
fn form_4_with_a_table_around_all() {
    check("four_table_around_all");
}

/// Dashes below values and between boxes of several widths.
#[test]
fn form_5_in_dashed_boxes() {
    check("five_dashed_boxes");
}

/// A warrant that is exercisable at once; a name below the last footnote signs.
#[test]
fn form_3_that_tells_a_time_in_words() {
    check("three_time_in_words");
}

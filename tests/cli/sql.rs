use crate::program::{section16, stderr, stdout};

#[test]
fn views_stand_over_the_folder_that_was_named() {
    let output = section16(&["sql", "--dialect", "duckdb", "my [own] set/"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    let text = stdout(&output);
    for table in ["filings", "transactions"] {
        let path = format!("'my [[]own] set/{table}/**/*.parquet'");
        assert_eq!(text.matches(&path).count(), 1, "{text}");
    }
    assert_eq!(text.matches("CREATE OR REPLACE VIEW").count(), 21);
}

#[test]
fn without_a_folder_it_is_the_one_of_the_queries() {
    let text = stdout(&section16(&["sql"]));
    assert!(text.contains("read_parquet('./filings/**/*.parquet'"), "{text}");
}

#[test]
fn another_dialect_is_a_usage_error() {
    let output = section16(&["sql", "--dialect", "oracle"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("[possible values: duckdb]"), "{}", stderr(&output));
}

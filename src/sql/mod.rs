//! SQL over a data set: its tables, the SEC's, and what analysts ask first, as views.
//!
//! The statements stand in the files beside this one, each view with a comment that documents it.

const TABLES: &str = include_str!("duckdb/tables.sql");
const SEC: &str = include_str!("duckdb/sec.sql");
const ANALYSIS: &str = include_str!("duckdb/analysis.sql");

/// Statements for DuckDB that make views over the data set in `folder`.
///
/// The schema `section16` gets a view a table, and `filers`, `trades`, `trades_once`, `open_market` and `amendments`; the
/// schema `sec` gets the eight tables of the SEC's Insider Transactions Data Sets, by their names and columns. A relative
/// folder is one of the process that runs the queries; what DuckDB's `read_parquet` takes will do, such as `s3://bucket/insider`.
/// The folder's name is taken literally, whatever characters it has.
///
/// ```
/// let sql = section16::sql::duckdb("it's mine");
/// assert!(sql.contains("read_parquet('it''s mine/filings/**/*.parquet'"));
/// ```
pub fn duckdb(folder: &str) -> String {
    let folder = literal(folder);
    [TABLES, ANALYSIS, SEC].map(|part| part.replace("{folder}", &folder)).join("\n")
}

/// The folder inside a pattern in quotes: nothing in it is a quote or a wild card.
fn literal(folder: &str) -> String {
    let folder = match folder.trim_end_matches('/') {
        "" if folder.starts_with('/') => "/.",
        "" => ".",
        trimmed => trimmed,
    };
    let mut text = String::with_capacity(folder.len());
    for c in folder.chars() {
        match c {
            '\'' => text.push_str("''"),
            '[' | '*' | '?' => text.extend(['[', c, ']']),
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Table;
    use crate::schema::columns;
    use std::collections::BTreeSet;

    /// The names that stand after each `start`.
    fn named<'s>(sql: &'s str, start: &str) -> BTreeSet<&'s str> {
        let name = |rest: &'s str| rest.split_whitespace().next().unwrap();
        sql.lines().filter_map(|line| line.strip_prefix(start)).map(name).collect()
    }

    #[test]
    fn folders_are_literal() {
        for (folder, text) in [
            ("insider/", "insider"),
            ("", "."),
            ("/", "/."),
            ("it's [a] *?", "it''s [[]a] [*][?]"),
            ("s3://b/insider", "s3://b/insider"),
        ] {
            assert_eq!(literal(folder), text);
        }
        assert!(!duckdb("x").contains("{folder}"));
    }

    #[test]
    fn every_view_has_a_comment() {
        let sql = duckdb("x");
        let views = named(&sql, "CREATE OR REPLACE VIEW ");
        assert_eq!(views, named(&sql, "COMMENT ON VIEW "));
        assert_eq!(views.len(), Table::ALL.len() + 5 + 8);
        for table in Table::ALL {
            assert!(views.contains(&*format!("section16.{}", table.as_str())), "{table:?}");
        }
    }

    #[test]
    fn marks_stand_on_columns_that_there_are() {
        let columns: BTreeSet<_> = columns(Table::Transactions).iter().map(|c| c.name).collect();
        let marked = SEC.split("sec.as_marks(footnote_refs, '").skip(1);
        let marked: BTreeSet<_> = marked.map(|rest| rest.split('\'').next().unwrap()).collect();
        assert!(marked.len() == 20 && marked.is_subset(&columns), "{marked:?}");
    }
}

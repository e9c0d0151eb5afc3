//! CREATE TABLE statements in DuckDB's dialect.

use super::{meaning, types};
use section16::model::Table;
use section16::schema::{Column, columns};

/// A statement a table; every identifier is quoted.
pub fn sql(tables: &[Table]) -> String {
    tables.iter().map(|table| one(*table)).collect::<Vec<_>>().join("\n")
}

fn one(table: Table) -> String {
    let columns = columns(table);
    let lines: Vec<String> =
        columns.iter().enumerate().map(|(i, column)| line(column, i + 1 == columns.len())).collect();
    format!("-- {}.\nCREATE TABLE \"{}\" (\n{}\n);\n", meaning(table), table.as_str(), lines.join("\n"))
}

fn line(column: &Column, last: bool) -> String {
    let null = if column.nullable { "" } else { " NOT NULL" };
    let comma = if last { "" } else { "," };
    format!("  \"{}\" {}{null}{comma} -- {}", column.name, types::sql(column.column_type), column.meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden() {
        let golden = "\
-- One row a footnote.
CREATE TABLE \"footnotes\" (
  \"filing_id\" VARCHAR NOT NULL, -- The key that joins the tables
  \"accession_number\" VARCHAR, -- EDGAR's number of the submission, with dashes
  \"issuer_cik\" VARCHAR, -- The issuer, by the document, else by the header
  \"footnote_id\" VARCHAR, -- The mark, as F1
  \"footnote\" VARCHAR, -- The text
  \"filing_date\" DATE -- The day of filing
);
";
        assert_eq!(sql(&[Table::Footnotes]), golden);
    }

    #[test]
    fn a_meaning_never_ends_its_comment_early() {
        for column in Table::ALL.iter().flat_map(|table| columns(*table)) {
            assert!(!column.meaning.contains(['\n', '\r']), "{}", column.name);
        }
    }
}

//! Tables for documentation.

use super::{meaning, source, types};
use section16::model::Table;
use section16::schema::columns;

const ABOUT_ALL: &str = "\
# The tables

This page is what `section16 schema --format markdown` prints. `filing_id` joins the tables. In the column \"from\", a name alone is
an element of the ownership document, \"header\" a key of the submission's header, and `section16` what is worked out.

";

/// A heading and a table of columns for each table. All tables are a page of their own.
pub fn markdown(tables: &[Table]) -> String {
    let about = if tables.len() == Table::ALL.len() { ABOUT_ALL } else { "" };
    about.to_owned() + &tables.iter().map(|table| one(*table)).collect::<Vec<_>>().join("\n")
}

fn one(table: Table) -> String {
    let mut text = format!(
        "## {}\n\n{}.\n\n| column | type | null | from | meaning |\n|---|---|---|---|---|\n",
        table.as_str(),
        meaning(table),
    );
    for column in columns(table) {
        let null = if column.nullable { "yes" } else { "no" };
        let cells = [
            format!("`{}`", column.name),
            format!("`{}`", types::arrow(column.column_type)),
            null.to_owned(),
            format!("`{}`", source(column)),
            column.meaning.replace('|', "\\|"),
        ];
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_five_cells() {
        let text = markdown(&Table::ALL);
        assert_eq!(text.lines().filter(|line| line.starts_with("## ")).count(), Table::ALL.len());
        for line in text.lines().filter(|line| line.starts_with('|')) {
            assert_eq!(line.replace("\\|", "").matches('|').count(), 6, "{line}");
        }
        let line = "| `signature_index` | `Int32` | no | `section16` | From 0, in document order |";
        assert!(text.lines().any(|l| l == line), "{text}");
    }
}

//! The tables and their columns, printed.

mod json;
mod markdown;
mod sql;
mod text;
mod types;

use crate::args::SchemaFormat;
use crate::paint::Paint;
use section16::model::Table;
use section16::schema::{Column, Origin};

/// The tables in the format asked for.
pub fn schema_text(tables: &[Table], format: SchemaFormat, width: usize, paint: Paint) -> String {
    match format {
        SchemaFormat::Text => text::text(tables, width, paint),
        SchemaFormat::Json => json::json(tables),
        SchemaFormat::Markdown => markdown::markdown(tables),
        SchemaFormat::Sql => sql::sql(tables),
    }
}

/// What a table holds.
fn meaning(table: Table) -> &'static str {
    match table {
        Table::Filings => "One row a filing",
        Table::ReportingOwners => "One row a reporting owner of a filing",
        Table::Transactions => "One row a transaction of Table I or Table II",
        Table::Holdings => "One row a holding of Table I or Table II",
        Table::Footnotes => "One row a footnote",
        Table::Signatures => "One row a signature",
        Table::Diagnostics => "One row for each thing that was repaired, doubted or left null",
        Table::Rejects => "One row for each entry that gave no filing although it should have",
    }
}

/// Where the column's value comes from: `<issuerCik>`, `header: FILED AS OF DATE`, `section16`.
fn source(column: &Column) -> String {
    match column.origin {
        Origin::Element(name) => format!("<{name}>"),
        Origin::Header(key) => format!("header: {key}"),
        Origin::Derived => "section16".to_owned(),
    }
}

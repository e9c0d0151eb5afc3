use super::values;
use clap::{Args, ValueEnum};
use section16::model::Table;

/// What was typed after `section16 schema`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 schema
  section16 schema --table transactions
  section16 schema --format sql | duckdb insiders.db
  section16 schema --format markdown > docs/schema.md")]
pub struct SchemaArgs {
    /// One table only
    #[arg(long, value_name = "TABLE", value_parser = values::table)]
    pub table: Option<Table>,

    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: SchemaFormat,
}

/// How the schema is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaFormat {
    /// Aligned columns for a person
    #[default]
    Text,
    /// One JSON document
    Json,
    /// Tables for documentation
    Markdown,
    /// CREATE TABLE statements for DuckDB
    Sql,
}

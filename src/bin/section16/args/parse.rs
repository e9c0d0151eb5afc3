use super::{ReadArgs, values};
use clap::{Args, ValueEnum, ValueHint};
use section16::model::Table;
use std::path::PathBuf;

/// What was typed after `section16 parse`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 parse edgar/ --table transactions --format ndjson | head
  section16 parse day.nc.tar.gz --table filings --format csv -o filings.csv
  section16 parse archive.zip --table transactions --format arrow-stream | python3 -c \\
    'import sys, pyarrow as pa; print(pa.ipc.open_stream(sys.stdin.buffer).read_all())'
  section16 parse edgar/ --table all | jq -c '.filings[] + {owners: .reporting_owners}'

Rows come as they are read, a batch at a time: with --threads 1 in the order in which files are found, else in no order, the rows of \
a filing always together. Memory does not grow with the input. A filing that the input holds several times comes several \
times: only `convert` keeps one. Columns, their order and types are those of `section16 schema`; in CSV, lists are JSON. \
`--table all` prints a row for each filing and each reject, with a list for each table: the rows that the filing has in it. Before \
them stand `source_entry`, the number of the entry in its file, and `source_rank`, 0 for XML, 1 for HTML, 2 for text: of several \
copies the first by rank, path, entry and offset is the one that `convert` keeps.
Exit codes: 0 done, also where the reader closes the pipe; 1 failed; 2 usage; 3 done, but some entries were rejected.")]
pub struct ParseArgs {
    #[command(flatten)]
    pub read: ReadArgs,

    /// The table to print, or `all` for all of them at once
    #[arg(short, long, value_name = "TABLE", value_parser = selection)]
    pub table: Selection,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: StreamFormat,

    /// Write to a file, which gets its name when it is whole
    #[arg(short, long, value_name = "FILE", value_parser = values::local(), value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The rows of a table.
    One(Table),
    /// A row an entry, with its rows of all tables.
    All,
}

fn selection(name: &str) -> Result<Selection, String> {
    match name {
        "all" => Ok(Selection::All),
        _ => values::table(name).map(Selection::One).map_err(|message| format!("{message}; or all")),
    }
}

/// How a table is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum StreamFormat {
    /// Arrow's IPC stream: every type as it is
    ArrowStream,
    /// A JSON object a line
    #[default]
    Ndjson,
    /// Comma-separated values, with a line of names
    Csv,
}

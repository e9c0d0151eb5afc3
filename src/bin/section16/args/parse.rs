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

Rows come as they are read, a batch at a time: with --threads 1 in the order in which files are found, else in no order, the rows of
a filing always together. Memory does not grow with the input. A filing that the input holds several times comes several
times: only `convert` keeps one. Columns, their order and types are those of `section16 schema`; in CSV, lists are JSON.
Exit codes: 0 done, also where the reader closes the pipe; 1 failed; 2 usage; 3 done, but some entries were rejected.")]
pub struct ParseArgs {
    #[command(flatten)]
    pub read: ReadArgs,

    /// The table to print
    #[arg(short, long, value_name = "TABLE", value_parser = values::table)]
    pub table: Table,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: StreamFormat,

    /// Write to a file, which gets its name when it is whole
    #[arg(short, long, value_name = "FILE", value_parser = values::local(), value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
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

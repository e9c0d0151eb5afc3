use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

/// What was typed after `section16 sql`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 sql insiders | duckdb insiders.db
  section16 sql --dialect duckdb /data/insiders > views.sql
  duckdb insiders.db \"SELECT * FROM section16.open_market LIMIT 5\"
  duckdb insiders.db \"SELECT * FROM sec.NONDERIV_TRANS LIMIT 5\"

Schema section16: the tables, and filers, trades, trades_once, open_market, amendments. Schema sec: the eight tables of the \
SEC's Insider Transactions Data Sets. Every view has a comment: SELECT view_name, comment FROM duckdb_views().")]
pub struct SqlArgs {
    /// The data set; a relative folder is one of where the queries run
    #[arg(value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    /// Whose SQL to print
    #[arg(long, value_name = "DIALECT", value_enum, default_value_t)]
    pub dialect: Dialect,
}

/// Whose SQL is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    /// DuckDB
    #[default]
    Duckdb,
}

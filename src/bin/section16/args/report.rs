use super::values;
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// What was typed after `section16 report`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 report insiders -o report.html
  section16 report insiders > report.html

The page is one file with plots: filings a month by form, transactions by code, open-market buys against sales, the issuers with most \
filings, the share of null a column, diagnostics and rejects by code.")]
pub struct ReportArgs {
    /// The folder of the data set
    #[arg(value_name = "DIR", value_parser = values::local(), value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    /// The page to write [default: standard output]
    #[arg(short, long, value_name = "FILE", value_parser = values::local(), value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

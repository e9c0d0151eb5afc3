use super::LimitArgs;
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// What was typed after `section16 inspect`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 inspect 0001234567-25-000012.txt
  section16 inspect day.nc.tar.gz | less
  section16 inspect form4.xml --json | jq .nonDerivativeTable

Any file will do that `convert` reads: submissions, bare XML, archives. With --json, standard output carries one object a \
filing and standard error names everything else.
Exit codes: 0 done; 1 failed; 2 usage; 3 done, but some entries were rejected.")]
pub struct InspectArgs {
    /// Files, folders and archives to read
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,

    /// Print one JSON object a line for each filing
    #[arg(long)]
    pub json: bool,

    #[command(flatten)]
    pub limits: LimitArgs,
}

use super::{ThreadArgs, WriteArgs, values};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// What was typed after `section16 compact`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 compact insiders
  section16 compact insiders --memory 1GiB --compression zstd:3

Every run with --append adds files to the folders that get rows. This merges those of each folder into one, with its rows in \
the order of a data set that was made at once. A run that is killed changes nothing, or is brought to its end by the next.
Exit codes: 0 done; 1 failed; 2 usage.")]
pub struct CompactArgs {
    /// The folder of the data set
    #[arg(value_name = "DIR", value_parser = values::local(), value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub threads: ThreadArgs,
}

use super::{ThreadArgs, values};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// What was typed after `section16 verify`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 verify insiders
  section16 verify insiders && echo sound

Every file must be there with the bytes, checksum, rows and columns that were written; rows must be in order and in their folder; no \
filing may be there twice, and no row without its filing. What is wrong is printed, a line each.
Exit codes: 0 sound; 1 something is wrong; 2 usage.")]
pub struct VerifyArgs {
    /// The folder of the data set
    #[arg(value_name = "DIR", value_parser = values::local(), value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    #[command(flatten)]
    pub threads: ThreadArgs,
}

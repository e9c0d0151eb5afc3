use super::values;
use clap::{Args, ValueHint};
use section16::sink::{self, Compression};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What was typed after `section16 compact`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 compact insiders
  section16 compact insiders --memory 1GiB --compression zstd:3

Every run with --append adds files to the folders that get rows. This merges those of each folder into one, with its rows in
the order of a data set that was made at once. A run that is killed changes nothing, or is brought to its end by the next.
Exit codes: 0 done; 1 failed; 2 usage.")]
pub struct CompactArgs {
    /// The folder of the data set
    #[arg(value_name = "DIR", value_parser = values::local(), value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    /// auto (snappy in small files, zstd in others), zstd[:LEVEL], snappy, lz4, none
    #[arg(long, value_name = "CODEC", default_value_t, value_parser = values::of_library::<Compression>, env = "SECTION16_COMPRESSION", hide_env_values = true)]
    pub compression: Compression,

    /// Memory for rows until they are written; what is above it is spilled to disk
    #[arg(
        long, value_name = "SIZE", default_value = "128MiB", value_parser = values::size,
        env = "SECTION16_MEMORY", hide_env_values = true
    )]
    pub memory: usize,

    /// Threads [default: one a core]
    #[arg(long, value_name = "N", value_parser = values::threads, env = "SECTION16_THREADS", hide_env_values = true)]
    pub threads: Option<NonZeroUsize>,
}

impl CompactArgs {
    /// What the library is asked for.
    pub fn options(&self) -> sink::Options {
        sink::Options { compression: self.compression, memory: self.memory, ..sink::Options::default() }
    }
}

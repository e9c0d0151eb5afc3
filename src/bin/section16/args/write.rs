use super::values;
use clap::Args;
use section16::sink::{self, Compression};

/// How rows are written, whoever writes them.
#[derive(Args, Clone, Copy, Debug)]
pub struct WriteArgs {
    /// auto (snappy in small files, zstd in others), zstd[:LEVEL], snappy, lz4, none
    #[arg(
        long, value_name = "CODEC", default_value_t, value_parser = values::of_library::<Compression>,
        help_heading = "Output", env = "SECTION16_COMPRESSION", hide_env_values = true)]
    pub compression: Compression,

    /// Memory for rows until they are written; what is above it is spilled to disk
    #[arg(
        long, value_name = "SIZE", default_value = "128MiB", value_parser = values::size,
        env = "SECTION16_MEMORY", hide_env_values = true, help_heading = "Resources"
    )]
    pub memory: usize,
}

impl WriteArgs {
    /// What the library is asked for.
    pub fn options(&self) -> sink::Options {
        sink::Options { compression: self.compression, memory: self.memory, ..sink::Options::default() }
    }
}

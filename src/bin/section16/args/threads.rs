use super::values;
use clap::Args;
use std::num::NonZeroUsize;

/// How many threads work.
#[derive(Args, Clone, Copy, Debug)]
pub struct ThreadArgs {
    /// Threads [default: one a core]
    #[arg(
        long,
        value_name = "N",
        value_parser = values::threads,
        env = "SECTION16_THREADS",
        hide_env_values = true,
        help_heading = "Resources"
    )]
    pub threads: Option<NonZeroUsize>,
}

use super::values;
use clap::Args;
use section16::{parse, source};

/// What input may cost. What goes beyond a limit is a reject with a code of its own, and the rest is read.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitArgs {
    /// The largest submission that is read (entry-too-large)
    #[arg(
        long, value_name = "SIZE", default_value = "64MiB", value_parser = values::size, help_heading = "Limits", env = "SECTION16_MAX_ENTRY", hide_env_values = true)]
    pub max_entry: usize,

    /// The largest printed form that is read, as text (printed-too-large)
    #[arg(
        long, value_name = "SIZE", default_value = "2MiB", value_parser = values::size, help_heading = "Limits", env = "SECTION16_MAX_PRINTED", hide_env_values = true)]
    pub max_printed: usize,

    /// The longest single text, tag or attribute in a filing (value-too-large)
    #[arg(
        long, value_name = "SIZE", default_value = "1MiB", value_parser = values::size, help_heading = "Limits", env = "SECTION16_MAX_VALUE", hide_env_values = true)]
    pub max_value: usize,

    /// Owners, rows, footnotes, signatures and marks of a filing (too-many-records)
    #[arg(long, value_name = "N", default_value_t = parse::Limits::default().max_records, help_heading = "Limits", env = "SECTION16_MAX_RECORDS", hide_env_values = true)]
    pub max_records: usize,

    /// Compressions and archives in one another (nested-too-deep)
    #[arg(long, value_name = "N", default_value_t = source::Limits::default().max_depth, help_heading = "Limits", env = "SECTION16_MAX_DEPTH", hide_env_values = true)]
    pub max_depth: usize,

    /// Bytes out of a compression for a byte that went in, from 1 GiB on (expansion-too-large)
    #[arg(long, value_name = "N", default_value_t = source::Limits::default().max_expansion, help_heading = "Limits", env = "SECTION16_MAX_RATIO", hide_env_values = true)]
    pub max_ratio: u64,

    /// The window that zstd or xz may ask for (window-too-large)
    #[arg(
        long, value_name = "SIZE", default_value = "64MiB", value_parser = values::size, help_heading = "Limits", env = "SECTION16_MAX_WINDOW", hide_env_values = true)]
    pub max_window: usize,
}

impl LimitArgs {
    /// What a file may cost.
    pub fn of_files(&self) -> source::Limits {
        source::Limits {
            max_depth: self.max_depth,
            max_expansion: self.max_ratio,
            max_window: self.max_window as u64,
            ..source::Limits::default()
        }
    }

    /// What an entry may cost.
    pub fn of_entries(&self) -> parse::Limits {
        parse::Limits {
            max_entry: self.max_entry,
            max_printed: self.max_printed,
            max_records: self.max_records,
            max_value: self.max_value,
        }
    }
}

//! What was typed, before it means anything: one file a command.

mod bench;
mod compact;
mod completions;
mod convert;
mod inspect;
mod limits;
mod man;
mod parse;
mod read;
mod report;
mod schema;
mod sql;
mod synth;
mod threads;
mod values;
mod verify;
mod write;

pub use bench::BenchArgs;
pub use compact::CompactArgs;
pub use completions::CompletionsArgs;
pub use convert::{ConvertArgs, ProgressMode, ReportFormat};
pub use inspect::InspectArgs;
pub use limits::LimitArgs;
pub use man::ManArgs;
pub use parse::{ParseArgs, Selection, StreamFormat};
pub use read::ReadArgs;
pub use report::ReportArgs;
pub use schema::{SchemaArgs, SchemaFormat};
pub use sql::{Dialect, SqlArgs};
pub use synth::SynthArgs;
pub use threads::ThreadArgs;
pub use verify::VerifyArgs;
pub use write::WriteArgs;

use clap::builder::Styles;
use clap::builder::styling::{AnsiColor, Effects};
use clap::{Parser, Subcommand, ValueEnum};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .usage(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .literal(AnsiColor::Cyan.on_default().effects(Effects::BOLD))
    .placeholder(AnsiColor::Cyan.on_default());

/// Turns EDGAR dumps of insider filings (SEC Forms 3, 4 and 5) into clean, typed Parquet.
#[derive(Debug, Parser)]
#[command(
    name = "section16",
    version,
    propagate_version = true,
    styles = STYLES,
    max_term_width = 110,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  section16 convert edgar/ -o insiders
  section16 inspect 0001234567-25-000012.txt
  section16 schema --table transactions

Exit codes: 0 done; 1 failed; 2 usage; 3 done, but some entries were rejected.
`section16 COMMAND --help` tells more, with examples."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,

    /// How messages and the final report are written on standard error
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        global = true,
        help_heading = "Display",
        env = "SECTION16_LOG_FORMAT",
        hide_env_values = true
    )]
    pub log_format: LogFormat,
}

/// How messages are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For a person
    #[default]
    Text,
    /// A JSON object a line
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Convert files, folders and archives of filings to Parquet
    Convert(Box<ConvertArgs>),
    /// Print one table as Arrow, JSON or CSV, without writing a data set
    Parse(Box<ParseArgs>),
    /// Check that a data set is whole and sound
    Verify(VerifyArgs),
    /// Merge the files that --append has added
    Compact(CompactArgs),
    /// Draw a data set: one page with plots
    Report(ReportArgs),
    /// Show what section16 reads in a filing
    Inspect(InspectArgs),
    /// Show the tables: columns, types, meaning, source
    Schema(SchemaArgs),
    /// Print SQL that makes views over a data set: the SEC's tables, trades, amendments
    Sql(SqlArgs),
    /// Measure how fast this machine converts, stage by stage
    Bench(Box<BenchArgs>),
    /// Make an archive of invented filings, to try things out
    Synth(SynthArgs),
    /// Print what a shell needs to complete command lines
    Completions(CompletionsArgs),
    /// Write manual pages
    Man(ManArgs),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn variables_of_the_environment_are_named_as_options() {
        let mut named = 0;
        for command in Cli::command().get_subcommands() {
            for arg in command.get_arguments() {
                if let (Some(variable), Some(long)) = (arg.get_env(), arg.get_long()) {
                    let name = format!("SECTION16_{}", long.to_uppercase().replace('-', "_"));
                    assert_eq!(variable.to_str(), Some(&*name));
                    named += 1;
                }
            }
        }
        assert!(named > 20, "{named}");
    }

    #[test]
    fn every_command_has_examples() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let example = format!("Examples:\n  section16 {}", command.get_name());
            assert!(help.starts_with(&example), "{}: {help}", command.get_name());
        }
    }
}

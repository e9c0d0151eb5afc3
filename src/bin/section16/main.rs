//! The program `section16`: arguments in, exit code out. All work is the library's.

mod allocator;
mod args;
mod bench_text;
mod commands;
mod exit;
mod failure;
mod grid;
mod inspect_text;
mod interrupt;
mod log;
mod paint;
mod progress;
mod report_text;
mod schema_text;
mod stream;
mod sums;
mod synth_text;
mod terminal;
mod typed;
mod units;
mod wrap;

use allocator::BySize;
use args::Cli;
use clap::Parser;
use clap::error::ErrorKind;
use exit::Exit;
use log::Level;
use std::io::{Write, stderr};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: BySize = BySize;

fn main() -> ExitCode {
    let exit = match Cli::try_parse() {
        Ok(cli) => run(&cli),
        Err(error) => explain(&error),
    };
    exit.into()
}

/// Runs the command and says on standard error why it could not.
fn run(cli: &Cli) -> Exit {
    commands::run(&cli.command, cli.log_format).unwrap_or_else(|failure| {
        let exit = failure.exit();
        if exit != Exit::Done {
            cli.log_format.say(Level::Error, &failure.to_string());
        }
        exit
    })
}

/// Prints help or version, which were asked for, or what is wrong with the command line.
fn explain(error: &clap::Error) -> Exit {
    let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let bare = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    // Where it cannot be printed there is nobody to tell.
    if !asked_for && !bare {
        let _ = write!(stderr(), "section16: ");
    }
    let _ = error.print();
    if asked_for { Exit::Done } else { Exit::Usage }
}

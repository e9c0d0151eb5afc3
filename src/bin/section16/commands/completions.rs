//! `section16 completions`: what a shell needs to complete command lines.

use crate::args::{Cli, CompletionsArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use clap::CommandFactory;
use std::io::Write;

/// Prints the shell's script to `out`.
pub fn completions(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    // Made first: what generates it takes a failed write for a defect.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "section16", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Done)
}

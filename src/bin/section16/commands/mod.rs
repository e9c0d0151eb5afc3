//! What each command does: one file a command.

mod schema;

use crate::args::Command;
use crate::exit::Exit;
use crate::failure::Failure;
use std::io::{BufWriter, Write, stdout};

/// Runs a command with standard output buffered.
pub fn run(command: &Command) -> Result<Exit, Failure> {
    let mut out = BufWriter::new(stdout().lock());
    let exit = match command {
        Command::Schema(args) => schema::schema(args, &mut out),
    }?;
    out.flush()?;
    Ok(exit)
}

//! What each command does: one file a command.

mod bench;
mod compact;
mod completions;
mod convert;
mod data_set;
mod inspect;
mod man;
mod parse;
mod report;
mod schema;
mod sql;
mod synth;
mod verify;

use crate::args::{Command, LogFormat};
use crate::exit::Exit;
use crate::failure::Failure;
use std::io::{BufWriter, Write, stdout};

/// Runs a command with standard output buffered.
pub fn run(command: &Command, log: LogFormat) -> Result<Exit, Failure> {
    let mut out = BufWriter::new(stdout());
    let result = match command {
        Command::Convert(args) => convert::convert(args, log, &mut out),
        Command::Parse(args) => parse::parse(args, log),
        Command::Verify(args) => verify::verify(args, &mut out),
        Command::Compact(args) => compact::compact(args, &mut out),
        Command::Report(args) => report::report(args, &mut out),
        Command::Inspect(args) => inspect::inspect(args, log, &mut out),
        Command::Schema(args) => schema::schema(args, &mut out),
        Command::Sql(args) => sql::sql(args, &mut out),
        Command::Bench(args) => bench::bench(args, log, &mut out),
        Command::Synth(args) => synth::synth(args, &mut out),
        Command::Completions(args) => completions::completions(args, &mut out),
        Command::Man(args) => man::man(args, &mut out),
    };
    let flushed = out.flush();
    let exit = result?;
    flushed?;
    Ok(exit)
}

//! `section16 verify`: whether a data set is whole and sound.

use crate::args::VerifyArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::stop_on_signal;
use crate::terminal;
use crate::units::count;
use section16::pipeline::{self, Monitor};
use std::io::Write;
use std::sync::Arc;

/// Reads all of the data set, and prints what is wrong, or that nothing is, to `out`.
pub fn verify(args: &VerifyArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let monitor = Arc::new(Monitor::new());
    stop_on_signal(&monitor);
    let verified = pipeline::verify(&args.folder, args.threads.threads, &monitor)?;
    for problem in &verified.problems {
        let line = format!("{}: {}", problem.path.display(), problem.message);
        writeln!(out, "{}", terminal::plain(&line))?;
    }
    let (files, rows) = (count(verified.files), count(verified.rows));
    match verified.problems.len() as u64 {
        0 => {
            writeln!(out, "{}: sound; {files} files, {rows} rows", args.folder.display())?;
            Ok(Exit::Done)
        }
        problems => {
            let noun = if problems == 1 { "problem" } else { "problems" };
            let message = format!("{} {noun} in {}", count(problems), args.folder.display());
            Err(Failure::Incomplete(message))
        }
    }
}

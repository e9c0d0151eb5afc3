//! `section16 compact`: merges the files that runs with `--append` have added.

use crate::args::CompactArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::stop_on_signal;
use crate::units::count;
use section16::pipeline::{self, Monitor};
use std::io::Write;
use std::sync::Arc;

/// Merges, and prints how many files there are now to `out`.
pub fn compact(args: &CompactArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let monitor = Arc::new(Monitor::new());
    stop_on_signal(&monitor);
    let done = pipeline::compact(&args.folder, args.threads, &args.options(), &monitor)?;
    let (before, after) = (count(done.files_before), count(done.files_after));
    if before == after {
        writeln!(out, "{}: no folder has several files, {after} in all", args.folder.display())?;
    } else {
        writeln!(out, "{}: {before} files became {after}", args.folder.display())?;
    }
    Ok(Exit::Done)
}

//! `section16 compact`: merges the files that runs with `--append` have added.

use crate::args::CompactArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::stop_on_signal;
use crate::units::count;
use section16::pipeline::{self, Monitor};
use section16::{Error, ErrorKind};
use std::io::Write;
use std::sync::Arc;

/// Merges, and prints how many files there are now to `out`.
pub fn compact(args: &CompactArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let monitor = Arc::new(Monitor::new());
    stop_on_signal(&monitor);
    let done = pipeline::compact(&args.folder, args.threads.threads, &args.write.options(), &monitor)
        .map_err(|error| explain(error, args))?;
    let (before, after) = (count(done.files_before), count(done.files_after));
    if before == after {
        writeln!(out, "{}: no folder has several files, {after} in all", args.folder.display())?;
    } else {
        writeln!(out, "{}: {before} files became {after}", args.folder.display())?;
    }
    Ok(Exit::Done)
}

/// A run that was told to stop has changed nothing.
fn explain(error: Error, args: &CompactArgs) -> Failure {
    if !matches!(error.kind(), ErrorKind::Interrupted) {
        return error.into();
    }
    let folder = args.folder.display();
    Failure::Incomplete(format!(
        "interrupted; {folder} is as it was; the same command begins to merge its files anew"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Cli, Command};
    use clap::Parser;

    #[test]
    fn an_interrupted_run_says_what_is_there_and_how_to_go_on() {
        let Command::Compact(args) = Cli::try_parse_from(["section16", "compact", "out"]).unwrap().command
        else {
            panic!()
        };
        let told = explain(ErrorKind::Interrupted.into(), &args).to_string();
        assert_eq!(told, "interrupted; out is as it was; the same command begins to merge its files anew");
        let other = explain(ErrorKind::Defect("odd".to_owned()).into(), &args);
        assert!(matches!(other, Failure::Library(_)));
    }
}

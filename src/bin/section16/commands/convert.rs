//! `section16 convert`: the main job.

use super::data_set;
use crate::args::{ConvertArgs, LogFormat, ReportFormat};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::stop_on_signal;
use crate::log::Level;
use crate::paint::Paint;
use crate::progress;
use crate::report_text::{Finished, report_text};
use crate::terminal;
use crate::typed::{typed_with, typed_with_and_without};
use crate::units::count;
use section16::pipeline::{self, ConvertOptions, Monitor, Report};
use section16::sink::kept_in;
use section16::store::Address;
use section16::{Error, ErrorKind};
use std::io::Write;
use std::sync::Arc;

/// Converts, shows progress on standard error, and prints the report to `out`.
pub fn convert(args: &ConvertArgs, log: LogFormat, out: &mut dyn Write) -> Result<Exit, Failure> {
    let options = args.options()?;
    let found = args.discover()?;
    let monitor = Arc::new(Monitor::new());
    stop_on_signal(&monitor);
    let run = || pipeline::convert(found, &args.output, &options, &monitor);
    let report = match progress::shown(&monitor, args.progress, log, run) {
        Err(error) if matches!(error.kind(), ErrorKind::NothingToResume { .. }) => {
            let message = format!("{error}; --overwrite replaces it, --append adds to it");
            log.say(Level::Info, &message);
            return Ok(Exit::Done);
        }
        result => result.map_err(|error| explain(error, args, &options))?,
    };
    log.report(&report);
    print(&report, args, out)?;
    match report.rejected() {
        n if n > 0 && args.strict => {
            let entries = if n == 1 { "entry was" } else { "entries were" };
            Err(Failure::Incomplete(format!("{} {entries} rejected, and --strict allows none", count(n))))
        }
        n => Ok(Exit::after_rejects(n)),
    }
}

fn print(report: &Report, args: &ConvertArgs, out: &mut dyn Write) -> Result<(), Failure> {
    match args.report {
        ReportFormat::Json => writeln!(out, "{}", report.to_json())?,
        ReportFormat::Text => {
            let run = Finished { report, output: &args.output, layout: args.partition };
            let paint = Paint::new(terminal::stdout_has_colour());
            let width = terminal::width().unwrap_or(terminal::WIDTH_OF_FILES);
            out.write_all(report_text(run, width, paint).as_bytes())?;
        }
    }
    Ok(())
}

/// Says what a run that failed leaves: the output as it was, what is kept of the run, and the command that goes on.
fn explain(error: Error, args: &ConvertArgs, options: &ConvertOptions) -> Failure {
    let command = match error.kind() {
        // With the same limit it would fail again.
        ErrorKind::TooManyRejects { .. } => typed_with_and_without("--resume", "--max-rejects"),
        _ => typed_with("--resume"),
    };
    let message = match error.kind() {
        ErrorKind::Interrupted if Address::of(&args.output).is_some() => "interrupted".to_owned(),
        ErrorKind::Interrupted => {
            let what_is_there = if data_set::is_there(&args.output) {
                "still holds the data set of an earlier run"
            } else {
                "holds no data"
            };
            format!("interrupted; {} {what_is_there}", args.output.display())
        }
        ErrorKind::Io { .. }
        | ErrorKind::Parquet { .. }
        | ErrorKind::Arrow(_)
        | ErrorKind::TooManyRejects { .. }
        | ErrorKind::Defect(_) => Failure::Library(error).to_string(),
        // These were found before anything was done, or say themselves how to go on.
        _ => return error.into(),
    };
    Failure::Incomplete(match kept_in(&options.sink.folder(&args.output)) {
        Ok(Some(kept)) => format!("{message}; {kept}: go on with `{command}`"),
        // What cannot be looked at cannot be gone on with.
        Ok(None) | Err(_) => format!("{message}; nothing of this run is kept"),
    })
}

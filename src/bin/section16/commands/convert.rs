//! `section16 convert`: the main job.

use super::data_set;
use crate::args::{ConvertArgs, ReportFormat};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::stop_on_signal;
use crate::paint::Paint;
use crate::progress;
use crate::report_text::{Finished, report_text};
use crate::terminal;
use crate::units::count;
use section16::pipeline::{self, Monitor, Report};
use section16::{Error, ErrorKind};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Converts, shows progress on standard error, and prints the report to `out`.
pub fn convert(args: &ConvertArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let options = args.options()?;
    let found = args.discover()?;
    let monitor = Arc::new(Monitor::new());
    stop_on_signal(&monitor);
    let run = || pipeline::convert(found, &args.output, &options, &monitor);
    let report = match progress::shown(&monitor, args.progress, run) {
        Err(error) if matches!(error.kind(), ErrorKind::NothingToResume { .. }) => {
            terminal::say(&format!("{error}; --overwrite replaces it, --append adds to it"));
            return Ok(Exit::Done);
        }
        result => result.map_err(|error| explain(error, &args.output))?,
    };
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

/// Says what an interrupted run leaves: the output as it was, and what --resume goes on with.
fn explain(error: Error, output: &Path) -> Failure {
    if !matches!(error.kind(), ErrorKind::Interrupted) {
        return error.into();
    }
    let what_is_there = if data_set::is_there(output) {
        "still holds the data set of an earlier run"
    } else {
        "holds no data"
    };
    let how_to_go_on =
        if data_set::is_unfinished(output) { "; the same command with --resume goes on" } else { "" };
    Failure::Incomplete(format!("interrupted; {} {what_is_there}{how_to_go_on}", output.display()))
}

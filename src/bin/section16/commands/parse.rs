//! `section16 parse`: one table as a stream.

use crate::args::{LogFormat, ParseArgs, Selection, StreamFormat};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::stop_on_signal;
use crate::log::Level;
use crate::stream::Stream;
use crate::units::count;
use section16::pipeline::{Monitor, Report, batches, entries};
use section16::schema::{arrow_schema, entry_schema};
use section16::{Error, ErrorKind};
use std::io;
use std::sync::Arc;

/// Writes the table to standard output or a file, and says on standard error what was rejected.
pub fn parse(args: &ParseArgs, log: LogFormat) -> Result<Exit, Failure> {
    match stream(args) {
        Ok(report) => {
            if report.rejected() > 0 {
                log.say(Level::Info, &rejected(&report));
            }
            log.report(&report);
            Ok(Exit::after_rejects(report.rejected()))
        }
        Err(Failure::Library(error)) if has_seen_enough(&error) => Ok(Exit::Done),
        Err(failure) => Err(failure),
    }
}

fn stream(args: &ParseArgs) -> Result<Report, Failure> {
    if (args.table, args.format) == (Selection::All, StreamFormat::Csv) {
        let message = "--format csv has no place for the rows of all tables: choose ndjson or arrow-stream";
        return Err(Failure::Usage(message.to_owned()));
    }
    let options = args.read.options()?;
    let found = args.read.discover()?;
    let monitor = Arc::new(Monitor::new());
    if args.output.is_some() {
        // What is there of the file is removed. A stream to standard output has nothing to clean up.
        stop_on_signal(&monitor);
    }
    let schema = match args.table {
        Selection::One(table) => arrow_schema(table),
        Selection::All => entry_schema(),
    };
    let stream = Stream::open(&schema, args.format, args.output.as_deref())?;
    let report = match args.table {
        Selection::One(wanted) => batches(found, &options, &monitor, &|table, batch| {
            if table == wanted { stream.write(&batch) } else { Ok(()) }
        }),
        Selection::All => entries(found, &options, &monitor, &|batch| stream.write(&batch)),
    }?;
    stream.finish()?;
    Ok(report)
}

/// Whether the reader of a pipe has gone.
fn has_seen_enough(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
}

fn rejected(report: &Report) -> String {
    let entries = if report.rejected() == 1 { "entry was" } else { "entries were" };
    let reasons: Vec<String> =
        report.rejects.iter().map(|(reason, n)| format!("{} {}", reason.as_str(), count(*n))).collect();
    format!(
        "{} {entries} rejected: {}; `--table rejects` names each",
        count(report.rejected()),
        reasons.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use section16::Reason;

    #[test]
    fn rejects_are_counted_by_reason() {
        let mut report = Report::default();
        report.rejects.insert(Reason::NoDocument, 1);
        assert_eq!(rejected(&report), "1 entry was rejected: no-document 1; `--table rejects` names each");
        report.rejects.insert(Reason::EntryTooLarge, 2000);
        let text = rejected(&report);
        assert!(text.starts_with("2,001 entries were rejected: "), "{text}");
        assert!(text.contains("entry-too-large 2,000"), "{text}");
    }
}

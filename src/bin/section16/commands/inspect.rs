//! `section16 inspect`: what section16 reads in a filing.

use crate::args::{InspectArgs, LogFormat};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inspect_text::{Layout, filing_text, other_text, reject_text};
use crate::log::Level;
use crate::paint::Paint;
use crate::terminal;
use section16::model::{Filing, Origin};
use section16::parse::submission::Outcome;
use section16::pipeline::{Monitor, ReadOptions, visit};
use section16::shape;
use section16::source::Discover;
use std::io::{self, Write};
use std::ops::ControlFlow;

/// Prints every filing to `out`; with `--json` all else goes to standard error.
pub fn inspect(args: &InspectArgs, log: LogFormat, out: &mut dyn Write) -> Result<Exit, Failure> {
    let layout = Layout {
        width: terminal::width().unwrap_or(terminal::WIDTH_OF_FILES),
        paint: Paint::new(terminal::stdout_has_colour()),
    };
    let mut printer = Printer { out, json: args.json, log, layout, rejected: 0, printed: false };
    let mut written = Ok(());
    let found = Discover::new(args.files.iter().cloned())?;
    let options = ReadOptions {
        limits: args.limits.of_files(),
        entry_limits: args.limits.of_entries(),
        ..ReadOptions::default()
    };
    visit(found, &options, &Monitor::new(), &mut |origin, outcome| {
        written = printer.print(origin, &outcome);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written?;
    Ok(Exit::after_rejects(printer.rejected))
}

struct Printer<'o> {
    out: &'o mut dyn Write,
    json: bool,
    log: LogFormat,
    layout: Layout,
    rejected: u64,
    /// Whether a filing was printed: the next thing is set off by an empty line.
    printed: bool,
}

impl Printer<'_> {
    fn print(&mut self, origin: &Origin, outcome: &Outcome) -> io::Result<()> {
        match outcome {
            Outcome::Filing(filing) => self.filing(origin, filing),
            Outcome::Reject(reject) => {
                self.rejected += 1;
                self.note(&reject_text(reject, origin))
            }
            Outcome::Other(form) if form.starts_with('(') => {
                self.note(&other_text(&format!("no submission {form}"), origin))
            }
            Outcome::Other(form) => self.note(&other_text(&format!("Form {form}, passed over"), origin)),
            Outcome::Correction => self.note(&other_text("correction of a header, without a filing", origin)),
            Outcome::Filtered => Ok(()),
        }
    }

    fn filing(&mut self, origin: &Origin, filing: &Filing) -> io::Result<()> {
        if self.json {
            return writeln!(self.out, "{}", shape::to_json(filing));
        }
        if self.printed {
            writeln!(self.out)?;
        }
        self.printed = true;
        self.out.write_all(filing_text(filing, origin, self.layout).as_bytes())
    }

    fn note(&mut self, text: &str) -> io::Result<()> {
        if self.json {
            self.log.say(Level::Info, text);
            return Ok(());
        }
        if std::mem::take(&mut self.printed) {
            writeln!(self.out)?;
        }
        writeln!(self.out, "{text}")
    }
}

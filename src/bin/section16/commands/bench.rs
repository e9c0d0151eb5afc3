//! `section16 bench`: how fast this machine converts.

use crate::args::{BenchArgs, LogFormat};
use crate::bench_text::bench_text;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::stop_on_signal;
use crate::log::Level;
use crate::paint::Paint;
use crate::terminal;
use crate::units::counted;
use section16::pipeline::{self, BenchReport, Monitor};
use section16::synth::generate;
use section16::{Error, Result};
use std::io::Write;
use std::sync::Arc;

/// Measures and prints the figures to `out`; says on standard error how far it is.
pub fn bench(args: &BenchArgs, log: LogFormat, out: &mut dyn Write) -> std::result::Result<Exit, Failure> {
    let monitor = Arc::new(Monitor::new());
    stop_on_signal(&monitor);
    let report = measure(args, log, &monitor)?;
    if report.input.filings == 0 {
        let message = "the input holds no filing: there is nothing to measure; name an archive, or none for an invented one";
        return Err(Failure::Incomplete(message.to_owned()));
    }
    if args.json {
        writeln!(out, "{}", report.to_json())?;
    } else {
        out.write_all(bench_text(&report, Paint::new(terminal::stdout_has_colour())).as_bytes())?;
    }
    Ok(Exit::Done)
}

fn measure(args: &BenchArgs, log: LogFormat, monitor: &Monitor) -> Result<BenchReport> {
    let rounds = args.repeat;
    let mut each = |round| match round {
        0 => log.say(Level::Info, "warming up"),
        round => log.say(Level::Info, &format!("round {round} of {rounds}")),
    };
    let folder = args.options().folder.unwrap_or_else(std::env::temp_dir);
    let made = tempfile::Builder::new().prefix("section16-synth-").tempdir_in(&folder);
    let made = made.map_err(Error::io("create", folder))?;
    let Some(invented) = args.invented(made.path().join("edgar")) else {
        return pipeline::bench(&args.inputs, &args.options(), monitor, &mut each);
    };
    let what =
        format!("{} of {}", counted(invented.filings, "filing"), counted(invented.issuers.into(), "issuer"));
    log.say(Level::Info, &format!("inventing {what}, {}", invented.container));
    generate(&invented)?;
    pipeline::bench(&[invented.output], &args.options(), monitor, &mut each)
}

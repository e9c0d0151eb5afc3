//! `section16 synth`: archives of invented filings.

use crate::args::SynthArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::paint::Paint;
use crate::synth_text::synth_text;
use crate::terminal;
use section16::synth::generate;
use std::io::Write;

/// Makes the archive and prints what it holds to `out`.
pub fn synth(args: &SynthArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let options = args.options();
    let summary = generate(&options)?;
    let paint = Paint::new(terminal::stdout_has_colour());
    out.write_all(synth_text(&summary, &options, paint).as_bytes())?;
    Ok(Exit::Done)
}

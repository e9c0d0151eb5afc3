//! `section16 schema`: what the tables look like.

use crate::args::SchemaArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::paint::Paint;
use crate::schema_text::schema_text;
use crate::terminal;
use section16::model::Table;
use std::io::Write;

/// Prints the tables to `out`.
pub fn schema(args: &SchemaArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let tables = match args.table {
        Some(table) => vec![table],
        None => Table::ALL.to_vec(),
    };
    let paint = Paint::new(terminal::stdout_has_colour());
    // In files and pipes a column stays on its line, for `grep`.
    let width = terminal::width().unwrap_or(usize::MAX);
    out.write_all(schema_text(&tables, args.format, width, paint).as_bytes())?;
    Ok(Exit::Done)
}

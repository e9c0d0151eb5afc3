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
    out.write_all(schema_text(&tables, args.format, terminal::width(), paint).as_bytes())?;
    Ok(Exit::Done)
}

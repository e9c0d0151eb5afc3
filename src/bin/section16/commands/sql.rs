//! `section16 sql`: views over a data set.

use crate::args::{Dialect, SqlArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use section16::sql;
use std::io::Write;

/// Prints the statements that make the views to `out`.
pub fn sql(args: &SqlArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Some(folder) = args.folder.to_str() else {
        let message = format!("the name {} cannot stand in SQL: it is no UTF-8", args.folder.display());
        return Err(Failure::Usage(message));
    };
    let statements = match args.dialect {
        Dialect::Duckdb => sql::duckdb(folder),
    };
    out.write_all(statements.as_bytes())?;
    Ok(Exit::Done)
}

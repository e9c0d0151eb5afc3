//! `section16 man`: manual pages.

use crate::args::{Cli, ManArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use clap::CommandFactory;
use clap_mangen::Man;
use section16::Error;
use std::fs;
use std::io::Write;

/// Writes a page for each command to the folder, or prints the first one to `out`.
pub fn man(args: &ManArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    match &args.folder {
        Some(folder) => {
            fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
            clap_mangen::generate_to(Cli::command(), folder).map_err(Error::io("write", folder))?;
        }
        None => Man::new(Cli::command()).render(out)?,
    }
    Ok(Exit::Done)
}

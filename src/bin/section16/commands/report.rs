//! `section16 report`: a page that shows a data set.

use crate::args::ReportArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use section16::report::{Figures, html};
use section16::{Error, Result};
use std::io::Write;
use std::path::Path;

/// Writes the page to its file, else to `out`.
pub fn report(args: &ReportArgs, out: &mut dyn Write) -> std::result::Result<Exit, Failure> {
    let page = html(&Figures::of(&args.folder)?, &name(&args.folder));
    match &args.output {
        Some(path) => write(path, &page)?,
        None => out.write_all(page.as_bytes())?,
    }
    Ok(Exit::Done)
}

fn write(path: &Path, page: &str) -> Result<()> {
    std::fs::write(path, page).map_err(Error::io("write", path))
}

/// What the folder is called, also where it is named `.`.
fn name(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = whole.file_name().unwrap_or(folder.as_os_str());
    name.to_string_lossy().into_owned()
}

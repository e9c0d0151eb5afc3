use clap::{Args, ValueHint};
use std::path::PathBuf;

/// What was typed after `section16 man`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 man | man -l -
  section16 man ~/.local/share/man/man1    # then: man section16-convert")]
pub struct ManArgs {
    /// The folder that gets a page for each command; without it the first page is printed
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
}

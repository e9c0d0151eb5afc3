//! Archives of invented filings.

use section16::source::{Discover, Found};
use section16::synth::{Container, Options, generate};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Makes a folder with an archive of so many filings, of which a share is printed.
pub fn make(container: Container, filings: u64, printed_share: f64) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        filings,
        issuers: 500,
        container,
        printed_share,
        output: folder.path().join("edgar"),
        ..Options::default()
    };
    generate(&options).unwrap();
    folder
}

/// The files of a folder.
pub fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let found = Discover::new([folder.to_owned()]).unwrap();
    found.filter_map(|found| match found {
        Found::File { path, .. } => Some(path),
        Found::Lost { .. } => None,
    })
}

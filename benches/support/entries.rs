//! What lies in archives.

use super::archive;
use section16::source::{Body, Damage, Entry, Limits, Reader, Visit};
use std::ops::ControlFlow;
use std::path::Path;

/// Shows all entries of a folder, decompressed.
pub fn show(folder: &Path, each: &mut dyn FnMut(&mut Body<'_>)) {
    let mut reader = Reader::new(Limits::default(), Default::default());
    let mut shown = Shown(each);
    for path in archive::files(folder) {
        let _ = reader.open(&path).unwrap().visit(&mut shown);
    }
}

struct Shown<'s>(&'s mut dyn FnMut(&mut Body<'_>));

impl Visit for Shown<'_> {
    fn entry(&mut self, mut entry: Entry<'_>) -> ControlFlow<()> {
        (self.0)(&mut entry.body);
        ControlFlow::Continue(())
    }

    fn damage(&mut self, damage: Damage) -> ControlFlow<()> {
        panic!("{damage:?}")
    }
}

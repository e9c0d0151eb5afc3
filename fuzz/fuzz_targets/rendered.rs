//! Any text that is read as a printed form gives a filing that builds columns, or a reject.
#![no_main]

use libfuzzer_sys::fuzz_target;
use section16::batch::Builders;
use section16::model::{Filing, FilingId, Origin, SourceFormat};
use section16::parse::rendered;

fuzz_target!(|text: &str| {
    let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
    let Ok(()) = rendered::read(text, &mut filing) else { return };
    let origin = Origin { path: "a.txt", member: None, entry: 0, offset: 0, bytes: text.len() as u64 };
    let mut builders = Builders::new();
    if builders.append(&filing, &origin, 0).is_err() {
        return;
    }
    let rows: usize = builders.finish().unwrap().iter().map(|b| b.batch.num_rows()).sum();
    let parts = filing.owners.len() + filing.rows.len() + filing.footnotes.len() + filing.signatures.len();
    assert_eq!(rows, 1 + parts + filing.diagnostics.len());
});

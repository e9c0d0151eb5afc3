//! Any text is read as a header, with or without sense.
#![no_main]

use libfuzzer_sys::fuzz_target;
use section16::parse::header::Header;

fuzz_target!(|text: &str| {
    let header = Header::read(text);
    for cik in header.owners.iter().filter_map(|owner| owner.cik) {
        assert!(header.owner(cik).is_some());
    }
});

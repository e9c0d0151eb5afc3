//! Any text is read as a header, with or without sense.
#![no_main]

use libfuzzer_sys::fuzz_target;
use section16::parse::header::Header;

fuzz_target!(|text: &str| {
    let header = Header::read(text);
    assert_eq!(header, Header::read(text));
    assert!(header.owners.len() <= text.len());
});

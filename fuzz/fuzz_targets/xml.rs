//! The scanner tells every token of any text with its place, in order, and ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use section16::parse::xml::{Scanner, decode};

fuzz_target!(|text: &str| {
    let mut scanner = Scanner::new(text);
    let mut at = scanner.offset();
    while let Some(token) = scanner.next() {
        assert!(scanner.offset() > at && scanner.offset() <= text.len(), "{token:?}");
        at = scanner.offset();
    }
    decode(text);
});

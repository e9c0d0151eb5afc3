//! A scanner for the XML of ownership documents, built on memchr.
//!
//! It is made for documents that are nearly XML: it never fails, tells every token with its place, and leaves the
//! judgement of damage to its caller. [`Scanner`] finds tags and text, [`decode`] turns raw text into the text that it
//! stands for. Both borrow from the document.

mod decode;
mod scanner;
mod tag;
#[cfg(test)]
mod tests;

pub use decode::{Decoded, Flaws, decode, decode_literal};
pub use scanner::{Scanner, Token};
pub use tag::Tag;

/// The white space of XML: space, tab, line feed, carriage return.
pub fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

//! Bytes to text: UTF-8 where it is valid, else Windows-1252; UTF-16 by its byte-order mark.
//!
//! EDGAR's submissions are ASCII by specification, but older ones hold the punctuation of Windows. What an XML declaration
//! says about its encoding is often wrong and does not count.

use std::borrow::Cow;

/// The encoding in which bytes were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Valid UTF-8, which includes ASCII.
    Utf8,
    /// Not UTF-8. Every byte has a meaning: the five that Windows-1252 leaves open (81, 8D, 8F, 90, 9D) become the
    /// control characters of the same number, as the WHATWG's Encoding Standard has it.
    Windows1252,
    /// Two bytes a unit, either order, told by the byte-order mark. A half pair or odd last byte becomes U+FFFD.
    Utf16,
}

/// Reads bytes as text and says how. A byte-order mark is not part of the text.
///
/// ```
/// use section16::parse::encoding::{Encoding, decode};
/// assert_eq!(decode(b"O\x92Neil".as_slice().into()), ("O\u{2019}Neil".into(), Encoding::Windows1252));
/// ```
pub fn decode(bytes: Cow<'_, [u8]>) -> (Cow<'_, str>, Encoding) {
    if let Some(big_endian) = utf16_order(&bytes) {
        return (Cow::Owned(utf16(&bytes[2..], big_endian)), Encoding::Utf16);
    }
    let text = match bytes {
        Cow::Borrowed(bytes) => {
            let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
            std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| windows_1252(bytes))
        }
        Cow::Owned(mut bytes) => {
            if bytes.starts_with(UTF8_MARK) {
                bytes.drain(..UTF8_MARK.len());
            }
            String::from_utf8(bytes).map(Cow::Owned).map_err(|error| windows_1252(error.as_bytes()))
        }
    };
    match text {
        Ok(text) => (text, Encoding::Utf8),
        Err(text) => (Cow::Owned(text), Encoding::Windows1252),
    }
}

/// The most bytes that the text of these bytes may take as UTF-8: not less than [`decode`] gives.
pub(crate) fn longest_text(bytes: &[u8]) -> usize {
    match utf16_order(bytes) {
        // Two bytes become three at most, and half a unit a character of three.
        Some(_) => bytes.len() / 2 * 3 + 3,
        None if std::str::from_utf8(bytes).is_ok() => bytes.len(),
        None => bytes.len() + 2 * bytes.iter().filter(|byte| !byte.is_ascii()).count(),
    }
}

/// The byte-order mark of UTF-8.
pub(crate) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether the bytes begin with a byte-order mark of UTF-16, and if so whether it is the big-endian one.
pub(crate) fn utf16_order(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [0xFE, 0xFF, ..] => Some(true),
        [0xFF, 0xFE, ..] => Some(false),
        _ => None,
    }
}

fn utf16(bytes: &[u8], big_endian: bool) -> String {
    let units = bytes.chunks(2).map(|unit| match (unit, big_endian) {
        ([a, b], true) => u16::from_be_bytes([*a, *b]),
        ([a, b], false) => u16::from_le_bytes([*a, *b]),
        // Half a unit: a lone surrogate, which becomes the replacement character.
        _ => 0xDC00,
    });
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The characters of bytes 80 to 9F; all others are those of Unicode.
const C1: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> String {
    let char_of = |&byte: &u8| match byte {
        0x80..=0x9F => C1[usize::from(byte - 0x80)],
        _ => char::from(byte),
    };
    bytes.iter().map(char_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Encoding) {
        let (borrowed, encoding) = decode(Cow::Borrowed(bytes));
        assert!((borrowed.len()..=3 * bytes.len() + 3).contains(&longest_text(bytes)), "{bytes:?}");
        assert_eq!(decode(Cow::Owned(bytes.to_vec())), (borrowed.clone(), encoding));
        (borrowed.into_owned(), encoding)
    }

    #[test]
    fn utf8_is_borrowed_and_its_mark_dropped() {
        assert!(matches!(decode(Cow::Borrowed(b"caf\xC3\xA9")), (Cow::Borrowed("café"), Encoding::Utf8)));
        assert_eq!(read(b"\xEF\xBB\xBFab"), ("ab".into(), Encoding::Utf8));
    }

    #[test]
    fn every_byte_has_a_meaning_in_windows_1252() {
        let all: Vec<u8> = (0..=255).collect();
        let (text, encoding) = read(&all);
        assert_eq!(encoding, Encoding::Windows1252);
        assert_eq!(text.chars().count(), 256);
        assert_eq!(read(b"\x80 \x93x\x94 \x81 \xE9").0, "€ “x” \u{81} é");
    }

    #[test]
    fn utf16_of_either_order() {
        assert_eq!(read(b"\xFF\xFEa\0\xE9\0"), ("aé".into(), Encoding::Utf16));
        assert_eq!(read(b"\xFE\xFF\0a\xD8\x3D\xDE\0"), ("a😀".into(), Encoding::Utf16));
        assert_eq!(read(b"\xFE\xFF\0a\0"), ("a\u{FFFD}".into(), Encoding::Utf16));
    }
}

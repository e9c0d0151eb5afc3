//! Names of files and members as text.

use std::borrow::Cow;
use std::path::Path;

/// A path as text, `/` between components, without loss (see [`name_text`]).
///
/// ```
/// assert_eq!(section16::source::path_text("2025/QTR1/a.txt".as_ref()), "2025/QTR1/a.txt");
/// ```
pub fn path_text(path: &Path) -> Cow<'_, str> {
    let text = name_text(path.as_os_str().as_encoded_bytes());
    if cfg!(windows) { text.replace("\\\\", "/").into() } else { text }
}

/// A name as text, without loss: UTF-8 stands as it is, each other byte becomes `\xNN` (two upper-case digits), and each
/// backslash `\\`, so that two names never become one text.
pub fn name_text(name: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(name) {
        Ok(text) if !text.contains('\\') => text.into(),
        _ => escaped(name).into(),
    }
}

fn escaped(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len() + 8);
    for chunk in name.utf8_chunks() {
        for (i, part) in chunk.valid().split('\\').enumerate() {
            if i > 0 {
                text.push_str("\\\\");
            }
            text.push_str(part);
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn utf8_stands_and_the_rest_is_escaped() {
        assert_eq!(name_text("Sökande/a.txt".as_bytes()), "Sökande/a.txt");
        assert_eq!(name_text(b"caf\xe9/a.txt"), "caf\\xE9/a.txt");
        assert_eq!(name_text(b"a\\b"), "a\\\\b");
        assert_eq!(name_text(b"\\xE9"), "\\\\xE9");
        assert_eq!(name_text(b""), "");
    }

    proptest! {
        #[test]
        fn two_names_are_never_one_text(a: Vec<u8>, b: Vec<u8>) {
            prop_assert_eq!(name_text(&a) == name_text(&b), a == b);
        }
    }
}

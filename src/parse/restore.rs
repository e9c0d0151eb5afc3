use super::lines::line_end;
use memchr::{memchr2, memmem, memrchr2};
use std::borrow::Cow;

/// EDGAR's Archives cut longer lines after this many bytes.
const WIDTH: usize = 1023;

/// Takes the `- ` off the lines of a privacy-enhanced message that begin with `- ` (RFC 1421, 4.3.2.4, as RFC 934).
pub(super) fn unescape_dashes(text: &[u8]) -> Cow<'_, [u8]> {
    const ESCAPE: &[u8] = b"- ";
    let mut restored = Vec::new();
    let mut copied = 0;
    for hit in memmem::find_iter(text, ESCAPE) {
        if matches!(text[..hit], [] | [.., b'\n' | b'\r']) {
            restored.extend_from_slice(&text[copied..hit]);
            copied = hit + ESCAPE.len();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    restored.extend_from_slice(&text[copied..]);
    Cow::Owned(restored)
}

/// Joins every line of exactly 1,023 bytes with the next, and says how many were joined.
///
/// EDGAR's Archives cut lines there, also within tags and words; longer lines are whole.
pub(super) fn rejoin_lines(text: Cow<'_, [u8]>) -> (Cow<'_, [u8]>, usize) {
    let mut cuts = Cuts { text: &text, line: 0 }.peekable();
    if cuts.peek().is_none() {
        return (text, 0);
    }
    let mut joined = Vec::with_capacity(text.len());
    let (mut copied, mut count) = (0, 0);
    for cut in cuts {
        joined.extend_from_slice(&text[copied..cut]);
        copied = cut + line_end(&text[cut..]);
        count += 1;
    }
    joined.extend_from_slice(&text[copied..]);
    (Cow::Owned(joined), count)
}

/// The ends of the lines of exactly [`WIDTH`] bytes, save a last one without a line behind it.
///
/// Short lines are not visited one by one: the last line end within [`WIDTH`] bytes ends the last of several.
struct Cuts<'t> {
    text: &'t [u8],
    line: usize,
}

impl Iterator for Cuts<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            let end = self.line + WIDTH;
            let within = self.text.get(self.line..end)?;
            let here = line_end(&self.text[end..]);
            if let Some(last) = memrchr2(b'\n', b'\r', within) {
                self.line += last + 1;
                // The LF of a CRLF that straddles the stretch belongs to the line end before it.
                if within[last] == b'\r' && self.text.get(self.line) == Some(&b'\n') {
                    self.line += 1;
                }
            } else if here > 0 {
                self.line = end + here;
                if self.line < self.text.len() {
                    return Some(end);
                }
            } else {
                let rest = end + memchr2(b'\n', b'\r', &self.text[end..])?;
                self.line = rest + line_end(&self.text[rest..]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::lines::lines;
    use proptest::prelude::*;

    /// Line after line, as the rule reads.
    fn slow(text: &[u8]) -> (Vec<u8>, usize) {
        let (mut joined, mut count) = (Vec::new(), 0);
        for line in lines(text) {
            let end = line_end(&text[line.end..]);
            joined.extend_from_slice(&text[line.clone()]);
            if line.len() == WIDTH && end > 0 && line.end + end < text.len() {
                count += 1;
            } else {
                joined.extend_from_slice(&text[line.end..line.end + end]);
            }
        }
        (joined, count)
    }

    fn lengths() -> impl Strategy<Value = Vec<(usize, &'static str)>> {
        let length = prop_oneof![0usize..4, 1000usize..1030, 2040usize..2050, Just(1023), Just(1023)];
        prop::collection::vec((length, prop::sample::select(vec!["\n", "\r\n", "\r", ""])), 0..12)
    }

    proptest! {
        #[test]
        fn joins_as_the_slow_way_does(lengths in lengths()) {
            let mut text = String::new();
            for (length, end) in lengths {
                text.extend(std::iter::repeat_n('x', length));
                text.push_str(end);
            }
            let (joined, count) = rejoin_lines(Cow::Borrowed(text.as_bytes()));
            prop_assert_eq!((joined.into_owned(), count), slow(text.as_bytes()));
        }
    }

    #[test]
    fn a_line_of_exactly_the_width_is_joined_and_no_other() {
        let join = |text: &str| rejoin_lines(Cow::Borrowed(text.as_bytes())).1;
        let line = "a".repeat(1023);
        assert_eq!(join(&format!("{line}\nb\n")), 1);
        assert_eq!(join(&format!("{line}\r\n{line}\r\nb\r\n")), 2);
        assert_eq!(join(&format!("{line}\n")), 0);
        assert_eq!(join(&format!("{line}a\nb\n")), 0);
        assert_eq!(join(&format!("{}\nb\n", &line[1..])), 0);
    }

    #[test]
    fn dashes_are_unescaped_at_line_starts_only() {
        let unescape = |text: &'static str| unescape_dashes(text.as_bytes());
        assert_eq!(*unescape("- ---\na - b\r\n- -x\n"), *b"---\na - b\r\n-x\n");
        assert!(matches!(unescape("a - b\n-x"), Cow::Borrowed(_)));
    }
}

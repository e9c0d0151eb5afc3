use memchr::memchr2;
use std::ops::Range;

/// The lines of `bytes` as ranges without their ends, which are LF, CR or CRLF. Nothing follows a last line end.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(next..).filter(|rest| !rest.is_empty())?;
        let start = next;
        let end = memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |length| start + length);
        next = end + line_end(&bytes[end..]);
        Some(start..end)
    })
}

/// The length of the line end that `bytes` begins with: 0, 1, or 2 for CRLF.
pub(crate) fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end() {
        let text = "a\nb\r\nc\r\rd\n\r\ne";
        let found: Vec<_> = lines(text.as_bytes()).map(|range| &text[range]).collect();
        assert_eq!(found, ["a", "b", "c", "", "d", "", "e"]);
        assert_eq!(lines(b"").count(), 0);
        assert_eq!(lines(b"\n").map(|line| line.len()).collect::<Vec<_>>(), [0]);
        assert_eq!(lines(b"a\r").map(|line| line.len()).collect::<Vec<_>>(), [1]);
    }
}

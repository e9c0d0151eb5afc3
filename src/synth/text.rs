//! Text on its way into a document: markup, letters beyond ASCII, lines.

use super::style::{Encoding, LineEnd};

/// EDGAR cuts lines of a submission's text file at this many bytes.
const WIDTH: usize = 1023;

/// Writes text for XML. True where a letter beyond ASCII went in as bytes.
pub(super) fn push_escaped(out: &mut Vec<u8>, text: &str, encoding: Encoding) -> bool {
    let mut non_ascii = false;
    let mut plain = 0;
    for (at, letter) in text.char_indices() {
        let replacement = match letter {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' if encoding == Encoding::Utf8 => "&apos;",
            '\'' if encoding == Encoding::Windows1252 => "&#39;",
            letter if letter.is_ascii() => continue,
            _ => "",
        };
        out.extend_from_slice(&text.as_bytes()[plain..at]);
        plain = at + letter.len_utf8();
        if replacement.is_empty() {
            push_letter(out, letter, encoding);
            non_ascii |= encoding != Encoding::References;
        } else {
            out.extend_from_slice(replacement.as_bytes());
        }
    }
    out.extend_from_slice(&text.as_bytes()[plain..]);
    non_ascii
}

fn push_letter(out: &mut Vec<u8>, letter: char, encoding: Encoding) {
    match (encoding, windows_1252(letter)) {
        (Encoding::Utf8, _) => out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        (Encoding::Windows1252, Some(byte)) => out.push(byte),
        _ if u32::from(letter).is_multiple_of(2) => {
            out.extend_from_slice(format!("&#x{:X};", u32::from(letter)).as_bytes())
        }
        _ => out.extend_from_slice(format!("&#{};", u32::from(letter)).as_bytes()),
    }
}

fn windows_1252(letter: char) -> Option<u8> {
    match letter {
        '\u{2019}' => Some(0x92),
        '\u{201c}' => Some(0x93),
        '\u{201d}' => Some(0x94),
        '\u{a0}'..='\u{ff}' => Some(letter as u8),
        _ => None,
    }
}

/// Cuts lines as EDGAR does, from this offset on. True where a line was cut.
pub(super) fn hard_wrap(out: &mut Vec<u8>, from: usize) -> bool {
    let mut start = from;
    let is_long = memchr::memchr_iter(b'\n', &out[from..]).chain([out.len() - from]).any(|end| {
        let length = from + end - start;
        start = from + end + 1;
        length > WIDTH
    });
    if !is_long {
        return false;
    }
    let body = out.split_off(from);
    for line in body.split_inclusive(|&b| b == b'\n') {
        let mut left = line;
        while left.strip_suffix(b"\n").unwrap_or(left).len() > WIDTH {
            let (piece, rest) = left.split_at(WIDTH);
            out.extend_from_slice(piece);
            out.push(b'\n');
            left = rest;
        }
        out.extend_from_slice(left);
    }
    true
}

/// Puts `- ` before lines that begin with a dash, as privacy-enhanced mail does.
pub(super) fn dash_escape(text: &[u8], out: &mut Vec<u8>) {
    for line in text.split_inclusive(|&b| b == b'\n') {
        if line.starts_with(b"-") {
            out.extend_from_slice(b"- ");
        }
        out.extend_from_slice(line);
    }
}

/// Changes the line ends of everything from this offset on.
pub(super) fn end_lines(out: &mut Vec<u8>, from: usize, line_end: LineEnd) {
    match line_end {
        LineEnd::Lf => {}
        LineEnd::Cr => out[from..].iter_mut().filter(|b| **b == b'\n').for_each(|b| *b = b'\r'),
        LineEnd::CrLf => {
            let body = out.split_off(from);
            for line in body.split_inclusive(|&b| b == b'\n') {
                match line.strip_suffix(b"\n") {
                    Some(line) => out.extend([line, b"\r\n"].concat()),
                    None => out.extend_from_slice(line),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str, encoding: Encoding) -> (Vec<u8>, bool) {
        let mut out = Vec::new();
        let non_ascii = push_escaped(&mut out, text, encoding);
        (out, non_ascii)
    }

    #[test]
    fn markup_and_letters_are_escaped() {
        let text = "A & B <c> \u{2019}\u{e9}";
        assert_eq!(
            escaped(text, Encoding::References),
            (b"A &amp; B &lt;c&gt; &#8217;&#233;".to_vec(), false)
        );
        assert_eq!(escaped(text, Encoding::Windows1252), (b"A &amp; B &lt;c&gt; \x92\xe9".to_vec(), true));
        assert_eq!(
            escaped(text, Encoding::Utf8),
            ("A &amp; B &lt;c&gt; \u{2019}\u{e9}".as_bytes().to_vec(), true)
        );
        assert_eq!(escaped("plain", Encoding::Utf8), (b"plain".to_vec(), false));
    }

    #[test]
    fn long_lines_are_cut_and_others_stay() {
        let mut out = b"head\n".to_vec();
        out.extend([b'x'; WIDTH]);
        out.push(b'\n');
        assert!(!hard_wrap(&mut out, 5));
        out.extend([b'y'; WIDTH * 2 + 3]);
        out.extend(b"\nend");
        assert!(hard_wrap(&mut out, 5));
        let lines: Vec<_> = out.split(|&b| b == b'\n').map(<[u8]>::len).collect();
        assert_eq!(lines, [4, WIDTH, WIDTH, WIDTH, 3, 3]);
    }

    #[test]
    fn lines_end_as_told_and_dashes_are_escaped() {
        let mut out = b"a\nb\nc\n".to_vec();
        end_lines(&mut out, 2, LineEnd::CrLf);
        assert_eq!(out, b"a\nb\r\nc\r\n");
        end_lines(&mut out, 0, LineEnd::Cr);
        assert_eq!(out, b"a\rb\r\rc\r\r");
        let mut escaped = Vec::new();
        dash_escape(b"-a\nb\n--\n", &mut escaped);
        assert_eq!(escaped, b"- -a\nb\n- --\n");
    }
}

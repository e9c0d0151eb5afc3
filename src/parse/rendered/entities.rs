//! Character references of HTML.

use std::borrow::Cow;

/// Replaces the references that forms use; others stay as they are.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match reference(from) {
            Some((c, len)) => {
                out.push(c);
                rest = from.get(len..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of the reference that `text` begins with, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let body = text.get(1..)?;
    let len = body.bytes().take(8).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let name = body.get(..len)?;
    let closed = usize::from(body.as_bytes().get(len) == Some(&b';'));
    let c = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => *NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| c)?,
    };
    Some((c, 1 + len + closed))
}

fn numeric(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Codes 128 to 159 are meant as Windows-1252.
    match code {
        0x91 | 0x92 => Some('\''),
        0x93 | 0x94 => Some('"'),
        0x96 => Some('–'),
        0x97 => Some('—'),
        _ => char::from_u32(code).filter(|c| !c.is_control()),
    }
}

const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("rsquo", '\''),
    ("lsquo", '\''),
    ("rdquo", '"'),
    ("ldquo", '"'),
    ("eacute", 'é'),
    ("reg", '®'),
    ("frac12", '½'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters() {
        assert_eq!(decode("A&amp;B&nbsp;&#36;5 &#151; &x; &"), "A&B\u{a0}$5 — &x; &");
    }
}

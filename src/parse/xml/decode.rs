use std::borrow::Cow;

/// More characters than these between `&` and `;` make no reference.
const LONGEST: usize = 32;

/// Text with its references and line ends undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text; borrowed where nothing had to be undone.
    pub text: Cow<'a, str>,
    /// What was wrong with the raw text.
    pub flaws: Flaws,
}

/// What is wrong with a raw text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flaws {
    /// An `&` that begins no reference; it is text.
    pub stray_ampersand: bool,
    /// A reference that XML does not define or to a character that does not exist; it is text as it stands.
    pub unknown_entity: bool,
    /// A control character that XML forbids; it was taken out.
    pub control_character: bool,
    /// A reference that XML defines, cut by a line end; it was joined again.
    pub cut_reference: bool,
}

impl Flaws {
    /// Whether there is any.
    pub fn any(self) -> bool {
        self.stray_ampersand || self.unknown_entity || self.control_character || self.cut_reference
    }
}

/// The text for which raw text stands: the five entities of XML and numeric references undone, CRLF and CR become LF.
///
/// ```
/// use section16::parse::xml::decode;
/// assert_eq!(decode("A &amp; B&#x2014;C\r\n").text, "A & B\u{2014}C\n");
/// let stray = decode("R&D &nbsp;");
/// assert_eq!(stray.text, "R&D &nbsp;");
/// assert!(stray.flaws.stray_ampersand && stray.flaws.unknown_entity);
/// ```
pub fn decode(raw: &str) -> Decoded<'_> {
    undo(raw, true)
}

/// The same for the inside of a CDATA section, where `&` is only text.
pub fn decode_literal(raw: &str) -> Decoded<'_> {
    undo(raw, false)
}

fn undo(raw: &str, references: bool) -> Decoded<'_> {
    if is_plain(raw.as_bytes()) {
        return Decoded { text: Cow::Borrowed(raw), flaws: Flaws::default() };
    }
    let mut flaws = Flaws::default();
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.bytes().position(needs_care) {
        let (before, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(before);
        rest = match special.as_bytes().first() {
            Some(b'&') if references => reference(special, &mut text, &mut flaws),
            Some(b'&') => keep_first(special, &mut text),
            Some(b'\r') => {
                text.push('\n');
                let behind = behind_first(special);
                behind.strip_prefix('\n').unwrap_or(behind)
            }
            _ => {
                flaws.control_character = true;
                behind_first(special)
            }
        };
    }
    text.push_str(rest);
    Decoded { text: Cow::Owned(text), flaws }
}

/// Whether a text stands for itself.
fn is_plain(raw: &[u8]) -> bool {
    // Blocks of fixed size without an early exit inside are checked many bytes at once.
    !raw.chunks(32).any(|block| block.iter().fold(false, |found, byte| found | needs_care(*byte)))
}

fn needs_care(byte: u8) -> bool {
    byte == b'&' || (byte < b' ' && byte != b'\n' && byte != b'\t')
}

fn behind_first(text: &str) -> &str {
    text.get(1..).unwrap_or_default()
}

fn keep_first<'a>(text: &'a str, out: &mut String) -> &'a str {
    out.extend(text.chars().next());
    behind_first(text)
}

/// Undoes the reference at the start of `text`; what follows it.
fn reference<'a>(text: &'a str, out: &mut String, flaws: &mut Flaws) -> &'a str {
    let Some((name, behind)) = named(text) else {
        if let Some((character, behind)) = cut(text) {
            flaws.cut_reference = true;
            out.push(character);
            return behind;
        }
        flaws.stray_ampersand = true;
        return keep_first(text, out);
    };
    match character(name) {
        Some(c) if c < ' ' && !matches!(c, '\t' | '\n' | '\r') => flaws.control_character = true,
        Some(c) => out.push(c),
        None => {
            flaws.unknown_entity = true;
            out.push('&');
            out.push_str(name);
            out.push(';');
        }
    }
    behind
}

/// The name between `&` and `;`, and what follows, where they enclose what could be a name or number.
fn named(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('&')?;
    let end = inside.bytes().take(LONGEST + 1).position(|b| !(b.is_ascii_alphanumeric() || b == b'#'))?;
    let (name, behind) = inside.split_at_checked(end)?;
    let behind = behind.strip_prefix(';')?;
    (!name.is_empty() && !name.get(1..)?.contains('#')).then_some((name, behind))
}

/// The character of a reference with one line end in it, and what follows it.
fn cut(text: &str) -> Option<(char, &str)> {
    // No further than a reference can reach: a text of stray ampersands must not be searched through for each.
    let place = |text: &str, sign: u8| text.bytes().take(LONGEST + 2).position(|byte| byte == sign);
    let (first, second) = text.split_at_checked(place(text, b'\n')?)?;
    let (second, behind) = second.split_at_checked(place(second, b';')?)?;
    let name = [first.get(1..)?.trim_end_matches('\r'), second.get(1..)?].concat();
    Some((character(&name)?, behind.get(1..)?))
}

/// The character that a reference of this name stands for.
fn character(name: &str) -> Option<char> {
    match name.strip_prefix('#') {
        Some(number) => numbered(number),
        None => predefined(name),
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(raw: &str) -> String {
        decode(raw).text.into_owned()
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(decode("Common Stock,\n\tpar $.01 \u{e9}").text, Cow::Borrowed(_)));
    }

    #[test]
    fn references_are_undone_once() {
        assert_eq!(text("&lt;b&gt; &quot;&apos;&amp;amp;"), "<b> \"'&amp;");
        assert_eq!(text("&#65;&#x42;&#x1F600;&#233;"), "AB\u{1F600}\u{e9}");
    }

    #[test]
    fn what_is_no_reference_is_text() {
        for raw in ["AT&T", "A & B", "&", "&;", "&amp", "a&#;", "& amp;", "&a#b;"] {
            let decoded = decode(raw);
            assert_eq!(decoded.text, raw);
            assert!(decoded.flaws.stray_ampersand || raw == "a&#;", "{raw}");
        }
        for raw in ["&nbsp;", "&#x110000;", "&#xD800;", "&#99999999999;", "&AMP;", "&#;", "&#x;"] {
            let decoded = decode(raw);
            assert_eq!(decoded.text, raw);
            assert_eq!(decoded.flaws, Flaws { unknown_entity: true, ..Flaws::default() }, "{raw}");
        }
    }

    #[test]
    fn line_ends_become_line_feeds_but_not_those_written_as_references() {
        assert_eq!(text("a\r\nb\rc\n\r\nd"), "a\nb\nc\n\nd");
        assert_eq!(text("a&#13;b"), "a\rb");
    }

    #[test]
    fn references_cut_by_a_line_end_are_joined() {
        for raw in ["A &\namp; B", "A &a\r\nmp; B", "A &amp\n; B", "A &#3\n8; B"] {
            let decoded = decode(raw);
            assert_eq!(decoded.text, "A & B", "{raw}");
            assert_eq!(decoded.flaws, Flaws { cut_reference: true, ..Flaws::default() }, "{raw}");
        }
        for raw in ["A &\nB;", "A &am\n\np;", "A &a mp\n;", "A & B\namp;"] {
            let decoded = decode(raw);
            assert_eq!(decoded.text, raw);
            assert_eq!(decoded.flaws, Flaws { stray_ampersand: true, ..Flaws::default() }, "{raw}");
        }
    }

    #[test]
    fn control_characters_go() {
        let decoded = decode("a\u{0}b\u{1f}c&#7;d\u{b}");
        assert_eq!(decoded.text, "abcd");
        assert_eq!(decoded.flaws, Flaws { control_character: true, ..Flaws::default() });
    }

    #[test]
    fn a_literal_keeps_its_ampersands() {
        assert_eq!(decode_literal("a&amp;b\r\n").text, "a&amp;b\n");
    }

    proptest! {
        #[test]
        fn what_is_escaped_comes_back(s in "[\\PC\n\t]{0,80}") {
            let escaped = s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            prop_assert_eq!(text(&escaped), s);
        }

        #[test]
        fn any_text_decodes_and_only_a_flawless_one_without_references_is_borrowed(s in any::<String>()) {
            let decoded = decode(&s);
            if let Cow::Borrowed(text) = decoded.text {
                prop_assert_eq!(text, s.as_str());
                prop_assert!(!decoded.flaws.any());
            }
        }
    }
}

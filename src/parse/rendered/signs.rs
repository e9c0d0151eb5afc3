//! What kinds of characters stand in a line, told in one pass.

/// A set of kinds of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signs(u8);

impl Signs {
    /// `<`, which begins a tag.
    pub const TAG: u8 = 1;
    /// `|`.
    pub const PIPE: u8 = 2;
    /// The tabulator.
    pub const TAB: u8 = 4;
    /// What begins emphasis, escapes, entities, tags, or a sign of full width or a blank that does not break.
    pub const MARKUP: u8 = 8;
    /// Anything but the visible characters of ASCII and its blank.
    pub const WIDE: u8 = 16;
    /// A visible character of ASCII that no rule between rows is made of.
    pub const WORD: u8 = 32;

    /// The kinds of the characters of `text`.
    pub fn of(text: &str) -> Self {
        const KINDS: [u8; 256] = kinds();
        Self(text.bytes().fold(0, |signs, b| signs | KINDS[usize::from(b)]))
    }

    /// Whether a character of one of these kinds is among them.
    pub fn has(self, kinds: u8) -> bool {
        self.0 & kinds != 0
    }
}

/// For each byte the kinds of its character.
const fn kinds() -> [u8; 256] {
    let mut out = [0; 256];
    let mut at = 0;
    while at < out.len() {
        let b = at as u8;
        out[at] = match b {
            b'<' => Signs::TAG,
            b'|' => Signs::PIPE,
            b'\t' => Signs::TAB,
            _ => 0,
        };
        if matches!(b, b'*' | b'\\' | b'<' | b'&' | b'#' | b'_' | 0xC2 | 0xEF) {
            out[at] |= Signs::MARKUP;
        }
        if !(b >= b' ' && b < 0x7F) {
            out[at] |= Signs::WIDE;
        }
        if b.is_ascii_graphic() && !matches!(b, b'|' | b'-' | b':' | b'=' | b'_' | b'+') {
            out[at] |= Signs::WORD;
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told() {
        let has = |text: &str| {
            [Signs::TAG, Signs::PIPE, Signs::TAB, Signs::MARKUP, Signs::WIDE, Signs::WORD]
                .map(|kind| Signs::of(text).has(kind))
        };
        assert_eq!(has(" -|- "), [false, true, false, false, false, false]);
        assert_eq!(has("a <b"), [true, false, false, true, false, true]);
        assert_eq!(has("\t__"), [false, false, true, true, true, false]);
        assert_eq!(has("\u{a0}"), [false, false, false, true, true, false]);
        assert_eq!(has(""), [false; 6]);
    }
}

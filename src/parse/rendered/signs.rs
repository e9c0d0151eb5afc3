//! What kinds of characters stand in a line, told in one pass.

/// A set of kinds of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signs(u32);

impl Signs {
    /// `<`, which begins a tag.
    pub const TAG: u32 = 1;
    /// `|`.
    pub const PIPE: u32 = 1 << 1;
    /// The tabulator.
    pub const TAB: u32 = 1 << 2;
    /// Anything but the visible characters of ASCII, its blank and the tabulator.
    pub const WIDE: u32 = 1 << 3;
    /// A visible character of ASCII that no rule between rows is made of.
    pub const WORD: u32 = 1 << 4;
    /// `\`, which escapes a sign of markdown.
    pub const ESCAPE: u32 = 1 << 5;
    /// `*`, which surrounds bold text.
    pub const STAR: u32 = 1 << 6;
    /// `_`, which surrounds emphasis.
    pub const STROKE: u32 = 1 << 7;
    /// `&`, which begins an entity.
    pub const AND: u32 = 1 << 8;
    /// `#`, which begins a heading.
    pub const HASH: u32 = 1 << 9;
    /// What a blank that does not break begins with.
    pub const FIRM: u32 = 1 << 10;
    /// What a sign of full width begins with.
    pub const FULL: u32 = 1 << 11;
    /// The blank.
    const BLANK: u32 = 1 << 12;
    /// Two blanks side by side; not told where markup or anything wide stands, which takes a closer look anyway.
    pub const GAP: u32 = Self::BLANK << 1;
    /// `/`.
    pub const SLASH: u32 = 1 << 14;
    /// Square and curly brackets, `@` and all that is no ASCII.
    pub const ODD: u32 = 1 << 15;
    /// `(`.
    pub const OPEN: u32 = 1 << 16;
    /// `,` and `$`, which numbers have.
    pub const SUM: u32 = 1 << 17;
    /// The digits.
    pub const DIGIT: u32 = 1 << 18;
    /// All kinds: nothing is known.
    pub const ALL: Self = Self(u32::MAX);
    /// All that markup may begin with.
    pub const MARKUP: u32 = Self::TAG
        | Self::ESCAPE
        | Self::STAR
        | Self::STROKE
        | Self::AND
        | Self::HASH
        | Self::FIRM
        | Self::FULL;

    /// The kinds of the characters of `text`.
    pub fn of(text: &str) -> Self {
        const KINDS: [u32; 256] = kinds();
        let signs = text.bytes().fold(0, |signs, b| signs | KINDS[usize::from(b)]);
        let may_be_gapped = signs & (Self::MARKUP | Self::WIDE | Self::BLANK) == Self::BLANK;
        let is_gapped = may_be_gapped && double_blank(text).is_some();
        Self(if is_gapped { signs | Self::GAP } else { signs })
    }

    /// The kinds of what markup leaves of the text: signs of full width are narrowed to any others.
    pub fn unmarked(self) -> Self {
        if self.has(Self::FULL) { Self::ALL } else { self }
    }

    /// Whether a character of one of these kinds is among them.
    pub fn has(self, kinds: u32) -> bool {
        self.0 & kinds != 0
    }
}

/// Where two blanks stand first. Texts are short: looking at every second byte, which is one of them, takes less than preparing
/// a search.
pub(super) fn double_blank(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (pairs, _) = bytes.as_chunks::<2>();
    let blank = |at: usize| bytes.get(at) == Some(&b' ');
    pairs.iter().enumerate().filter(|(_, pair)| pair[1] == b' ').find_map(|(n, pair)| {
        let at = 2 * n + 1;
        if pair[0] == b' ' { Some(at - 1) } else { blank(at + 1).then_some(at) }
    })
}

/// For each byte the kinds of its character.
const fn kinds() -> [u32; 256] {
    let mut out = [0; 256];
    let mut at = 0;
    while at < out.len() {
        let b = at as u8;
        out[at] = match b {
            b'<' => Signs::TAG,
            b'|' => Signs::PIPE,
            b'\t' => Signs::TAB,
            b' ' => Signs::BLANK,
            b'\\' => Signs::ESCAPE,
            b'*' => Signs::STAR,
            b'_' => Signs::STROKE,
            b'&' => Signs::AND,
            b'#' => Signs::HASH,
            b'(' => Signs::OPEN,
            b'/' => Signs::SLASH,
            b',' | b'$' => Signs::SUM,
            b'0'..=b'9' => Signs::DIGIT,
            0xC2 => Signs::FIRM,
            0xEF => Signs::FULL,
            _ => 0,
        };
        if !(b >= b' ' && b < 0x7F || b == b'\t') {
            out[at] |= Signs::WIDE;
        }
        if !b.is_ascii() || matches!(b, b'[' | b']' | b'{' | b'}' | b'@') {
            out[at] |= Signs::ODD;
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn two_blanks_are_found_where_they_stand_first(text in "[ a]{0,12}") {
            prop_assert_eq!(double_blank(&text), text.find("  "));
        }
    }

    #[test]
    fn each_kind_is_told() {
        let has = |text: &str| {
            [Signs::TAG, Signs::PIPE, Signs::TAB, Signs::MARKUP, Signs::WIDE, Signs::WORD]
                .map(|kind| Signs::of(text).has(kind))
        };
        assert_eq!(has(" -|- "), [false, true, false, false, false, false]);
        assert_eq!(has("a <b"), [true, false, false, true, false, true]);
        assert_eq!(has("\t__"), [false, false, true, true, false, false]);
        assert_eq!(has("\u{a0}"), [false, false, false, true, true, false]);
        assert_eq!(has(""), [false; 6]);
        let odd = |text: &str| [Signs::SLASH, Signs::ODD, Signs::OPEN].map(|kind| Signs::of(text).has(kind));
        assert_eq!([odd("1/2"), odd("(a")], [[true, false, false], [false, false, true]]);
        let typed = |text: &str| [Signs::SUM, Signs::DIGIT].map(|kind| Signs::of(text).has(kind));
        assert_eq!(
            ["$", "a,", "09", "/."].map(typed),
            [[true, false], [true, false], [false, true], [false; 2]]
        );
        assert_eq!([odd("\u{ff0f}"), odd("a")], [[false, true, false], [false; 3]]);
        assert!(Signs::of("\u{ff0f}").unmarked().has(Signs::SLASH));
        assert_eq!(
            ["a  b", " a b ", "  ", " ", "*  b"].map(|t| Signs::of(t).has(Signs::GAP)),
            [true, false, true, false, false]
        );
    }
}

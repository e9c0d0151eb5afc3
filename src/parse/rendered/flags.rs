//! The check boxes.

use super::squeeze::{fold, frequency};
use memchr::memchr2_iter;

/// Looks for the boxes that stand before captions in a text and says for each caption whether it is marked.
///
/// `None` where the caption is missing, or where no mark and no empty box is to be seen anywhere before a caption.
/// `captions` are in the order of most prints; one that stands before another is looked for again. A mark is `X` in any dress:
/// `_X_`, `[X]`, `(X)`, a bare `X`.
pub(super) fn marked<const N: usize>(text: &str, captions: [&str; N]) -> [Option<bool>; N] {
    let mut out = [None; N];
    let mut is_there = [false; N];
    let mut from = 0;
    for ((slot, is_there), caption) in out.iter_mut().zip(&mut is_there).zip(captions) {
        if let Some((at, end)) = find(text, caption, from) {
            *slot = before(text.get(from..at).unwrap_or_default());
            (*is_there, from) = (true, end);
        } else if let Some((at, _)) = find(text, caption, 0) {
            *slot = before(text.get(..at).unwrap_or_default());
            *is_there = true;
        }
    }
    // A box left empty need not be printed, but then some other is marked.
    if out.contains(&Some(true)) {
        let empty = out.iter_mut().zip(is_there).filter(|(slot, is_there)| slot.is_none() && *is_there);
        empty.for_each(|(slot, _)| *slot = Some(false));
    }
    out
}

/// Where `caption` stands in `text` at or behind `from`, letter case and blanks aside.
pub(super) fn find(text: &str, caption: &str, from: usize) -> Option<(usize, usize)> {
    let rare = rarest(caption);
    let (head, tail) = caption.as_bytes().split_at_checked(rare)?;
    let letter = tail.first()?;
    let text = text.as_bytes().get(from..)?;
    memchr2_iter(letter.to_ascii_uppercase(), letter.to_ascii_lowercase(), text).find_map(|at| {
        let (before, behind) = text.split_at_checked(at)?;
        let end = at + match_length(behind.iter(), tail.iter())?;
        let start = at - match_length(before.iter().rev(), head.iter().rev())?;
        Some((from + start, from + end))
    })
}

/// The place of the sign in a caption that is the least frequent in English.
fn rarest(caption: &str) -> usize {
    const FREQUENCIES: [u8; 256] = frequencies();
    let signs = caption.bytes().map(|b| FREQUENCIES[usize::from(b)]).enumerate();
    signs.min_by_key(|(_, frequency)| *frequency).map_or(0, |(at, _)| at)
}

/// For each sign how frequent it is; a blank is never the rarest.
const fn frequencies() -> [u8; 256] {
    let mut out = [u8::MAX; 256];
    let mut b = 0;
    while b < out.len() {
        if b != b' ' as usize {
            out[b] = frequency((b as u8).to_ascii_lowercase());
        }
        b += 1;
    }
    out
}

/// How many bytes of a text a caption takes, if the text begins with it.
fn match_length<'t>(
    text: impl Iterator<Item = &'t u8>,
    caption: impl Iterator<Item = &'t u8>,
) -> Option<usize> {
    let mut left = text.enumerate().filter(|(_, b)| !b.is_ascii_whitespace());
    let mut end = 0;
    for want in caption.filter(|b| **b != b' ') {
        let (at, have) = left.next()?;
        if !have.eq_ignore_ascii_case(want) {
            return None;
        }
        end = at + 1;
    }
    Some(end)
}

/// What the end of `text`, right before a caption, is: a mark, an empty box, or neither.
pub(super) fn before(text: &str) -> Option<bool> {
    let text = text.trim_end();
    let word = text.rsplit([' ', '\n', '\t']).next().unwrap_or_default();
    let inner = word.trim_matches(|c| {
        matches!(
            c,
            '_' | '['
                | ']'
                | '('
                | ')'
                | '-'
                | '*'
                | '.'
                | '/'
                | '|'
                | '☐'
                | '☒'
                | '—'
                | '–'
                | '“'
                | '”'
                | '='
                | '~'
        )
    });
    if word.ends_with('☒') {
        return Some(true);
    }
    let mut letters = inner.chars();
    let first = letters.next().map(fold);
    let rest = letters.as_str();
    // The stroke behind a mark may be the rest of its line.
    if matches!(first, Some('X' | 'x')) && matches!(rest, "" | "1" | "l" | "I") {
        return Some(true);
    }
    let dressed = word.ends_with(['_', ']', ')', '☐']) && word.len() > 1 || word == "_";
    // "[ ]" and "( )" end with a bracket that stands alone.
    let empty = dressed && inner.is_empty()
        || matches!(word, "]" | ")") && text.trim_end_matches([']', ')']).ends_with(['[', '(', ' ']);
    empty.then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_sign_is_no_blank() {
        assert_eq!(["see Xe", "e", "a  b", " ", ""].map(rarest), [4, 0, 3, 0, 0]);
    }
    use proptest::prelude::*;

    /// The first place from which on the text is the caption, sign by sign.
    fn first(text: &str, caption: &str, from: usize) -> Option<(usize, usize)> {
        let starts = (from..text.len()).filter(|at| !text.as_bytes()[*at].is_ascii_whitespace());
        starts
            .filter_map(|at| {
                Some((at, at + match_length(text.as_bytes()[at..].iter(), caption.as_bytes().iter())?))
            })
            .next()
    }

    proptest! {
        #[test]
        fn a_caption_is_found_by_its_rarest_sign(text in "[a-cA-C(% \n]{0,40}", caption in "[abC(%][abC(% ]{0,3}", from in 0usize..9) {
            prop_assert_eq!(find(&text, &caption, from), first(&text, &caption, from));
        }
    }

    #[test]
    fn a_mark_stands_before_its_caption() {
        let captions = ["Director", "10% Owner", "Officer", "Other"];
        let of = |t: &str| marked(t, captions);
        assert_eq!(
            of("_X_ Director ___ 10% Owner _X_ Officer (give title below) ___ Other"),
            [Some(true), Some(false), Some(true), Some(false)]
        );
        assert_eq!(
            of("X Director X Officer (give title below) ___ 10% Owner ___ Other"),
            [Some(true), Some(false), Some(true), Some(false)]
        );
        assert_eq!(
            of("(X) Director ( ) 10% Owner ( ) Officer ( ) Other"),
            [Some(true), Some(false), Some(false), Some(false)]
        );
        assert_eq!(
            of("X Director 10% Owner Officer Other"),
            [Some(true), Some(false), Some(false), Some(false)]
        );
        assert_eq!(of("_X_Director _\u{425}_10% Owner"), [Some(true), Some(true), None, None]);
        assert_eq!(of("X_Director _X_10%Owner X1 Of ficer"), [Some(true), Some(true), Some(true), None]);
        assert_eq!(of("Director 10% Owner"), [None; 4]);
    }

    #[test]
    fn an_empty_box_is_told_from_none() {
        assert_eq!(before("[ ]"), Some(false));
        assert_eq!(before("[X]"), Some(true));
        assert_eq!(before("some text"), None);
        assert_eq!(before(""), None);
        assert_eq!(before("(Check all applicable)"), None);
    }
}

//! The check boxes.

use super::squeeze::fold;

/// Looks for the boxes that stand before captions in a text and says for each caption whether it is marked.
///
/// `None` where the caption is missing, or where no mark and no empty box is to be seen anywhere before a caption.
/// `captions` must be in print order. A mark is `X` in any dress: `_X_`, `[X]`, `(X)`, a bare `X`.
pub(super) fn marked<const N: usize>(text: &str, captions: [&str; N]) -> [Option<bool>; N] {
    let mut out = [None; N];
    let mut from = 0;
    for (slot, caption) in out.iter_mut().zip(captions) {
        let Some(at) = find(text, caption, from) else { continue };
        *slot = before(text.get(from..at).unwrap_or_default());
        from = at + caption.len();
    }
    let any = out.contains(&Some(true));
    // A box left empty need not be printed, but then some other is marked.
    for (slot, caption) in out.iter_mut().zip(captions) {
        if slot.is_none() && any && find(text, caption, 0).is_some() {
            *slot = Some(false);
        }
    }
    out
}

/// `caption` in `text`, letter case aside, at or behind `from`.
fn find(text: &str, caption: &str, from: usize) -> Option<usize> {
    let hay = text.as_bytes().get(from..)?;
    hay.windows(caption.len()).position(|w| w.eq_ignore_ascii_case(caption.as_bytes())).map(|at| at + from)
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
    if matches!(first, Some('X' | 'x')) && letters.next().is_none() {
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
    fn a_mark_stands_before_its_caption() {
        let captions = ["Director", "10% Owner", "Officer", "Other"];
        let of = |t: &str| marked(t, captions);
        assert_eq!(
            of("_X_ Director ___ 10% Owner _X_ Officer (give title below) ___ Other"),
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

//! Finds footnotes of which a bad copy lost lines.

use super::footnotes::{Lost, Note};
use memchr::memchr_iter;

/// Takes from `notes` those that are not whole, in any order. `glued`: the copy lost the blanks between words, and with
/// them whole lines.
pub(super) fn take(notes: &mut Vec<Note>, glued: bool) -> Vec<Lost> {
    let numbers: Vec<u8> = notes.iter().filter_map(|n| n.number).collect();
    let last = numbers.iter().max().copied().unwrap_or(0);
    let mut out = Vec::new();
    notes.retain(|note| {
        let Some(mark) = note.number else { return true };
        // Its text may go on with that of the next note.
        let jump = mark < last && !numbers.contains(&(mark + 1));
        let message = if jump {
            "The next footnote's mark is lost: where this one ends cannot be told."
        } else if is_part(&note.text) || glued && note.text.matches(['"', '“', '”']).count() % 2 == 1 {
            "A line of the footnote is lost."
        } else if is_woven(&note.text) {
            "The lines of the footnote run into each other."
        } else {
            return true;
        };
        out.push(Lost { mark, text: note.text.clone(), message });
        false
    });
    out
}

/// Whether a text begins or breaks off in the middle of a sentence, or counts (a), (c).
fn is_part(text: &str) -> bool {
    let begun = text.starts_with(|c: char| c.is_lowercase());
    let count = |sign: u8| memchr_iter(sign, text.as_bytes()).count();
    let open = count(b'(') > count(b')');
    let mut letters =
        text.split_whitespace().next().unwrap_or_default().chars().filter(|c| c.is_alphabetic());
    let fragment = letters.next().is_some_and(|c| !matches!(c, 'A' | 'I')) && letters.next().is_none();
    begun && !is_name(text) || open || fragment || skips_letter(text)
}

/// Whether two lines were read as one, their words by turns (`sharesSeries`, `Stock,will`): many words are two, and yet
/// the blanks are there.
fn is_woven(text: &str) -> bool {
    const MANY: usize = 5;
    if seams(text.as_bytes()) < MANY {
        return false;
    }
    let words = text.split_whitespace();
    let doubled = words.clone().filter(|w| seams(w.as_bytes()) > 0);
    // A word and its blank are 6 or 7 letters; where blanks are lost, many more.
    doubled.count() >= MANY && 2 * text.len() < 15 * words.count()
}

/// Bytes of a text whose seams are counted in a byte.
const PART: usize = 64;

/// How often a capital, or a stop and a small letter, follows a small letter.
fn seams(text: &[u8]) -> usize {
    let joined = |a: u8, b: u8| a.is_ascii_lowercase() & b.is_ascii_uppercase();
    let stop = |b: u8| (b == b',') | (b == b';') | (b == b')');
    let stopped = |a: u8, b: u8, c: u8| a.is_ascii_lowercase() & stop(b) & c.is_ascii_lowercase();
    // Without a way out of the middle and with counts of a byte, many bytes are looked at at once.
    let seams = text.chunks(PART).enumerate().map(|(n, part)| {
        let behind = |by: usize| text.get(n * PART + by..).unwrap_or_default();
        let twos = part.iter().zip(behind(1));
        let threes = part.iter().zip(behind(1)).zip(behind(2));
        let joined: u8 = twos.map(|(a, b)| u8::from(joined(*a, *b))).sum();
        usize::from(joined + threes.map(|((a, b), c)| u8::from(stopped(*a, *b, *c))).sum::<u8>())
    });
    seams.sum()
}

/// A name that begins small: `iShares`, `eBay`.
fn is_name(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|w| w.chars().skip(1).any(char::is_uppercase))
}

/// `(a) ... (c)` without `(b)`.
fn skips_letter(text: &str) -> bool {
    text.contains("(a)") && text.contains("(c)") && !text.contains("(b)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lost(texts: &[(u8, &str)], glued: bool) -> Vec<u8> {
        let note = |(n, t): &(u8, &str)| Note { number: Some(*n), inferred: false, text: (*t).to_owned() };
        let mut notes: Vec<Note> = texts.iter().map(note).collect();
        take(&mut notes, glued).into_iter().map(|l| l.mark).collect()
    }

    #[test]
    fn whole_notes_stay() {
        let notes = [
            (1, "Sold under a plan (\"Plan\")."),
            (2, "eBay shares: (a) one, (b) two, (c) three."),
            (3, "a) b"),
        ];
        assert_eq!(lost(&notes[..2], true), [0u8; 0]);
    }

    #[test]
    fn parts_of_notes_go() {
        let notes = [
            (1, "is the general partner."),
            (2, "Held by (the Fund."),
            (3, "By (a) x or (c) z."),
            (4, "Whole."),
        ];
        assert_eq!(lost(&notes, false), [1, 2, 3]);
        assert_eq!(lost(&[(1, "Held by Fund\").")], true), [1]);
        assert_eq!(lost(&[(1, "Held by Fund\".")], false), [0u8; 0]);
    }

    #[test]
    fn lines_that_run_into_each_other_go() {
        let woven = "Held by the Fund,whichsaleElm of aPartners shareis generalThe Oakpartner of Elm, asThe Ash Fund has \
                     noBasis and isUnits and aBond of it, byRoe or Doe.";
        let glued =
            "HeldbyElmPartnersLP,whichisthegeneralpartnerofElmFundLP,ofOakFundLP,ofAshFundLPandofRoeFundLP.";
        assert_eq!(lost(&[(1, woven), (2, glued), (3, "LinkedIn and eBay.")], false), [1]);
    }

    #[test]
    fn capitals_and_stops_inside_of_words_are_seams() {
        let counts = ["sharesSeries", "Stock,will", "a;b)c", "Stock, will", "ABc", "x", ""]
            .map(|t| seams(t.as_bytes()));
        assert_eq!(counts, [1, 1, 2, 0, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn seams_are_counted_as_one_by_one(text in "[abA.,;)é ]{0,200}") {
            let small = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_lowercase);
            let joined = |at: usize| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_uppercase);
            let stopped = |at: usize| text.as_bytes().get(at + 1).is_some_and(|b| b",;)".contains(b)) && small(at + 2);
            let plain = (0..text.len()).filter(|at| small(*at) && (joined(*at) || stopped(*at))).count();
            prop_assert_eq!(seams(text.as_bytes()), plain);
        }
    }

    #[test]
    fn a_note_before_a_lost_mark_goes() {
        assert_eq!(lost(&[(1, "One."), (3, "Three.")], false), [1]);
    }
}

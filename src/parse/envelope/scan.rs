use super::marker::{PEM_BEGIN, SUBMISSION};
use std::ops::Range;

/// What is searched for: the marks that may end a piece. Of the frame of a message it is a part in which no row of dashes
/// looks like it.
const MARKS: [&[u8]; 9] = [
    b"<SEC-DOCUMENT>",
    b"</SEC-DOCUMENT>",
    SUBMISSION,
    b"</SUBMISSION>",
    MESSAGE,
    b"<IMS-DOCUMENT>",
    b"</IMS-DOCUMENT>",
    b"<SEC-HEADER>",
    b"<IMS-HEADER>",
];
const MESSAGE: &[u8] = b"PRIVACY-ENHANCED";
/// Bytes of a message's first line from there on.
const MESSAGE_TO_END: usize = "PRIVACY-ENHANCED MESSAGE-----".len();
const LONGEST: usize = 16;

/// Bytes that are looked at together.
const GRAM: usize = 4;
/// Looks are this many bytes apart. The shortest mark has 12 bytes, so one look falls into each mark wherever it stands.
const STRIDE: usize = 12 - GRAM + 1;
/// Looks that are taken together before any of them is judged.
const LOOKS: usize = 8;
const SLOTS: usize = 2048;

/// The grams of all marks, each in its slot. A slot without one holds a gram that belongs to another.
const TABLE: [u32; SLOTS] = table();

const fn gram(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// The slot of a gram. With this factor no two grams of the marks share one.
const fn slot(gram: u32) -> usize {
    (gram.wrapping_mul(0x7CE4_2C83) >> 21) as usize
}

const fn table() -> [u32; SLOTS] {
    let any = gram(MARKS[0], 0);
    let mut table = [any; SLOTS];
    let mut mark = 0;
    while mark < MARKS.len() {
        assert!(MARKS[mark].len() + 1 >= STRIDE + GRAM && MARKS[mark].len() <= LONGEST);
        let mut at = 0;
        while at + GRAM <= MARKS[mark].len() {
            let gram = gram(MARKS[mark], at);
            let slot = slot(gram);
            assert!(table[slot] == any || table[slot] == gram, "two grams share a slot");
            table[slot] = gram;
            at += 1;
        }
        mark += 1;
    }
    table
}

/// The first mark in the block of `text`, or across its ends, that is accepted.
///
/// One pass for all marks that looks at every ninth place only: searching for each mark takes several passes, and other
/// forms, most of EDGAR's bytes, are passed over at the speed of this search.
pub(super) fn first_mark(text: &[u8], block: Range<usize>, accept: impl Fn(usize) -> bool) -> Option<usize> {
    // A look at the block's last places reads a little behind it.
    let looks = &text[block.start..text.len().min(block.end + GRAM - 1)];
    let around = |place| mark_around(text, place, &accept);
    let mut place = block.start;
    let mut chunks = looks.chunks_exact(LOOKS * STRIDE);
    for chunk in &mut chunks {
        let seen = (0..LOOKS).fold(false, |seen, look| seen | is_seen(gram(chunk, look * STRIDE)));
        if seen {
            let found = (0..LOOKS).find_map(|look| around(place + look * STRIDE));
            if found.is_some() {
                return found;
            }
        }
        place += LOOKS * STRIDE;
    }
    let places =
        (place..).step_by(STRIDE).take_while(|place| place + GRAM <= text.len().min(block.end + GRAM - 1));
    { places }.find_map(around)
}

fn is_seen(gram: u32) -> bool {
    TABLE[slot(gram)] == gram
}

/// The mark of which a gram is seen at `place`, if it is accepted.
fn mark_around(text: &[u8], place: usize, accept: &impl Fn(usize) -> bool) -> Option<usize> {
    let seen = text.get(place..place + GRAM).is_some_and(|bytes| is_seen(gram(bytes, 0)));
    if !seen {
        return None;
    }
    let starts = place.saturating_sub(LONGEST - GRAM)..=place;
    let mut marks = starts.filter_map(|start| mark_at(text, start));
    marks.find(|mark| accept(*mark))
}

/// The begin of the mark for what stands at `start`.
fn mark_at(text: &[u8], start: usize) -> Option<usize> {
    let rest = &text[start..];
    if !matches!(rest.first(), Some(b'<' | b'P')) {
        return None;
    }
    let found = MARKS.iter().find(|mark| rest.starts_with(mark))?;
    let before = if *found == MESSAGE { PEM_BEGIN.len() - MESSAGE_TO_END } else { 0 };
    start.checked_sub(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_every_mark_wherever_it_stands(
            before in "[A-Z<>/-]{0,40}",
            mark in prop::sample::select(MARKS.to_vec()),
            after in "[A-Z<>/-]{0,40}",
            start in 0..40usize,
        ) {
            let text = [before.as_bytes(), mark, after.as_bytes()].concat();
            let start = start.min(before.len());
            let slow = (0..text.len()).filter_map(|at| mark_at(&text, at)).find(|at| *at >= start);
            prop_assert_eq!(first_mark(&text, start..text.len(), |at| at >= start), slow);
            // In two blocks, wherever they meet.
            for end in start..text.len() {
                let first = first_mark(&text, start..end, |at| at >= start);
                let found = first.or_else(|| first_mark(&text, end..text.len(), |at| at >= start));
                prop_assert_eq!(found, slow, "blocks meet at {}", end);
            }
        }
    }
}

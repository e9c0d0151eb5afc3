use super::marker::{
    CONTROL_BLOCK, LOOKAHEAD, PEM_BEGIN, Wrapper, at_line_start, closer, is_control_block, opens_within,
};
use crate::model::Accession;
use memchr::memmem::Finder;
use std::ops::Range;

/// The search looks through blocks of this size for one mark after the other, so that all but the first look hit the
/// processor's cache.
const BLOCK: usize = 16 << 10;

/// Where a piece ends, or how far it was searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The piece ends here.
    End(usize),
    /// It does not end by a mark that begins before this place; what stands behind it must be seen in whole to tell.
    NotBefore(usize),
}

/// What the search for the end of a piece goes by.
pub(super) struct Search<'w> {
    pub(super) window: &'w [u8],
    pub(super) end_of_input: bool,
    pub(super) wrapper: Wrapper,
    /// Where the piece's own marks end.
    pub(super) own_marks: usize,
    pub(super) accession_number: Option<Accession>,
}

/// Finds the end of a piece at or after `from`.
///
/// A piece ends behind the mark that closes its wrapper, or before one that opens another submission. At the end of the
/// input a piece that has neither ends there.
pub(super) fn find(search: &Search<'_>, from: usize) -> Found {
    let Search { window, end_of_input, wrapper, .. } = *search;
    if wrapper == Wrapper::Opaque {
        return if end_of_input { Found::End(window.len()) } else { Found::NotBefore(window.len()) };
    }
    // What stands near the end may be the begin of a mark, or be judged otherwise once more of its line is seen.
    let unsure_behind = Found::NotBefore(window.len().saturating_sub(LOOKAHEAD).max(from));
    let needles = needles(wrapper);
    let mut block = from;
    while block < window.len() {
        let next = window.len().min(block + BLOCK);
        let marks = needles.iter().filter_map(|needle| search.first(needle, from, block..next));
        if let Some(mark) = marks.min() {
            let unsure = !end_of_input && window.len() - mark < LOOKAHEAD;
            return if unsure { unsure_behind } else { Found::End(search.end_at(mark)) };
        }
        block = next;
    }
    if end_of_input { Found::End(window.len()) } else { unsure_behind }
}

/// A string that stands in marks, to be searched for, and where in them.
struct Needle {
    finder: Finder<'static>,
    /// The starts of the marks that hold it.
    befores: &'static [&'static [u8]],
}

/// The marks that may end a piece. Few long strings that all marks share are faster to find than the marks.
fn needles(wrapper: Wrapper) -> Vec<Needle> {
    let needle = |text: &'static [u8], befores| Needle { finder: Finder::new(text), befores };
    let mut needles = vec![
        needle(b"-DOCUMENT>", &[b"</SEC", b"<SEC", b"</IMS", b"<IMS"]),
        needle(b"SUBMISSION>", &[b"</", b"<"]),
        needle(PEM_BEGIN, &[b""]),
    ];
    match wrapper {
        Wrapper::Header => needles.push(needle(b"-HEADER>", &[b"<SEC", b"<IMS"])),
        Wrapper::Xml => {
            needles.push(needle(b"<?xml", &[b""]));
            needles.push(needle(b"<ownershipDocument", &[b""]));
        }
        _ => {}
    }
    needles
}

impl Search<'_> {
    /// The first mark with this needle in the block that ends the piece.
    fn first(&self, needle: &Needle, from: usize, block: Range<usize>) -> Option<usize> {
        // Matches that begin in the block may end behind it.
        let end = self.window.len().min(block.end + needle.finder.needle().len() - 1);
        let hits = needle.finder.find_iter(&self.window[block.start..end]);
        let marks = hits.filter_map(|hit| {
            let hit = block.start + hit;
            let before = needle.befores.iter().find(|before| self.window[..hit].ends_with(before))?;
            Some(hit - before.len()).filter(|mark| *mark >= from)
        });
        { marks }.find(|mark| self.ends_at(*mark))
    }

    /// Whether the mark here ends the piece.
    fn ends_at(&self, mark: usize) -> bool {
        let text = &self.window[mark..];
        let ends = || {
            closer(text, self.wrapper).is_some() || opens_within(text, self.wrapper, self.accession_number)
        };
        (self.wrapper == Wrapper::Xml && begins_xml(text))
            || (at_line_start(self.window, mark) && ends())
            || self.control_block(mark).is_some()
    }

    /// Where the piece ends for a mark that ends it.
    fn end_at(&self, mark: usize) -> usize {
        match closer(&self.window[mark..], self.wrapper) {
            Some(length) => mark + length,
            // The block before a submission belongs to that one.
            None => self.control_block(mark).unwrap_or(mark),
        }
    }

    /// Where the control block before a submission begins.
    fn control_block(&self, mark: usize) -> Option<usize> {
        let block = mark.checked_sub(CONTROL_BLOCK).filter(|block| *block >= self.own_marks)?;
        is_control_block(&self.window[block..]).then_some(block)
    }
}

/// Whether an XML declaration or an ownership document begins; neither can stand within a document.
pub(super) fn begins_xml(text: &[u8]) -> bool {
    let behind =
        [b"<?xml".as_slice(), b"<ownershipDocument"].iter().find_map(|name| text.strip_prefix(*name));
    matches!(behind.and_then(|rest| rest.first()), Some(b' ' | b'\t' | b'\n' | b'\r' | b'>'))
}

use super::marker::{
    CONTROL_BLOCK, LOOKAHEAD, Wrapper, at_line_start, closer, is_control_block, opens_within,
};
use super::scan::first_mark;
use crate::model::Accession;
use memchr::memmem::Finder;
use std::ops::Range;

/// The search looks through blocks for one kind of mark after the other. The first is small, for there may be many small
/// pieces, and each further one twice as large up to a bound.
const BLOCKS: Range<usize> = 1 << 10..64 << 10;

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
    let xml = (wrapper == Wrapper::Xml).then(|| ["<?xml", "<ownershipDocument"].map(Finder::new));
    let (mut block, mut size) = (from, BLOCKS.start);
    while block < window.len() {
        let next = window.len().min(block + size);
        let mark = first_mark(window, block..next, |mark| mark >= from && search.ends_at(mark));
        let xml = xml.iter().flatten().filter_map(|begin| search.first_xml(begin, block..next));
        if let Some(mark) = mark.into_iter().chain(xml).min() {
            let unsure = !end_of_input && window.len() - mark < LOOKAHEAD;
            return if unsure { unsure_behind } else { Found::End(search.end_at(mark)) };
        }
        (block, size) = (next, BLOCKS.end.min(2 * size));
    }
    if end_of_input { Found::End(window.len()) } else { unsure_behind }
}

impl<'w> Search<'w> {
    /// For content without a wrapper; its first byte is its own.
    pub(super) fn bare(window: &'w [u8]) -> Self {
        Search { window, end_of_input: false, wrapper: Wrapper::Bare, own_marks: 1, accession_number: None }
    }

    /// The first XML that begins in the block in this way.
    fn first_xml(&self, begin: &Finder<'_>, block: Range<usize>) -> Option<usize> {
        // A match that begins in the block may end behind it.
        let end = self.window.len().min(block.end + begin.needle().len() - 1);
        let hits = begin.find_iter(&self.window[block.start..end]).map(|hit| block.start + hit);
        { hits }.find(|hit| begins_xml(&self.window[*hit..]))
    }

    /// Whether the mark here ends the piece.
    fn ends_at(&self, mark: usize) -> bool {
        let text = &self.window[mark..];
        let ends = || {
            closer(text, self.wrapper).is_some() || opens_within(text, self.wrapper, self.accession_number)
        };
        (at_line_start(self.window, mark) && ends()) || self.control_block(mark).is_some()
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

//! What the reader remembers of the elements that are open.

use super::element::{Element, Record};
use std::borrow::Cow;

/// An open element.
pub(super) struct Frame<'a> {
    pub(super) element: Element,
    /// The name in its start tag, for elements that the data model does not know.
    pub(super) name: &'a str,
    /// Its own text.
    pub(super) text: Option<Cow<'a, str>>,
    /// The text of its `value`.
    pub(super) value: Option<Cow<'a, str>>,
    /// The footnote that it is.
    pub(super) footnote: usize,
}

impl<'a> Frame<'a> {
    pub(super) fn new(element: Element, name: &'a str) -> Self {
        Self { element, name, text: None, value: None, footnote: 0 }
    }

    /// Adds to its own text, and says how long that is then.
    pub(super) fn append(&mut self, piece: Cow<'a, str>) -> usize {
        match &mut self.text {
            Some(text) => text.to_mut().push_str(&piece),
            None => self.text = Some(piece),
        }
        self.text.as_ref().map_or(0, |text| text.len())
    }
}

/// A record that is being filled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    pub(super) record: Record,
    /// Its place in the filing's list of such records.
    pub(super) index: usize,
    /// The fields that were stated, by [`Element::bit`].
    pub(super) stated: u128,
    /// A row of the layout of 2003: whether it is a transaction shows only at its end.
    pub(super) undecided: bool,
    /// How many diagnostics the filing had when it began.
    pub(super) diagnostics_before: usize,
}

impl Scope {
    pub(super) fn new(record: Record, index: usize) -> Self {
        Self { record, index, stated: 0, undecided: false, diagnostics_before: 0 }
    }

    pub(super) fn has_stated(&self, element: Element) -> bool {
        self.stated & element.bit() != 0
    }
}

/// A text without white space at its ends; `None` where nothing is left.
pub(super) fn trimmed(text: Option<Cow<'_, str>>) -> Option<Cow<'_, str>> {
    let text = match text? {
        text if has_clean_ends(&text) => return Some(text),
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    (!text.is_empty()).then_some(text)
}

/// Whether the first and last byte are visible ASCII, which spares most texts the search for white space.
fn has_clean_ends(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_graphic) && bytes.last().is_some_and(u8::is_ascii_graphic)
}
